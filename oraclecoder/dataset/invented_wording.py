"""The wording of invented questions: conditions, frames and lists, with many ways to say one thing."""

from dataclasses import dataclass
from random import Random
from typing import Any

from oraclecoder.dataset.invented import Field, Kind
from oraclecoder.dataset.invented_verbs import COMPARED, TIME_VERBS, VERBS

ABOVE = ("more than", "over", "above", "greater than", "higher than", "larger than", "bigger than", "exceeding")
BELOW = ("less than", "under", "below", "smaller than", "lower than", "fewer than")
AT_LEAST = ("at least", "no less than", "not below", "{} or more", "{} or over")
AT_MOST = ("at most", "no more than", "not above", "{} or less", "up to")
EQUAL = ("", "exactly", "equal to")
AFTER = ("after", "later than", "since after")
BEFORE = ("before", "earlier than", "prior to")
HIGHEST = ("highest", "largest", "greatest", "biggest", "maximum", "most", "top")
LOWEST = ("lowest", "smallest", "least", "minimum", "fewest", "bottom")
LATEST = ("latest", "most recent", "newest", "last")
EARLIEST = ("earliest", "oldest", "first")
DESCENDING = ("in descending order of {}", "sorted by {} in descending order", "from the highest to the lowest {}",
              "ordered by {} descending", "by {} from high to low", "with the largest {} first")  # fmt: skip
ASCENDING = ("in ascending order of {}", "sorted by {}", "from the lowest to the highest {}", "ordered by {}",
             "by {} from low to high", "in order of {}", "sorted by {} in ascending order")  # fmt: skip
BY_LETTER = ("in alphabetical order of {}", "sorted by {} alphabetically", "sorted by {}", "ordered by {}")
SHOW = ("show", "list", "give", "find", "return", "display", "tell me", "give me", "show me", "get", "report", "name")
MEAN = ("average", "mean")
TOTAL = ("total", "sum of", "total sum of", "combined")
FOR_EACH = ("for each {}", "per {}", "for every {}", "by {}", "in each {}", "of each {}", "for each different {}")
TEXT_IS = (" whose {f} is {v}", " with {f} {v}", " with the {f} {v}", " having {f} {v}", " where the {f} is {v}",
           " with {v} as {f}", " that have {v} as their {f}", " whose {f} equals {v}", " of {f} {v}",
              " with a {f} of {v}",
           " in {f} {v}", " for which the {f} is {v}", " that has the {f} {v}")  # fmt: skip
TEXT_IS_NOT = (" whose {f} is not {v}", " with a {f} other than {v}", " that do not have {f} {v}",
               " whose {f} differs from {v}", " without {f} {v}")  # fmt: skip
NUMBER_IS = (" whose {f} is {v}", " with {f} {v}", " with a {f} {v}", " having a {f} {v}", " that have {f} {v}",
             " with {v} {f}", " where {f} is {v}", " that have a {f} of {v}")  # fmt: skip
TIME_IS = (" whose {f} is {v}", " with a {f} {v}", " with {f} {v}", " where the {f} is {v}")
CONTAINS = ((" whose {f} contains {v}", "%{}%"), (" with {v} in their {f}", "%{}%"),
              (" whose {f} includes {v}", "%{}%"),
            (" whose {f} has the substring {v}", "%{}%"), (" whose {f} starts with {v}", "{}%"),
            (" with a {f} beginning with {v}", "{}%"), (" whose {f} ends with {v}", "%{}"),
            (" whose {f} ends in {v}", "%{}"), (" with the word {v} in the {f}", "%{}%"))  # fmt: skip
PLACES = (" in {v}", " from {v}", " who live in {v}", " who come from {v}", " located in {v}", " based in {v}",
          " that are in {v}", " coming from {v}")  # fmt: skip
PLACE_WORDS = frozenset(("city", "hometown", "country", "town", "birthplace", "village", "nation", "region"))
BARE = {
    Kind.category: (" in {v}", " of {v}", " from {v}", " for {v}", " with {v}"),
    Kind.name: (" called {v}", " named {v}", " {v}", " in {v}", " from {v}", " by {v}", " at {v}"),
}
"""Conditions that leave out what the value is of: it must be found in the sample rows, or guessed from its looks."""
MISSING = (
    " without {f}",
    " with no {f}",
    " whose {f} is missing",
    " whose {f} is unknown",
    " that have no {f}",
    " whose {f} is not known",
    " that did not give a {f}",
    " with an unknown {f}",
    " for which no {f} is recorded",
    " for which no {f} is known",
    " with no {f} on file",
    " that lack a {f}",
    " whose {f} is not given",
    " whose {f} was never recorded",
    " where the {f} is missing",
    " where no {f} is given",
    " that do not have a {f}",
    " that have no {f} yet",
    " without a known {f}",
    " that have not given us a {f}",
    " with the {f} left blank",
    " without an {f}",
    " without any {f}",
    " who have no {f}",
    " with no {f} recorded",
    " that did not tell us their {f}",
    " for whom we have no {f}",
    " still without {f}",
    " that never gave a {f}",
    " with nothing entered as {f}",
)
PRESENT = (
    " whose {f} is known",
    " that have a {f}",
    " whose {f} is not missing",
    " with some {f}",
    " with a known {f}",
    " where the {f} is known",
    " for which a {f} is recorded",
    " with a {f} on file",
    " that have been given a {f}",
    " that already have a {f}",
    " with a {f} recorded",
)
NUMBERS_IN_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Condition:
    """A filter: words that follow a noun, and SQL with {} for the column."""

    field: Field
    words: str
    sql: str


