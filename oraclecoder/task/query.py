"""A query as an answer: what is learnt is one tidy line, what is read is the first statement of whatever came."""

import re

from sqlparse import lexer
from sqlparse.tokens import Comment, Keyword, Operator, Punctuation, Whitespace

FENCE = re.compile(r"```[ \t]*(?:\w+[ \t]*\n)?(?P<inside>.*?)(?:```|\Z)", re.DOTALL)
AGGREGATES = frozenset(("count", "sum", "avg", "min", "max"))


def write_query(sql: str) -> str:
    """The first statement on one line: single spaces, no comments, no semicolon; text values and names untouched.

    Empty if there is no statement.
    """
    words: list[str] = []
    space = False
    for kind, text in lexer.tokenize(sql):  # type: ignore[no-untyped-call]
        if kind in Whitespace or kind in Comment:
            space = True
        elif kind is Punctuation and text == ";":
            if words:
                break
        else:
            if words and space and not _sticks(words[-1], text):
                words.append(" ")
            is_one = kind in Keyword or kind in Operator  # as GROUP BY is, with whatever stands between
            words.append(" ".join(text.split()) if is_one else text)
            space = words[-1] == ","
    return "".join(words).strip()


def _sticks(before: str, after: str) -> bool:
    """Whether no space belongs between two words of a query."""
    return before == "(" or after in {",", ")"} or (after == "(" and before.lower() in AGGREGATES)


def read_query(text: str) -> str:
    """The first statement of a model's answer, as `write_query` writes it; code fences and what follows are left out.

    Outside of fences an answer ends at its first empty line, as models go on talking after it.
    """
    fenced = FENCE.search(text)
    if fenced:
        return write_query(fenced["inside"])
    return write_query(re.split(r"\n\s*\n", text.strip(), maxsplit=1)[0])
