"""What the official Spider script does to a query before it is run."""

import re
from functools import lru_cache
from typing import Any

from sqlparse.engine import FilterStack
from sqlparse.sql import Token

CutStatements: Any = FilterStack
"""sqlparse without its grouping, whose limits it would run into; Any, because sqlparse is typed in part only."""

CURRENT_YEAR = re.compile(r"YEAR\s*\(\s*CURDATE\s*\(\s*\)\s*\)\s*", re.IGNORECASE)
NEEDS_LEXING = re.compile(r"distinct|;|\bGO\b", re.IGNORECASE)
LONGEST_LEXED = 20_000
"""A longer query is run as it is written: no real one comes near, and cutting it up would take seconds."""


def mend_comparisons(sql: str) -> str:
    """`> =`, `< =` and `! =` joined."""
    return sql.replace("> =", ">=").replace("< =", "<=").replace("! =", "!=")


def fix_year(sql: str) -> str:
    """`YEAR(CURDATE())`, which SQLite does not know, replaced by 2020."""
    return CURRENT_YEAR.sub("2020", sql)


def first_statement(sql: str) -> list[Token]:
    """The tokens of the first statement, as sqlparse cuts them; none if there is no statement."""
    statement = next(CutStatements().run(sql), None)
    return statement.tokens if statement is not None else []


@lru_cache(maxsize=20_000)
def strip_distinct(sql: str) -> str:
    """The first statement without the word DISTINCT."""
    if len(sql) > LONGEST_LEXED or not NEEDS_LEXING.search(sql):
        return sql
    return "".join(token.value for token in first_statement(sql) if token.value.lower() != "distinct")
