"""The two stages: a linker names tables and columns, a generator writes SQL over them."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from torch import nn
from transformers import PreTrainedTokenizerBase

from oraclecoder.answer.memo import Memo
from oraclecoder.config import AnswerConfig, ModelConfig, TaskConfig
from oraclecoder.database.schema import read_schema
from oraclecoder.errors import DataError
from oraclecoder.model.generate import Completion, Decoding, generate, generate_committee
from oraclecoder.model.prefix_cache import PrefixCache
from oraclecoder.model.tokens import encode, template_length
from oraclecoder.records import Example, Links, Prediction, Prompt
from oraclecoder.task import TASKS, Grammar, PromptSet, prompts_for
from oraclecoder.task.fit import Window
from oraclecoder.task.links import gold_links

Advance = Callable[[int], None]
logger = logging.getLogger(__name__)


def no_progress(_: int) -> None:
    """Tell nobody how many questions are answered."""


@dataclass(frozen=True)
class Answerer:
    """A model that answers one task, with everything its prompts depend on.

    `voices` are the adapters on the model that tell each answer together, with their `weights` (none: equal); None is
    the active one. With `num_samples` above 1 answers are drawn at a temperature. `memo` keeps what was answered.
    """

    model: nn.Module
    tokenizer: PreTrainedTokenizerBase
    model_config: ModelConfig
    task: TaskConfig
    answer: AnswerConfig
    voices: tuple[str | None, ...] = (None,)
    weights: tuple[float, ...] = ()
    num_samples: int = 1
    temperature: float = 0.0
    memo: Memo = field(default_factory=Memo)

    @cached_property
    def prefixes(self) -> PrefixCache | None:
        """The schemas that were read last, kept from call to call; None where nothing is to be kept."""
        return PrefixCache(self.answer.prefix_cache_bytes) if self.answer.prefix_cache_bytes else None

    def complete(
        self,
        examples: Sequence[Example],
        databases: Mapping[str, Path],
        *,
        links: Mapping[str, Links | None] | None = None,
        advance: Advance = no_progress,
    ) -> dict[str, Completion]:
        """The first answer to each example by its id; those whose prompt does not fit the window are left out."""
        found = self.complete_all(examples, databases, links=links, advance=advance)
        return {name: completions[0] for name, completions in found.items()}

    def complete_all(
        self,
        examples: Sequence[Example],
        databases: Mapping[str, Path],
        *,
        links: Mapping[str, Links | None] | None = None,
        advance: Advance = no_progress,
    ) -> dict[str, list[Completion]]:
        """The `num_samples` answers to each example by its id; those whose prompt does not fit are left out.

        With `answer.constrained` an answer has only names that its prompt shows. How many are left out or shortened is
        logged.
        """
        asked = prompts_for(
            self.task, examples, databases, links=links, asking=True, window=window(self.tokenizer, self.model_config)
        )
        _tell_what_does_not_fit(asked, len(examples))
        decoding = Decoding(
            max_new_tokens=self.task.max_new_tokens,
            temperature=self.temperature,
            num_samples=self.num_samples,
            max_rows=self.answer.max_rows,
            max_batch_tokens=self.answer.max_batch_tokens,
        )
        known = {prompt: self.memo.get(prompt, decoding, self.answer) for prompt in asked.prompts}
        fresh = [prompt for prompt, found in known.items() if found is None]
        advance(len(examples) - len(fresh))
        grammars = self._grammars(fresh, examples, databases, links) if self.answer.constrained else None
        for prompt, found in zip(fresh, self._decode(fresh, decoding, grammars, advance), strict=True):
            self.memo.put(prompt, decoding, self.answer, found)
        return {prompt.example_id: self.memo.get(prompt, decoding, self.answer) or [] for prompt in asked.prompts}

    def _decode(
        self, prompts: Sequence[Prompt], decoding: Decoding, grammars: Sequence[Grammar] | None, advance: Advance
    ) -> list[list[Completion]]:
        tokens = [encode(prompt, self.tokenizer, self.model_config.prompt_format) for prompt in prompts]
        if len(self.voices) == 1:
            return generate(
                self.model,
                self.tokenizer,
                tokens,
                decoding,
                adapter=self.voices[0],
                grammars=grammars,
                cache=self.prefixes,
                advance=advance,
            )
        return generate_committee(
            self.model,
            self.tokenizer,
            tokens,
            decoding,
            adapters=[name for name in self.voices if name is not None],
            weights=self.weights or None,
            grammars=grammars,
            cache=self.prefixes,
            advance=advance,
        )

    def _grammars(
        self,
        prompts: Sequence[Prompt],
        examples: Sequence[Example],
        databases: Mapping[str, Path],
        links: Mapping[str, Links | None] | None,
    ) -> list[Grammar]:
        """What the answer to each prompt may be; questions that are shown the same schema share one grammar."""
        place = {example.id: databases[example.database] for example in examples}
        found: dict[tuple[Path, Links | None], Grammar] = {}
        keys = [
            (place[prompt.example_id], links[prompt.example_id] if links is not None else None) for prompt in prompts
        ]
        for path, linked in keys:
            if (path, linked) not in found:
                schema = read_schema(path, self.task.num_sample_rows)
                found[path, linked] = TASKS[self.task.name].grammar(schema, self.task, links=linked)
        return [found[key] for key in keys]


def _tell_what_does_not_fit(asked: PromptSet, num_examples: int) -> None:
    if asked.left_out:
        reason = next(iter(asked.left_out.values()))
        logger.warning(
            "%d of %d prompts do not fit and are answered with nothing, first %s",
            len(asked.left_out),
            num_examples,
            reason,
        )
    if asked.num_shortened:
        logger.info("%d of %d prompts drop sample rows or columns to fit", asked.num_shortened, num_examples)


def window(tokenizer: PreTrainedTokenizerBase, config: ModelConfig) -> Window:
    """The model's window, less what a chat template takes."""

    def count(text: str) -> int:
        return len(tokenizer(text, add_special_tokens=False)["input_ids"])

    return Window(count, config.max_length - template_length(tokenizer, config.prompt_format))


