"""The official flag --plug_value: a prediction counts if it would be right with some of the gold's values in it.

Values are found on the text, not on the structure. Strings are those that sqlparse calls so, numbers those that stand
as words of their own; everything else is lower-cased on the way.
"""

import re
from collections.abc import Iterator
from itertools import product

import sqlparse
from sqlparse import tokens

from oraclecoder.judge.spider_statements import LONGEST_LEXED, first_statement

SLOT = "VALUERARE"
STRINGS = (tokens.Literal.String.Single, tokens.Literal.String.Symbol)
STAR_OF_ALIAS = re.compile(r"[tT][123]\.\*")
BROKEN_ALIAS = re.compile(r"(T\d+\.)\s")
ALIAS = re.compile(r"[Tt]\d+\.")
DECIMAL = re.compile(r"[-+]\d*\.\d+|(?<!\d)\d*\.\d+|\.\d+")
WHOLE = re.compile(r"[^tT]\d+")


def plugged_predictions(gold: str, predicted: str) -> Iterator[str]:
    """The prediction with the gold's values in its slots, in every combination, made one at a time.

    There is none for a query longer than LONGEST_LEXED.
    """
    if max(len(gold), len(predicted)) > LONGEST_LEXED:
        return
    values = tuple(dict.fromkeys(split_values(gold)[1]))
    words, _ = split_values(predicted)
    slots = [index for index, word in enumerate(words) if word == SLOT.lower()]
    for combination in product(values, repeat=len(slots)):
        for index, value in zip(slots, combination, strict=True):
            words[index] = value
        yield " ".join(words)


def split_values(sql: str) -> tuple[list[str], list[str]]:
    """The words of a query in lower case with a slot for each value, and the values in the order in which found."""
    text = sqlparse.format(even_spaces(sql), reindent=False, keyword_case="upper")
    text = BROKEN_ALIAS.sub(r"\1", text)
    values = [token.value for token in first_statement(text) if token.ttype in STRINGS]
    for value in values:
        text = text.replace(value.strip(), SLOT)
    words = text.split()
    for pattern in (DECIMAL, WHOLE):
        numbers = {number.strip() for number in pattern.findall(" ".join(words))}
        values += [word for word in words if word in numbers]
        words = [SLOT if word in numbers else word for word in words]
    return [part for word in words for part in lower_parts(word)], values


def even_spaces(sql: str) -> str:
    """The first statement with one space between its tokens and no semicolons.

    `t1.*` becomes `*` only where it is no tokens of its own, as in a string; elsewhere it is `t1 . *` by then.
    """
    text = sql.strip().replace(";", "").replace("\t", "")
    words = [token.value for token in first_statement(text) if token.ttype != tokens.Whitespace]
    return STAR_OF_ALIAS.sub("*", " ".join(words))


def lower_parts(word: str) -> list[str]:
    """The word in lower case; one that names an alias such as T1 is cut at its full stops."""
    if ALIAS.search(word):
        return [part.lower() for part in word.replace(".", " . ").split()]
    return [word.lower()]
