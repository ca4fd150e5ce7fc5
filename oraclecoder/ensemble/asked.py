"""Panels asked the same questions on bases that are loaded once; what was asked before is not asked again."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from oraclecoder.answer.answerer import Answerer
from oraclecoder.answer.panel import Memos, Panel, link_together, seated, write_sql_together
from oraclecoder.answer.stages import Linked, gold_linked
from oraclecoder.config import ModelConfig
from oraclecoder.ensemble.team import Asking
from oraclecoder.model.base import Base, load_base
from oraclecoder.model.prefix_cache import PrefixCache
from oraclecoder.records import Example, Prediction
from oraclecoder.tracking.progress import progress

LINKING, GENERATION = "schema_linking", "sql_generation"


@dataclass(frozen=True)
class Questions:
    """What is asked, with the gold links that only scores may see."""

    examples: Sequence[Example]
    databases: Mapping[str, Path]
    gold: Mapping[str, Linked]

    @classmethod
    def of(cls, examples: Sequence[Example], databases: Mapping[str, Path]) -> "Questions":
        """The questions with the links of their gold queries."""
        return cls(examples, databases, gold_linked(examples, databases))


@dataclass
class Bases:
    """Base models by their settings, each loaded when it is first needed."""

    loaded: dict[str, Base] = field(default_factory=dict)

    def of(self, config: ModelConfig) -> Base:
        """The base of these settings."""
        key = repr(config)
        if key not in self.loaded:
            self.loaded[key] = load_base(config)
        return self.loaded[key]


class Asked:
    """Asks panels of each task; `asking` says how, by task. Equal panels, and equal prompts to one, answer once.

    `kept` has the schemas that were read before, for panels that are asked again and again; None: each reads its own.
    """

    def __init__(
        self,
        asking: Mapping[str, Asking],
        questions: Questions,
        bases: Bases,
        memos: Memos,
        kept: PrefixCache | None = None,
    ) -> None:
        self.asking, self.questions, self.bases, self.memos, self.kept = asking, questions, bases, memos, kept

    def links(self, panel: Panel, label: str) -> dict[str, Linked]:
        """What a panel links, by the question's id."""
        q = self.questions
        with self._seated(LINKING, panel) as answerers, progress(f"{label}: linking", len(q.examples)) as advance:
            return link_together(answerers, panel.vote, q.examples, q.databases, advance=advance)

    def sql(self, panel: Panel, linked: Mapping[str, Linked] | None, label: str) -> list[Prediction]:
        """What a panel writes over these links, or over the full schema, in the order of the questions."""
        q = self.questions
        limits = self.asking[GENERATION].limits
        with self._seated(GENERATION, panel) as answerers, progress(label, len(q.examples)) as advance:
            found = write_sql_together(
                answerers, panel.vote, q.examples, q.databases, linked, limits=limits, advance=advance
            )
        return [replace(p, gold_links=q.gold[p.id].links) for p in found]

    @contextmanager
    def _seated(self, task: str, panel: Panel) -> Iterator[list[Answerer]]:
        asking = self.asking[task]
        base = self.bases.of(asking.model)
        with seated(base, panel, asking.task, asking.answer, self.memos, self.kept) as answerers:
            yield answerers