@dataclass(frozen=True)
class Linked:
    """What the linker said to one question; `links` is None where it did not parse, and the full schema is shown."""

    links: Links | None
    text: str


def link(
    linker: Answerer, examples: Sequence[Example], databases: Mapping[str, Path], *, advance: Advance = no_progress
) -> dict[str, Linked]:
    """The links of each example by its id."""
    completions = linker.complete(examples, databases, advance=advance)
    read = TASKS[linker.task.name].read_answer
    found = {}
    for example in examples:
        text = completions[example.id].text if example.id in completions else ""
        schema = read_schema(databases[example.database], linker.task.num_sample_rows)
        found[example.id] = Linked(read(text, schema), text)
    return found


def gold_linked(examples: Sequence[Example], databases: Mapping[str, Path]) -> dict[str, Linked]:
    """The links of the gold queries, as a perfect linker would give them; none where the gold query is broken."""
    found = {}
    for example in examples:
        try:
            links = gold_links(example.gold_sql, read_schema(databases[example.database]))
        except DataError:
            links = None
        found[example.id] = Linked(links, "")
    return found


def write_sql(
    generator: Answerer,
    examples: Sequence[Example],
    databases: Mapping[str, Path],
    linked: Mapping[str, Linked] | None,
    *,
    advance: Advance = no_progress,
) -> list[Prediction]:
    """A query for each example over its linked tables, or over the full schema where there are no links."""
    start = time.monotonic()
    links = links_of(linked)
    completions = generator.complete(examples, databases, links=links, advance=advance)
    seconds = round((time.monotonic() - start) / max(1, len(examples)), 4)
    read = TASKS[generator.task.name].read_answer
    predictions = []
    for example in examples:
        schema = read_schema(databases[example.database], generator.task.num_sample_rows)
        completion = completions.get(example.id)
        sql = read(completion.text if completion is not None else "", schema)
        predictions.append(predicted(example, sql, linked, seconds=seconds))
    return predictions


def links_of(linked: Mapping[str, Linked] | None) -> dict[str, Links | None] | None:
    """The links alone, as prompts take them."""
    return None if linked is None else {name: found.links for name, found in linked.items()}


def predicted(
    example: Example,
    sql: str,
    linked: Mapping[str, Linked] | None,
    *,
    seconds: float,
    candidates: tuple[str, ...] = (),
) -> Prediction:
    """The record of one answer, with the links that it was written over."""
    found = linked.get(example.id) if linked is not None else None
    return Prediction(
        id=example.id,
        index=example.index,
        database=example.database,
        question=example.question,
        sql=sql,
        gold_sql=example.gold_sql,
        links=found.links if found is not None else None,
        links_text=found.text if found is not None else "",
        links_fallback=found is None or found.links is None,
        candidates=candidates,
        seconds=seconds,
    )
