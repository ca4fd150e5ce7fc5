"""A model that answers one task: prompts, decoding, grammars, and what it answered before."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from torch import nn
from transformers import PreTrainedTokenizerBase

from oraclecoder.answer.memo import Memo
from oraclecoder.config import AnswerConfig, ModelConfig, TaskConfig
from oraclecoder.database.schema import read_schema
from oraclecoder.model.dense import dense_weights
from oraclecoder.model.generate import Advance, Completion, Decoding, generate, generate_committee, no_progress
from oraclecoder.model.prefix_cache import PrefixCache
from oraclecoder.model.tokens import encode, template_length
from oraclecoder.records import Example, Links, Prompt
from oraclecoder.task import TASKS, Grammar, PromptSet, prompts_for
from oraclecoder.task.fit import Window

ROUNDING = 1e-6
logger = logging.getLogger(__name__)


def part_of(advance: Advance, share: float) -> Advance:
    """Tells of so large a share of what it is told."""
    done = 0

    def count(number: int) -> None:
        nonlocal done
        before, done = done, done + number
        advance(int(done * share + ROUNDING) - int(before * share + ROUNDING))

    return count


@dataclass(frozen=True)
class Answerer:
    """A model that answers one task, with everything its prompts depend on.

    `voices` are the adapters on the model that tell each answer together, with their `weights` (none: equal); None is
    the active one. With `num_samples` above 1 answers are drawn at a temperature, from `seed`. `memo` keeps what was
    answered, `kept` the schemas that were read; None: this answerer keeps its own.
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
    seed: int = 0
    memo: Memo = field(default_factory=Memo)
    kept: PrefixCache | None = None

    @cached_property
    def prefixes(self) -> PrefixCache | None:
        """The schemas that were read last, kept from call to call; None where nothing is to be kept."""
        if not self.answer.prefix_cache_bytes:
            return None
        return PrefixCache(self.answer.prefix_cache_bytes) if self.kept is None else self.kept

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

        With `answer.constrained` an answer has only names of its schema. How many are left out or shortened is
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
            seed=self.seed,
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
        if not prompts:
            return []
        tokens = [encode(prompt, self.tokenizer, self.model_config.prompt_format) for prompt in prompts]
        ask: Callable[..., list[list[Completion]]] = partial(generate, adapter=self.voices[0])
        if len(self.voices) > 1:
            ask = partial(generate_committee, adapters=[v for v in self.voices if v], weights=self.weights or None)
        with dense_weights(self.model, self.voices):
            return ask(
                self.model,
                self.tokenizer,
                tokens,
                decoding,
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
            "%d of %d prompts do not fit and are not asked, first %s",
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
