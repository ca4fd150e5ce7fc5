"""The two stages: a linker names tables and columns, a generator writes SQL over them."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from torch import nn
from transformers import PreTrainedTokenizerBase

from oraclecoder.config import AnswerConfig, ModelConfig, TaskConfig
from oraclecoder.database.schema import read_schema
from oraclecoder.errors import DataError
from oraclecoder.model.generate import Completion, Decoding, generate
from oraclecoder.model.prefix_cache import PrefixCache
from oraclecoder.model.tokens import encode, template_length
from oraclecoder.records import Example, Links, Prediction
from oraclecoder.task import TASKS, Grammar, PromptSet, prompts_for
from oraclecoder.task.fit import Window
from oraclecoder.task.links import gold_links

Advance = Callable[[int], None]
logger = logging.getLogger(__name__)


def no_progress(_: int) -> None:
    """Tell nobody how many questions are answered."""


@dataclass(frozen=True)
class Answerer:
    """A model that answers one task, with everything its prompts depend on."""

    model: nn.Module
    tokenizer: PreTrainedTokenizerBase
    model_config: ModelConfig
    task: TaskConfig
    answer: AnswerConfig

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
        """The greedy answer to each example by its id; those whose prompt does not fit the window are left out.

        With `answer.constrained` an answer has only names that its prompt shows. How many are left out or shortened is
        logged.
        """
        asked = prompts_for(
            self.task, examples, databases, links=links, asking=True, window=window(self.tokenizer, self.model_config)
        )
        _tell_what_does_not_fit(asked, len(examples))
        tokens = [encode(prompt, self.tokenizer, self.model_config.prompt_format) for prompt in asked.prompts]
        decoding = Decoding(
            max_new_tokens=self.task.max_new_tokens,
            max_rows=self.answer.max_rows,
            max_batch_tokens=self.answer.max_batch_tokens,
        )
        grammars = self._grammars(asked, examples, databases, links) if self.answer.constrained else None
        completions = generate(
            self.model, self.tokenizer, tokens, decoding, grammars=grammars, cache=self.prefixes, advance=advance
        )
        advance(len(asked.left_out))
        return {prompt.example_id: found[0] for prompt, found in zip(asked.prompts, completions, strict=True)}

    def _grammars(
        self,
        asked: PromptSet,
        examples: Sequence[Example],
        databases: Mapping[str, Path],
        links: Mapping[str, Links | None] | None,
    ) -> list[Grammar]:
        """What the answer to each prompt may be; questions that are shown the same schema share one grammar."""
        place = {example.id: databases[example.database] for example in examples}
        found: dict[tuple[Path, Links | None], Grammar] = {}
        keys = [
            (place[prompt.example_id], links[prompt.example_id] if links is not None else None)
            for prompt in asked.prompts
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
    links = {name: found.links for name, found in linked.items()} if linked is not None else None
    completions = generator.complete(examples, databases, links=links, advance=advance)
    seconds = round((time.monotonic() - start) / max(1, len(examples)), 4)
    read = TASKS[generator.task.name].read_answer
    predictions = []
    for example in examples:
        schema = read_schema(databases[example.database], generator.task.num_sample_rows)
        found = linked.get(example.id) if linked is not None else None
        text = completions[example.id].text if example.id in completions else ""
        predictions.append(
            Prediction(
                id=example.id,
                index=example.index,
                database=example.database,
                question=example.question,
                sql=read(text, schema),
                gold_sql=example.gold_sql,
                links=found.links if found is not None else None,
                links_text=found.text if found is not None else "",
                links_fallback=found is None or found.links is None,
                seconds=seconds,
            )
        )
    return predictions
