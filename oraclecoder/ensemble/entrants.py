"""The candidates of one task at the gate: all by their loss, a few by what they answer."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from oraclecoder.answer.memo import FILE, Memo
from oraclecoder.answer.panel import Panel
from oraclecoder.answer.scoring import link_signals, sql_right, tables_right
from oraclecoder.config import EnsembleConfig, EnsembleKind, Vote
from oraclecoder.ensemble.asked import LINKING, Asked
from oraclecoder.ensemble.candidates import Candidate, Kind, committees, make, merges, singles
from oraclecoder.ensemble.losses import LossMeter
from oraclecoder.ensemble.recipe import Row
from oraclecoder.ensemble.team import Team
from oraclecoder.fingerprint import digest_value
from oraclecoder.judge.statistics import bootstrap_interval
from oraclecoder.model.factors import write_factors

Hits = dict[str, float]
"""By the id of a question whether it was answered well, 0 to 1."""


@dataclass
class Entrant:
    """A candidate with what is known of it: its loss, who would answer, and its hits on the choosing part.

    `hits` are table sets for linking (a larger one counts half) and execution on gold links for SQL; `recalled` are
    table sets with all gold ones among them.
    """

    candidate: Candidate
    loss: float | None
    panel: Panel | None = None
    hits: Hits | None = None
    recalled: Hits | None = None


def mean(hits: Hits) -> float:
    """The rate of hits."""
    return sum(hits.values()) / len(hits) if hits else 0.0


def enter(team: Team, meter: LossMeter, config: EnsembleConfig, *, extra: Sequence[Candidate] = ()) -> list[Entrant]:
    """All candidates of a team with their losses, the members first and best first."""
    own = singles(team)
    together = committees(team, config)
    spoken = meter.committee(own) if any(one.vote is Vote.logits for one in together) else None
    found = [Entrant(single, meter.loss(single)) for single in own]
    found += [Entrant(merge, meter.loss(merge)) for merge in merges(team, config, meter.loss)]
    found += [Entrant(one, spoken if one.vote is Vote.logits else None) for one in together]
    return [*found, *(Entrant(one, meter.loss(one)) for one in extra)]


SERVED_BY = {
    EnsembleKind.merged: {Kind.merged},
    EnsembleKind.committee: {Kind.committee},
    EnsembleKind.distilled: {Kind.distilled},
    EnsembleKind.auto: {Kind.merged, Kind.committee, Kind.distilled},
}


def shortlist(entrants: Sequence[Entrant], config: EnsembleConfig) -> list[Entrant]:
    """Those worth answering questions: of the kinds that are asked for, all but the merges with a higher loss."""
    wanted = [one for one in entrants if one.candidate.kind in SERVED_BY[config.kind]]
    merged = [one for one in wanted if one.candidate.kind is Kind.merged]
    best = sorted(merged, key=lambda one: one.loss if one.loss is not None else float("inf"))[: config.finalists]
    return best + [one for one in wanted if one.candidate.kind is not Kind.merged]


def no_worse(single: Entrant, finalists: Sequence[Entrant], *, most: int) -> list[Entrant]:
    """Those that are no worse than the single adapter: `most` of them by their own measure, as many by strict recall.

    Among equals those that are cheaper to serve go first, then those with less loss.
    """

    def rank(hits: Hits, one: Entrant) -> tuple[float, int, float]:
        return -mean(hits), one.candidate.num_passes, math.inf if one.loss is None else one.loss

    found: list[Entrant] = []
    for measure in (lambda one: one.hits, lambda one: one.recalled):
        least = mean(measure(single) or {})
        rated = [(rank(hits, one), one) for one in finalists if (hits := measure(one)) and mean(hits) >= least]
        found += [one for _, one in sorted(rated, key=lambda pair: pair[0])[:most] if one not in found]
    return found


def seat(entrant: Entrant, team: Team, folder: Path) -> Panel:
    """Who would answer for a candidate; a merge is written below `folder`."""
    candidate = entrant.candidate
    if entrant.panel is None:
        adapters = [candidate.adapter] if candidate.adapter else [team.runs[n].adapter for n in candidate.members]
        if candidate.kind is Kind.merged:
            place = folder / f"candidate-{digest_value(candidate.name)}"
            write_factors(make(candidate, team).adapter, place, like=team.runs[0].adapter, identity=team.identity)
            adapters = [place]
        weights = tuple(candidate.weights[number] for number in candidate.members)
        entrant.panel = Panel(
            tuple(adapters),
            candidate.vote,
            weights if candidate.vote is Vote.logits else (),
            candidate.num_samples,
            candidate.temperature,
        )
    return entrant.panel


def remember(team: Team, asked: Asked) -> set[int]:
    """Take over what members answered when they were trained; returns the numbers of those who left answers."""
    there = set()
    for number, run in enumerate(team.runs):
        memo = Memo.read(run.folder / FILE)
        if len(memo):
            asked.memos.by_panel[Panel((run.adapter,))] = memo
            there.add(number)
    return there


def answer_alone(entrant: Entrant, team: Team, asked: Asked, *, kind: str) -> None:
    """Let a seated candidate answer the choosing part of its own task, and note its hits."""
    assert entrant.panel is not None
    q, name = asked.questions, entrant.candidate.name
    if team.task == LINKING:
        gold = {key: linked.links for key, linked in q.gold.items()}
        signals = link_signals(asked.links(entrant.panel, name), gold)
        entrant.hits = {key: tables_right(signal) for key, signal in signals.items()}
        entrant.recalled = {key: signal["tables_recalled"] for key, signal in signals.items()}
    else:
        predictions = asked.sql(entrant.panel, q.gold, f"{name}: SQL on gold links")
        entrant.hits = sql_right(q.examples, predictions, q.databases, kind=kind, limits=team.asking.limits)


def row_of(entrant: Entrant, team: Team, databases: Mapping[str, str]) -> Row:
    """What the recipe says of a candidate; `databases` are those of the questions, by id."""
    candidate = entrant.candidate
    score = ends(entrant.hits, databases) if entrant.hits else None  # none at all where no question can be judged
    return Row(
        candidate.name,
        candidate.kind.value,
        [round(weight, 4) for weight in candidate.weights],
        entrant.loss if entrant.loss is not None and math.isfinite(entrant.loss) else None,
        score,
        candidate.num_passes,
        candidate.steps(team),
        candidate.adapter.parent.name if candidate.adapter is not None else "",
        mean(entrant.recalled) if entrant.recalled else None,
    )


def ends(hits: Hits, databases: Mapping[str, str]) -> tuple[float, float, float]:
    """A rate with the ends of its interval, databases drawn as a whole."""
    found = bootstrap_interval(list(hits.values()), [databases[key] for key in hits])
    return found.mean, found.low, found.high
