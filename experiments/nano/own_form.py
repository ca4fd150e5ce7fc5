"""Questions in the form of the pretraining, with no adapter: what a nano understands before it learns a task's form."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

from oraclecoder.answer.scoring import DEFAULT_FLAGS
from oraclecoder.answer.stages import gold_linked
from oraclecoder.config import SchemaStyle, TrainConfig
from oraclecoder.database.schema import Schema, read_schema
from oraclecoder.dataset.invented_corpus import HEADS
from oraclecoder.dataset.invented_forms import PLAIN
from oraclecoder.judge.judge import judge
from oraclecoder.model.decode import Decoding
from oraclecoder.model.generate import generate
from oraclecoder.model.tokens import Tokens
from oraclecoder.records import Example
from oraclecoder.task.describe import describe
from oraclecoder.task.generation import linked_schema

NUM_ROWS = 3


@dataclass(frozen=True)
class Own:
    """A nano and the questions that it is asked as its pretraining asks."""

    model: LlamaForCausalLM
    tokenizer: PreTrainedTokenizerFast
    config: TrainConfig
    examples: Sequence[Example]
    databases: Mapping[str, Path]

    def scores(self) -> dict[str, float]:
        """Execution accuracy over gold tables; how often all tables, and just these, are read off the whole schema."""
        gold = gold_linked(self.examples, self.databases)
        links = [gold[example.id].links for example in self.examples]
        whole = [read_schema(self.databases[example.database], NUM_ROWS) for example in self.examples]
        parts = [linked_schema(schema, own, cut_columns=False) for schema, own in zip(whole, links, strict=True)]
        pairs = list(zip(self.examples, self.ask(parts, PLAIN.query_cue), strict=True))
        verdicts = judge(pairs, self.databases, kind="demo", limits=self.config.limits, metrics=DEFAULT_FLAGS)
        right = [verdict.ex for verdict in verdicts if verdict.ex is not None]
        named = [_tables(schema, text) for schema, text in zip(whole, self.ask(whole, PLAIN.reads_cue), strict=True)]
        wanted = [set(own.tables) if own is not None else set() for own in links]
        both = list(zip(named, wanted, strict=True))
        return {
            "execution_accuracy": sum(right) / len(right),
            "tables_recalled": sum(found >= needed for found, needed in both) / len(both),
            "tables_exact": sum(found == needed for found, needed in both) / len(both),
            "num_questions": len(both),
        }

    def ask(self, schemas: Sequence[Schema], cue: str) -> list[str]:
        """The greedy answers to the questions, each over its schema."""
        asked = []
        for number, (example, schema) in enumerate(zip(self.examples, schemas, strict=True)):
            prefix = HEADS[False, True] + describe(schema, SchemaStyle.ddl, NUM_ROWS)
            texts = (prefix, f"{PLAIN.mark} {example.question}\n{cue} ")
            ids = [self.tokenizer(text, add_special_tokens=False).input_ids for text in texts]
            asked.append(Tokens(str(number), tuple(ids[0]), tuple(ids[1]), ()))
        answer = self.config.answer
        limits = Decoding(max_new_tokens=128, max_rows=answer.max_rows, max_batch_tokens=answer.max_batch_tokens)
        return [found[0].text for found in generate(self.model, self.tokenizer, asked, limits)]


def _tables(schema: Schema, text: str) -> set[str]:
    """The tables of an answer like `order(id, total) customer(name)`."""
    found = (schema.table(name) for name in re.findall(r"(\w+)\(", text))
    return {table.name for table in found if table is not None}