def literal(value: Any) -> str:
    """The value as SQL writes it."""
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def say_value(random: Random, value: Any) -> str:
    """The value as a question writes it: text in quotes or not."""
    if not isinstance(value, str):
        return str(value)
    return random.choices(("{}", "'{}'", '"{}"'), (4, 5, 1))[0].format(value)


def say_number(random: Random, number: int) -> str:
    """A count as digits or as a word."""
    return NUMBERS_IN_WORDS[number] if number <= 10 and random.random() < 0.5 else str(number)


def an(noun: str) -> str:
    """a shop, an order."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def join_words(parts: list[str]) -> str:
    """a, b and c."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def condition(random: Random, field: Field) -> Condition:
    """A filter on this field that suits what it holds."""
    draw = random.random()
    if draw < 0.07:
        missing = random.random() < 0.7
        words = random.choice(MISSING if missing else PRESENT).format(f=field.phrase)
        return Condition(field, words, "{} IS NULL" if missing else "{} IS NOT NULL")
    if field.kind in (Kind.integer, Kind.real, Kind.year, Kind.date):
        return _ordered_condition(random, field)
    value = random.choice(field.pool)
    if isinstance(value, str) and field.kind in BARE and 0.25 < draw < 0.5:
        frames = PLACES if PLACE_WORDS & set(field.words) else BARE[field.kind]
        return _condition(random, field, random.choice(frames), "{} =", value, say_value(random, value))
    if isinstance(value, str) and field.kind is Kind.name and draw < 0.2:
        words, pattern = random.choice(CONTAINS)
        part = random.choice(value.split()) if random.random() < 0.6 else value[: random.choice((1, 2, 3))]
        if pattern == "{}%" and " " in value and random.random() < 0.4:
            part = value.split()[0] + " "
        return _condition(random, field, words, "{} LIKE", pattern.format(part), say_value(random, part))
    if draw < 0.58:
        return _condition(random, field, random.choice(TEXT_IS_NOT), "{} !=", value, say_value(random, value))
    if draw < 0.64 and len(field.pool) > 1 and field.is_text:
        first, second = random.sample(field.pool, 2)
        said = f"{say_value(random, first)} or {say_value(random, second)}"
        words = random.choice((" whose {f} is {v}", " whose {f} is either {v}", " with {f} {v}")).format(
            f=field.phrase, v=said
        )
        return Condition(field, words, f"{{0}} = {_escape(first)} OR {{0}} = {_escape(second)}")
    return _condition(random, field, random.choice(TEXT_IS), "{} =", value, say_value(random, value))


def _escape(value: Any) -> str:
    return literal(value).replace("{", "{{").replace("}", "}}")


def _condition(random: Random, field: Field, words: str, sql: str, value: Any, said: str) -> Condition:
    return Condition(field, words.format(f=field.phrase, v=said), f"{sql} {_escape(value)}")


