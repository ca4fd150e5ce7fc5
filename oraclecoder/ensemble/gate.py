"""The gate: candidates are chosen on the first part of validation and accepted on the second, or not.

All candidates are ranked by loss, few are answered, linker and generator are chosen as a pair, and the pair is
accepted if it answers more of the second part's questions, over other databases, than the best single adapters.
"""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oraclecoder.answer.panel import Memos, Panel
from oraclecoder.answer.scoring import link_signals, sql_right, tables_right
from oraclecoder.cache import cache_folder
from oraclecoder.config import EnsembleConfig
from oraclecoder.dataset import Dataset, database_paths, load_dataset
from oraclecoder.dataset.split import sample
from oraclecoder.ensemble.asked import GENERATION, LINKING, Asked, Bases, Questions
from oraclecoder.ensemble.candidates import Candidate, Kind
from oraclecoder.ensemble.distill import Train, distil, lessons_of_folds, lessons_of_questions, read_lesson_questions
from oraclecoder.ensemble.entrants import (
    Entrant,
    Hits,
    answer_alone,
    ends,
    enter,
    mean,
    no_worse,
    remember,
    seat,
    shortlist,
)
from oraclecoder.ensemble.losses import LossMeter, take_losses
from oraclecoder.ensemble.team import Team
from oraclecoder.judge.statistics import paired_interval
from oraclecoder.model.base import Base
from oraclecoder.model.batches import Group
from oraclecoder.records import Example, Links

LineUp = dict[str, Entrant]
MEASURES = {
    frozenset({LINKING}): "table sets, a larger one counts half",
    frozenset({GENERATION}): "execution accuracy on gold links",
    frozenset({LINKING, GENERATION}): "execution accuracy in two stages",
}


@dataclass
class Bench:
    """One task at the gate."""

    team: Team
    meter: LossMeter
    entrants: list[Entrant]

    @property
    def single(self) -> Entrant:
        """The best member, by the score of its training run."""
        return self.entrants[0]

    @property
    def best_merge(self) -> Entrant:
        """The merge with the least loss; the single adapter where there is nothing to merge."""
        merged = [one for one in self.entrants if one.candidate.kind is Kind.merged]
        return min(merged, key=lambda one: math.inf if one.loss is None else one.loss, default=self.single)


@dataclass(frozen=True)
class Judged:
    """What the gate found: per task the bench and who is to be served, and the decision for the recipe."""

    benches: dict[str, Bench]
    served: LineUp
    decision: dict[str, Any]
    databases: dict[str, str]


