"""Reading columns and what is computed from them, word by word, as the official Spider parser does."""

from collections.abc import Sequence

from oraclecoder.judge.spider_sql import NONE, STAR, ColumnUnit, SpiderSchema, ValueUnit
from oraclecoder.judge.spider_tokens import NotSpiderSqlError

AGGREGATES = frozenset({NONE, "max", "min", "count", "sum", "avg"})
ARITHMETIC = frozenset({NONE, "-", "+", "*", "/"})
END = ""
"""Stands behind the last word; no word is empty, and nothing accepts it."""


def require(condition: bool, what: str) -> None:
    """Refuse the query unless the condition holds."""
    if not condition:
        raise NotSpiderSqlError(what)


class UnitReader:
    """Reads words from `position` on; every method leaves it behind what it has read."""

    def __init__(self, words: Sequence[str], schema: SpiderSchema, names: dict[str, str]) -> None:
        self.words, self.schema, self.names = words, schema, names
        self.position = 0
        self.length = len(words)

    def peek(self) -> str:
        """The next word, or END."""
        return self.words[self.position] if self.position < self.length else END

    def take(self, word: str) -> bool:
        """Whether the next word is this one; if so it is read."""
        if self.peek() != word:
            return False
        self.position += 1
        return True

    def expect(self, word: str) -> None:
        """Read this word."""
        require(self.take(word), f"{word} is missing")

    def value_unit(self, scope: Sequence[str]) -> ValueUnit:
        """A column, or two with an arithmetic operator."""
        block = self.take("(")
        first = self.column_unit(scope)
        operator, second = NONE, None
        if self.peek() in ARITHMETIC:
            operator = self.peek()
            self.position += 1
            second = self.column_unit(scope)
        if block:
            self.expect(")")
        return ValueUnit(operator, first, second)

    def column_unit(self, scope: Sequence[str]) -> ColumnUnit:
        """A column, perhaps under an aggregate; a parenthesis round an aggregate is never closed."""
        block = self.take("(")
        aggregate = self.peek()
        if aggregate in AGGREGATES:
            self.position += 1
            self.expect("(")
            distinct = self.take("distinct")
            column = self.column(scope)
            self.expect(")")
            return ColumnUnit(aggregate, column, distinct)
        distinct = self.take("distinct")
        column = self.column(scope)
        if block:
            self.expect(")")
        return ColumnUnit(NONE, column, distinct)

    def column(self, scope: Sequence[str]) -> str:
        """`*`, a column of a named table, or one of the first table in scope that has it."""
        word = self.peek()
        self.position += 1
        if word == STAR:
            return STAR
        if "." in word:
            table, _, column = word.partition(".")
            name = f"{self.names.get(table, END)}.{column}"
            require("." not in column and name in self.schema.names, f"{word} is not known")
            return name
        for table in scope:
            require(table in self.schema.tables, f"{table} is not a table")
            if word in self.schema.tables[table]:
                return f"{table}.{word}"
        raise NotSpiderSqlError(f"{word} is not known")
