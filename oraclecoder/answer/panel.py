"""Who answers a task: the base alone, one adapter, a committee of them, or members whose answers are voted on."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from oraclecoder.answer.answerer import Answerer, part_of
from oraclecoder.answer.memo import Memo
from oraclecoder.answer.stages import Linked, Written, chosen, link, predicted, write_all, write_sql
from oraclecoder.answer.voting import Ballot, vote_links, vote_sql
from oraclecoder.config import AnswerConfig, LimitsConfig, TaskConfig, Vote
from oraclecoder.database.execute import Outcome, Reason
from oraclecoder.model.adapter import applied, applied_many
from oraclecoder.model.base import Base
from oraclecoder.model.generate import Advance, no_progress
from oraclecoder.model.prefix_cache import PrefixCache
from oraclecoder.records import Example, Prediction

NO_QUERY = Outcome(None, problem="no query was answered", reason=Reason.empty_prediction)


@dataclass(frozen=True)
class Panel:
    """Adapters (None: the base alone) and how their answers become one.

    With `Vote.logits` each token is told together, by `weights` (none: equal). With any other vote each member gives
    `num_samples` answers of its own; with `Vote.first` only where those before it found nothing.
    """

    adapters: tuple[Path | None, ...]
    vote: Vote = Vote.none
    weights: tuple[float, ...] = ()
    num_samples: int = 1
    temperature: float = 0.0

    @property
    def num_passes(self) -> int:
        """Forward passes a token of the answer, against one adapter's one; with `Vote.first` at most so many."""
        return len(self.adapters) * self.num_samples


@dataclass
class Memos:
    """What each panel has answered; adapters are told apart by their folders."""

    by_panel: dict[Panel, Memo] = field(default_factory=dict)

    def of(self, panel: Panel) -> Memo:
        """The memo of a panel, to read and to fill."""
        return self.by_panel.setdefault(panel, Memo())

    def update(self, other: "Memos") -> None:
        """Remember what was answered elsewhere."""
        for panel, memo in other.by_panel.items():
            self.of(panel).update(memo)


@contextmanager
def seated(
    base: Base, panel: Panel, task: TaskConfig, answer: AnswerConfig, memos: Memos, kept: PrefixCache | None = None
) -> Iterator[list[Answerer]]:
    """The panel on the base for a while: one answerer, or one for each member who answers for himself.

    `kept` has the schemas that they read before, and will have those that they read now.
    """
    alone = Answerer(
        base.model,
        base.tokenizer,
        base.config,
        task,
        answer,
        num_samples=panel.num_samples,
        temperature=panel.temperature,
        memo=memos.of(panel),
        kept=kept,
    )
    if len(panel.adapters) == 1:
        with applied(base, panel.adapters[0]) as model:
            yield [replace(alone, model=model)]
        return
    folders = {f"member{number}": folder for number, folder in enumerate(panel.adapters) if folder is not None}
    with applied_many(base, folders) as model:
        together = replace(
            alone, model=model, voices=tuple(folders), weights=panel.weights, num_samples=1, temperature=0.0
        )
        if panel.vote is Vote.logits:
            yield [together]
            return
        yield [
            _alone(together, name, replace(panel, adapters=(folder,)), memos, seed=number if panel.temperature else 0)
            for number, (name, folder) in enumerate(folders.items())
        ]


def _alone(together: Answerer, name: str, panel: Panel, memos: Memos, *, seed: int) -> Answerer:
    """One member for himself; members of different seeds draw samples that have nothing in common."""
    own = replace(panel, vote=Vote.none, weights=())
    return replace(
        together,
        voices=(name,),
        weights=(),
        memo=memos.of(own),
        num_samples=own.num_samples,
        temperature=own.temperature,
        seed=seed,
    )


def link_together(
    answerers: Sequence[Answerer],
    vote: Vote,
    examples: Sequence[Example],
    databases: Mapping[str, Path],
    *,
    advance: Advance = no_progress,
) -> dict[str, Linked]:
    """The links of each example by its id, voted on where there are several answerers."""
    part = part_of(advance, 1 / len(answerers))
    found = [link(answerer, examples, databases, advance=part) for answerer in answerers]
    if len(found) == 1:
        return found[0]
    return {example.id: vote_links([one[example.id] for one in found], vote) for example in examples}


def write_sql_together(
    answerers: Sequence[Answerer],
    vote: Vote,
    examples: Sequence[Example],
    databases: Mapping[str, Path],
    linked: Mapping[str, Linked] | None,
    *,
    limits: LimitsConfig,
    advance: Advance = no_progress,
) -> list[Prediction]:
    """A query for each example; of several answers the first that finds something, or one whose result most have."""
    if len(answerers) == 1 and answerers[0].num_samples == 1:
        return write_sql(answerers[0], examples, databases, linked, limits=limits, advance=advance)
    start = time.monotonic()
    if vote is Vote.first:
        written = _until_found(answerers, examples, databases, linked, limits, advance)
        return chosen(examples, written, linked, seconds=time.monotonic() - start)
    ballots = _ballots(answerers, examples, databases, linked, limits, advance)
    seconds = round((time.monotonic() - start) / max(1, len(examples)), 4)
    predictions = []
    for example in examples:
        own = ballots[example.id]
        best = vote_sql(own)
        candidates = tuple(ballot.sql for ballot in own)
        predictions.append(
            predicted(example, best.sql, linked, whole_schema=best.whole_schema, seconds=seconds, candidates=candidates)
        )
    return predictions


def _until_found(
    answerers: Sequence[Answerer],
    examples: Sequence[Example],
    databases: Mapping[str, Path],
    linked: Mapping[str, Linked] | None,
    limits: LimitsConfig,
    advance: Advance,
) -> dict[str, list[Written]]:
    """What members answered to each example, each asked only where those before found nothing."""
    written: dict[str, list[Written]] = {example.id: [] for example in examples}
    waiting = list(examples)
    for number, answerer in enumerate(answerers):
        if not waiting:
            break
        heard = advance if number == 0 else no_progress
        for name, own in write_all(answerer, waiting, databases, linked, limits=limits, advance=heard).items():
            written[name] += own
        waiting = [example for example in waiting if not any(one.outcome.finds for one in written[example.id])]
    return written


def _ballots(
    answerers: Sequence[Answerer],
    examples: Sequence[Example],
    databases: Mapping[str, Path],
    linked: Mapping[str, Linked] | None,
    limits: LimitsConfig,
    advance: Advance,
) -> dict[str, list[Ballot]]:
    """All queries that were answered to each example."""
    ballots: dict[str, list[Ballot]] = {example.id: [] for example in examples}
    part = part_of(advance, 1 / len(answerers))
    for answerer in answerers:
        found = write_all(answerer, examples, databases, linked, limits=limits, advance=part)
        for name, written in found.items():
            own = [Ballot(one.sql, one.completion.log_likelihood, one.outcome, one.whole_schema) for one in written]
            ballots[name] += own or [Ballot("", float("-inf"), NO_QUERY, True)]
    return ballots