class Gate:
    """Judges the teams of tasks that share their questions."""

    def __init__(
        self,
        teams: Mapping[str, Team],
        dataset: Dataset,
        config: EnsembleConfig,
        folder: Path,
        *,
        train: Train | None = None,
    ) -> None:
        self.teams, self.dataset, self.config, self.folder, self.train = teams, dataset, config, folder, train
        self.bases, self.memos = Bases(), Memos()
        self.choose, self.accept = (self._asked(part) for part in (dataset.choose, dataset.accept))

    def _asked(self, part: Sequence[Example]) -> Asked:
        kept = sample(part, self.config.answer_questions, f"{self.config.seed}/gate")
        asking = {task: team.asking for task, team in self.teams.items()}
        return Asked(asking, Questions.of(kept, self.dataset.databases), self.bases, self.memos)

    def judge(self) -> Judged:
        """Choose and accept.

        Raises:
            OracleCoderError: if a base does not load or no question can be used.
        """
        benches = {task: self._bench(task) for task in self.teams}
        singles = {task: bench.single for task, bench in benches.items()}
        contenders = {task: self._contenders(bench) for task, bench in benches.items()}
        lineups = [dict(zip(contenders, picked, strict=True)) for picked in itertools.product(*contenders.values())]
        found = [(lineup, self._hits(lineup, self.choose)) for lineup in lineups]
        chosen = best_lineup(found)
        decision: dict[str, Any] = {
            "measure": MEASURES[frozenset(self.teams)],
            "chosen_on": {
                "questions": len(self.choose.questions.examples),
                "lineups": [_line(lineup) | {"score": self._ends(hits, self.choose)} for lineup, hits in found],
            },
            "accepted_on": None,
        }
        served, why = singles, "no candidate answers more of the choosing part than the best members"
        if _names(chosen) != _names(singles):
            accepted, decision["accepted_on"], why = self._accept(chosen, singles)
            served = chosen if accepted else singles
        decision |= {"served": _line(served), "why": why}
        databases = {example.id: example.database for example in self.choose.questions.examples}
        return Judged(benches, served, decision, databases)

    def _bench(self, task: str) -> Bench:
        team = self.teams[task]
        base = self.bases.of(team.asking.model)
        meter = take_losses(team, self.dataset, base, self.config)
        return Bench(team, meter, enter(team, meter, self.config, extra=self._taught(team, base, meter.groups)))

    def _taught(self, team: Team, base: Base, groups: Sequence[Group]) -> list[Candidate]:
        """The student of the members, if one is asked for."""
        if not self.config.distill or self.train is None:
            return []
        own = load_dataset(team.dataset)  # folds are parts of what this team learnt, which may be another sample
        if self.config.questions is None:
            lessons = lessons_of_folds(team, base, own, self.config, cache_folder())
        else:
            databases = database_paths(team.dataset)
            given = read_lesson_questions(Path(self.config.questions), own, team.dataset, databases)
            links = self._links(given, databases) if team.task == GENERATION and LINKING in self.teams else None
            lessons = lessons_of_questions(team, base, given, databases, self.config, cache_folder(), links=links)
        return [distil(team, lessons, self.train, self.folder / team.task, validation=groups)]

    def _links(self, examples: Sequence[Example], databases: Mapping[str, Path]) -> dict[str, Links | None]:
        """What the best linking member links, as SQL is written over when it is served."""
        questions = Questions(examples, databases, {})
        asked = Asked({LINKING: self.teams[LINKING].asking}, questions, self.bases, self.memos)
        found = asked.links(Panel((self.teams[LINKING].runs[0].adapter,)), "questions to be taught on")
        return {key: linked.links for key, linked in found.items()}

    def _contenders(self, bench: Bench) -> list[Entrant]:
        """The best member, and on the choosing part of their own task the best of those that are no worse."""
        left_answers = remember(bench.team, self.choose)
        free = [bench.entrants[number] for number in sorted(left_answers - {0})]
        finalists = shortlist(bench.entrants, self.config)
        for entrant in [bench.single, *free, *finalists]:
            seat(entrant, bench.team, self.folder / bench.team.task)
            answer_alone(entrant, bench.team, self.choose, kind=self.dataset.name)
        return [bench.single, *no_worse(bench.single, finalists, most=self.config.finalists)]

    def _hits(self, lineup: LineUp, asked: Asked) -> Hits:
        """What a line-up gets right: in two stages where it has both tasks."""
        q, label = asked.questions, " + ".join(one.candidate.name for one in lineup.values())
        panels = {task: one.panel for task, one in lineup.items() if one.panel is not None}
        linked = asked.links(panels[LINKING], label) if LINKING in panels else None
        if GENERATION not in panels:
            assert linked is not None
            gold = {key: one.links for key, one in q.gold.items()}
            return {key: tables_right(signal) for key, signal in link_signals(linked, gold).items()}
        predictions = asked.sql(panels[GENERATION], q.gold if linked is None else linked, f"{label}: SQL")
        limits = self.teams[GENERATION].asking.limits
        return sql_right(q.examples, predictions, q.databases, kind=self.dataset.name, limits=limits)

    def _accept(self, chosen: LineUp, singles: LineUp) -> tuple[bool, dict[str, Any] | None, str]:
        before, after = (self._hits(lineup, self.accept) for lineup in (singles, chosen))
        databases = {example.id: example.database for example in self.accept.questions.examples}
        return accept(before, after, databases, name=_names(chosen))

    def _ends(self, hits: Hits, asked: Asked) -> tuple[float, float, float]:
        return ends(hits, {example.id: example.database for example in asked.questions.examples})


def best_lineup(found: Sequence[tuple[LineUp, Hits]]) -> LineUp:
    """The line-up with the most hits; among equals the one whose parts do best alone, the cheapest, the least lossy.

    Few questions often tie, where the loss still tells: what is chosen has to answer more of other questions anyway.
    """

    def rank(one: tuple[LineUp, Hits]) -> tuple[float, float, int, float]:
        lineup, hits = one
        alone = sum(mean(entrant.hits or {}) for entrant in lineup.values())
        loss = sum(math.inf if entrant.loss is None else entrant.loss for entrant in lineup.values())
        return mean(hits), alone, -sum(entrant.candidate.num_passes for entrant in lineup.values()), -loss

    return max(found, key=rank)[0]


def accept(
    before: Hits, after: Hits, databases: Mapping[str, str], *, name: str
) -> tuple[bool, dict[str, Any] | None, str]:
    """Whether `after` has more hits than `before`, the numbers of both, and a sentence.

    They are compared on the questions that both were judged on: a gold near its limit of time may end only once. A tie
    is no reason to serve anything but the single adapter.
    """
    shared = [key for key in before if key in after]
    if not shared:
        return False, None, "no question of the accepting part can be judged; the single adapter is served"
    before, after = ({key: hits[key] for key in shared} for hits in (before, after))
    gain = paired_interval(list(before.values()), list(after.values()), [databases[key] for key in shared])
    accepted = mean(after) > mean(before)
    found = {
        "questions": len(shared),
        "single": ends(before, databases),
        "ensemble": ends(after, databases),
        "difference": (gain.mean, gain.low, gain.high),
    }
    points = f"{100 * gain.mean:+.1f} points [{100 * gain.low:+.1f}, {100 * gain.high:+.1f}]"
    words = "answers more of" if accepted else "answers no more of"
    why = f"{name} {words} the accepting part than the best members: {points} on {len(shared)} questions"
    return accepted, found, why if accepted else f"{why}; the single adapter is served"


def _line(lineup: LineUp) -> dict[str, Any]:
    return {task: one.candidate.name for task, one in lineup.items()}


def _names(lineup: LineUp) -> str:
    return " + ".join(one.candidate.name for one in lineup.values())