def _ordered_condition(random: Random, field: Field) -> Condition:
    is_time = field.kind in (Kind.year, Kind.date)
    if field.kind is Kind.date and random.random() < 0.35:
        return _day_or_year(random, field)
    value, other = random.choice(field.pool), random.choice(field.pool)
    draw = random.random()
    if draw < 0.12 and value != other:
        low, high = sorted((value, other), key=str if isinstance(value, str) else float)
        verbs = [f" {v} between {{v}}" for w in field.words for v in TIME_VERBS.get(w, ()) if is_time]
        words = random.choice(
            (" whose {f} is between {v}", " with {f} between {v}", " with a {f} from {v}", *verbs, *verbs)
        )
        between = "to" if "from" in words else "and"
        said = f"{say_value(random, low)} {between} {say_value(random, high)}"
        return Condition(
            field, words.format(f=field.phrase, v=said), f"{{}} BETWEEN {_escape(low)} AND {_escape(high)}"
        )
    above, below = (AFTER, BEFORE) if is_time and random.random() < 0.95 else (ABOVE, BELOW)
    choices = [(above, "{} >"), (below, "{} <"), (AT_LEAST, "{} >="), (AT_MOST, "{} <="), (EQUAL, "{} =")]
    phrases, sql = random.choices(choices, (35, 30, 12, 8, 15))[0]
    phrase = random.choice(phrases)
    if not is_time and field.words[-1] in COMPARED and sql in ("{} >", "{} <") and random.random() < 0.4:
        return _condition(random, field, " {v}", sql, value, f"{COMPARED[field.words[-1]][sql == '{} <']} {value}")
    said = say_value(random, value)
    said = phrase.format(said) if "{}" in phrase else f"{phrase} {said}".strip()
    verbs = [v for w in field.words for v in (TIME_VERBS if is_time else VERBS).get(w, ())]
    if verbs and random.random() < 0.5:
        return _condition(
            random,
            field,
            f" {random.choice(verbs)} {{v}}",
            sql,
            value,
            f"in {said}" if said[0].isdigit() and is_time else said,
        )
    return _condition(random, field, random.choice(TIME_IS if is_time else NUMBER_IS), sql, value, said)


def _day_or_year(random: Random, field: Field) -> Condition:
    """A date that is meant: a day, or all days of a year or a month."""
    day = random.choice(field.pool)
    verbs = [v for w in field.words for v in TIME_VERBS.get(w, ())]
    if random.random() < 0.35:
        frame = random.choice([f" {v} on {{v}}" for v in verbs] or [" with {f} {v}", " whose {f} is {v}"])
        return _condition(random, field, frame, "{} =", day, say_value(random, day))
    year = day[:4]
    low, high, said = f"{year}-01-01", f"{year}-12-31", f"in {year}"
    frame = random.choice([f" {v} {{v}}" for v in verbs] or [" whose {f} lies {v}", " with a {f} {v}"])
    if random.random() < 0.35:
        sides = (("in {} or later", "{} >=", low), ("since {}", "{} >=", low), ("before {}", "{} <", low),
                 ("after {}", "{} >", high), ("later than {}", "{} >", high))  # fmt: skip
        said, sql, end = random.choice(sides)
        return _condition(random, field, frame, sql, end, said.format(year))
    if random.random() < 0.4:
        said = random.choice((f"in {year} ({low} to {high})", f"from {low} to {high}", f"between {low} and {high}"))
    return Condition(field, frame.format(f=field.phrase, v=said), f"{{}} BETWEEN '{low}' AND '{high}'")


def specified(random: Random, question: str, wanted: str) -> str:
    """A question about rows, and then which columns of them to show."""
    frames = ("{v} {t}{w}.", "{v} the {w}.", "{w}, please.", "{w}.", "i need the {w}.", "{w}?", "{v} me the {w}.")
    text = random.choice(frames).format(v=random.choice(("show", "give", "list", "return")), w=wanted, t="their ")
    return f"{finish(random, question)} {text[0].upper()}{text[1:]}"


def _other_forms(random: Random, wanted: str, rest: str) -> str:
    """For each shop, show its name. Which shops have ...? Name and city, please."""
    noun = rest.removeprefix(" of ").removeprefix("all ")
    if noun.startswith(("each ", "every ")):
        verb = random.choice(("show", "list", "give", "what is", "report"))
        return f"for {noun}, {verb} {random.choice(('the', 'its'))} {wanted}{'?' if verb == 'what is' else '.'}"
    head = "what is" if noun.startswith("the ") else random.choice(("which", "which", "find", "what are the", "list"))
    return specified(random, f"{head} {noun}{'.' if head in ('find', 'list') else '?'}", wanted)


def ask_for(random: Random, wanted: str, rest: str, *, rows: bool = False) -> str:
    """A question or request for `wanted`, with everything else in `rest`; `rows` if these are columns of rows of it."""
    draw = random.random()
    if draw > 0.94:
        return finish(random, f"{wanted}{rest}{random.choice(('?', '.', ', please.'))}")
    if rows and rest.startswith(" of ") and draw > 0.62:
        return finish(random, _other_forms(random, wanted, rest))
    if draw < 0.4:
        verb = random.choice(("What is", "What are", "What are"))
        text = f"{verb} the {wanted}{rest}?"
    else:
        verb = random.choice(SHOW)
        mark = random.choice((".", ".", "", "?"))
        text = f"{verb} {random.choice(('the ', 'the ', '', 'all '))}{wanted}{rest}{mark}"
        text = random.choice(("please ", "can you ", "", "", "", "", "", "")) + text
    return finish(random, text)


def finish(random: Random, text: str) -> str:
    """The sentence with its first letter as people type it."""
    text = " ".join(text.split())
    return text[0].upper() + text[1:] if random.random() < 0.85 else text[0].lower() + text[1:]
