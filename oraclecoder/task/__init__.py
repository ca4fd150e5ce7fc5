"""The two tasks: what the model reads, what it is to answer, and how its answer is read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from oraclecoder.config import TaskConfig, TaskName
from oraclecoder.database.schema import Schema, read_schema
from oraclecoder.database.values import Places
from oraclecoder.errors import DataError
from oraclecoder.records import Example, Links, Prompt
from oraclecoder.task import generation, linking
from oraclecoder.task.fit import Window
from oraclecoder.task.links import gold_links
from oraclecoder.task.question import values_of


class Grammar(Protocol):
    """What an answer may be, for constrained decoding."""

    @property
    def letters(self) -> Collection[str]:
        """Letters beyond ASCII that an answer may have, one of them for any where any may stand."""
        ...

    @property
    def max_corrections(self) -> int | None:
        """An answer that has to be corrected more often is not the model's any more; None where each can be brought
        to an end."""
        ...

    def begins(self, text: str) -> bool:
        """Whether some answer begins with this text."""
        ...

    def ends(self, text: str) -> bool:
        """Whether this text is a whole answer."""
        ...


class Task(Protocol):
    """What both task modules offer. `PROMPT_VERSION` changes whenever a prompt does; adapters are bound to it."""

    PROMPT_VERSION: str

    def write_prompt(
        self,
        example: Example,
        schema: Schema,
        config: TaskConfig,
        *,
        links: Links | None,
        asking: bool,
        values: Sequence[Places] = (),
        window: Window | None = None,
        seed: int = 0,
    ) -> Prompt:
        """The prompt for training, or for asking (answer ""); `values` are those that the question names."""
        ...

    def grammar(self, schema: Schema, config: TaskConfig, *, links: Links | None) -> Grammar:
        """What an answer may be, given what is shown of the schema."""
        ...

    def read_answer(self, text: str, schema: Schema) -> Any:
        """What a model's answer says."""
        ...


TASKS: Mapping[TaskName, Task] = {TaskName.schema_linking: linking, TaskName.sql_generation: generation}


@dataclass(frozen=True)
class PromptSet:
    """The prompts of a split in its order, and the reasons why examples were left out, by example id."""

    prompts: tuple[Prompt, ...]
    left_out: dict[str, str] = field(default_factory=dict)

    @property
    def num_shortened(self) -> int:
        """How many prompts had to drop sample rows, descriptions or columns to fit."""
        return sum(prompt.num_dropped > 0 for prompt in self.prompts)


def prompts_for(
    config: TaskConfig,
    examples: Iterable[Example],
    databases: Mapping[str, Path],
    *,
    links: Mapping[str, Links | None] | None = None,
    asking: bool = False,
    window: Window | None = None,
    seed: int = 0,
) -> PromptSet:
    """The prompts of a split, to learn from or, with `asking`, to answer.

    Learning takes the links of the gold query. Asking looks at no gold: it takes `links` by example id, and the full
    schema where they are None or not given. Examples are left out, with the reason, if they are to be learnt and
    SQLite refuses their gold query, or if they cannot be made to fit the window.

    Raises:
        DatabaseError: if a database does not open.
    """
    task = TASKS[config.name]
    if window is not None:
        window = replace(window, count_tokens=lru_cache(maxsize=4096)(window.count_tokens))
    prompts: list[Prompt] = []
    left_out: dict[str, str] = {}
    for example in examples:
        path = databases[example.database]
        schema = read_schema(path, config.num_sample_rows)
        values = values_of(example, path) if config.max_values else ()
        try:
            if asking:
                linked = links[example.id] if links is not None else None
            else:
                linked = gold_links(example.gold_sql, schema)
            prompts.append(
                task.write_prompt(
                    example, schema, config, links=linked, asking=asking, values=values, window=window, seed=seed
                )
            )
        except DataError as error:
            left_out[example.id] = str(error)
    return PromptSet(tuple(prompts), left_out)
