"""How the official Spider evaluator cuts a query into words.

Values in quotes are set aside, and the rest is cut as English prose in the manner of the Penn Treebank, sentence by
sentence. That leaves marks in SQL which the parser has to meet: `a=1` is one word, `1,2` is one word, `cannot` is two.
"""

import re

QUOTED = re.compile(r'"[^"]*"')
OPENING_QUOTE = re.compile(r"``|[`«“‘„]")
COMMA = re.compile(r"([:,])([^\d])")
LAST_COMMA = re.compile(r"([:,])$")
LONE_MARK = re.compile(r"\.{2,}|--|[]\[(){}<>;@#$%&?!*»”’‒-―]")
CONTRACTION = re.compile(r"\b(?:(can)(not)|(gim|lem)(me)|(gon|wan)(na)|(got)(ta))\b", re.IGNORECASE)

PERIOD_INSIDE = re.compile(r"(?<=[^\s.])\.(?=\s*([^\s.,]))(?=[\s)\]};:*@(\[{!?])")
NUMBER_BEFORE = re.compile(r"(?:^|[\s)\]};:*@(\[{!?])-?[.,]?\d[\d,.-]*$")
INITIAL_BEFORE = re.compile(r"(?:^|[\s)\]};:*@(\[{!?])[^\W\d]$")
LONGEST_NUMBER = 40
"""Characters looked at before a full stop, so that the search stays linear."""

LONGEST_QUERY = 100_000
"""A longer query is given up: no gold comes near, and a hostile one would take seconds."""

JOINED_BY_EQUALS = frozenset("!><")


class NotSpiderSqlError(ValueError):
    """The official parser would give this query up."""


def cut_words(sql: str) -> list[str]:
    """The query as words in lower case, each quoted value one word in double quotes as it was written.

    Raises:
        NotSpiderSqlError: if the quotes do not pair up, or the query is longer than LONGEST_QUERY.
    """
    if len(sql) > LONGEST_QUERY:
        raise NotSpiderSqlError("the query is too long")
    text = sql.replace("'", '"')
    if text.count('"') % 2:
        raise NotSpiderSqlError("a quote is not closed")
    values: dict[str, str] = {}

    def set_aside(match: re.Match[str]) -> str:
        name = f"__val_{match.start()}_{match.end() - 1}__"
        values[name] = match.group()
        return name

    words = cut_prose(QUOTED.sub(set_aside, text))
    return join_comparisons([values.get(word, word) for word in words])


def cut_prose(text: str) -> list[str]:
    """Treebank words of a text without ' and ", in lower case."""
    text = OPENING_QUOTE.sub(r" \g<0> ", end_sentences(text))
    text = COMMA.sub(r" \1 \2", text)
    text = LAST_COMMA.sub(r" \1 ", text)
    text = LONE_MARK.sub(r" \g<0> ", text)
    text = CONTRACTION.sub(split_contraction, text)
    return [word.lower() for word in text.split()]


def split_contraction(match: re.Match[str]) -> str:
    """`cannot` as ` can not `."""
    first, second = (part for part in match.groups() if part)
    return f" {first} {second} "


def end_sentences(text: str) -> str:
    """The text with the full stop of each sentence set apart; one inside a word or number stays."""
    if "." not in text:
        return text
    text = PERIOD_INSIDE.sub(end_sentence, text)
    tail = text.rstrip()
    body = tail.rstrip("])}>»”’ ")
    if body.endswith(".") and len(body) > 1 and body[-2] != ".":
        return f"{body[:-1]} . {text[len(body) :]} "
    return text


def end_sentence(match: re.Match[str]) -> str:
    """The full stop set apart, unless what stands around it says that the sentence goes on.

    The official script asks a sentence splitter that was trained on newspapers (Kiss and Strunk 2006). Its choice
    can matter only after a number or at the end of a query, and comes down to this there: `3.` before a small letter
    or a mark goes on, and so does a single letter.
    """
    before = match.string[max(0, match.start() - LONGEST_NUMBER) : match.start()]
    following = match.group(1)
    goes_on = following.islower() or following in ";:!?"
    if (NUMBER_BEFORE.search(before) and goes_on) or INITIAL_BEFORE.search(before):
        return "."
    return " . "


def join_comparisons(words: list[str]) -> list[str]:
    """`!`, `>` or `<` followed by `=` become one word."""
    joined: list[str] = []
    previous = ""
    for word in words:
        if word == "=" and previous in JOINED_BY_EQUALS:
            joined[-1] = previous + word
        else:
            joined.append(word)
        previous = word
    return joined
