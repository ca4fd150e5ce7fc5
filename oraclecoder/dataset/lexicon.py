"""Words for invented schemas: a list of ordinary ones, invented ones, and how names are written with them."""

import re
from pathlib import Path
from random import Random
from zlib import crc32

from oraclecoder.dataset.catalogue import CATALOGUE_WORDS


def read_words() -> dict[str, tuple[str, ...]]:
    """The ordinary words of words.txt by the name of their list."""
    lists = re.split(r"\[(\w+)\]", (Path(__file__).parent / "words.txt").read_text(encoding="utf-8"))
    return {name: tuple(words.split()) for name, words in zip(lists[1::2], lists[2::2], strict=True)}


def read_choices(name: str) -> dict[str, tuple[str, ...]]:
    """What a file of lines `word: choice choice ...` gives to choose from for each word, nothing that is held out."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    found = {word: choices.split() for word, choices in (line.split(": ") for line in lines)}
    kept = {word: tuple(c for c in choices if c.lower() not in HELD_OUT) for word, choices in found.items()}
    return {word: choices for word, choices in kept.items() if choices}


def held_out(word: str) -> bool:
    """Whether this word (lower case) is kept from training, to measure copying: one in ten of those not catalogued."""
    return crc32(word.encode()) % 10 == 0 and word not in CATALOGUE_WORDS


WORDS = read_words()
THINGS, PROPERTIES, QUALIFIERS = WORDS["things"], WORDS["properties"], WORDS["qualifiers"]
ORDINARY = THINGS + PROPERTIES + QUALIFIERS
HELD_OUT = frozenset(word for word in ORDINARY if held_out(word))
SYNONYMS = read_choices("synonyms.txt")
"""What a question may say for a word of a schema, by that word."""
VALUES = read_choices("values.txt")
"""Usual values of text columns by a word of their name."""
SHORT_FORMS = {
    "number": "num", "quantity": "qty", "department": "dept", "description": "desc", "address": "addr",
    "amount": "amt", "average": "avg", "maximum": "max", "minimum": "min", "temperature": "temp", "category": "cat",
    "identifier": "id", "population": "pop", "telephone": "tel", "percentage": "pct", "manager": "mgr",
    "employee": "emp", "organization": "org", "position": "pos", "reference": "ref", "customer": "cust",
    "product": "prod", "location": "loc", "university": "univ", "company": "comp", "latitude": "lat",
    "document": "doc", "year": "yr", "country": "ctry", "account": "acct", "weight": "wt", "height": "ht",
    "name": "nm", "type": "typ", "code": "cd", "date": "dt", "total": "tot", "first": "fst", "last": "lst",
    "count": "cnt", "status": "stat", "level": "lvl", "price": "prc", "method": "mthd", "table": "tbl", "group": "grp",
}  # fmt: skip
ONSETS = tuple(
    re.findall(
        r"\w+",
        "b br c ch cl cr d dr f fl fr g gl gr h j k kl kr l m n p pl pr qu r s sh sk sl sp st t th tr v w y z",
    )
)
VOWELS = tuple(re.findall(r"\w+", "a a a e e e i i o o u ai ea ee ia io oa oo ou"))
ENDINGS = ("", "", "", "", *re.findall(r"\w+", "n r l s t m d k rd nd st x ng ck th"))


def invent_word(random: Random) -> str:
    """A word that no list holds: the ends of two ordinary words, or one to four syllables.

    The ends of ordinary words let every token of the vocabulary occur often enough to be copied.
    """
    if random.random() < 0.5:
        first, second = random.choice(ORDINARY), random.choice(ORDINARY)
        return first[: random.randint(2, min(6, len(first)))] + second[-random.randint(1, min(6, len(second))) :]
    parts = []
    for _ in range(random.choice((1, 2, 2, 2, 3, 3, 4))):
        parts += [random.choice(ONSETS), random.choice(VOWELS), random.choice(ENDINGS) if random.random() < 0.5 else ""]
    word = "".join(parts)
    return word if len(word) > 2 else word + random.choice(ONSETS)


class Lexicon:
    """Draws words, either those for training or those held out; `invented` is the share of invented ones."""

    def __init__(self, random: Random, *, invented: float, unseen: bool = False) -> None:
        self._random = random
        self._invented = invented
        self._unseen = unseen
        self._lists = {
            words: tuple(w for w in words if held_out(w) == unseen) for words in (THINGS, PROPERTIES, QUALIFIERS)
        }

    def _draw(self, words: tuple[str, ...], invented: float) -> str:
        if self._random.random() >= invented:
            return self._random.choice(self._lists[words])
        while held_out(word := invent_word(self._random)) != self._unseen:
            pass
        return word

    def thing(self) -> str:
        """A word for a table or a value."""
        return self._draw(THINGS, self._invented)

    def attribute(self) -> str:
        """A word for a column."""
        return self._draw(PROPERTIES if self._random.random() < 0.6 else THINGS, self._invented)

    def qualifier(self) -> str:
        """A word to put before another."""
        return self._draw(QUALIFIERS, self._invented * 0.5)

    def value(self) -> str:
        """A word of a text value, mostly invented."""
        return self._draw(THINGS, 0.3 + 0.6 * self._invented)


def spoken(words: tuple[str, ...], random: Random, *, chance: float) -> tuple[str, ...]:
    """The words as a question says them: some replaced by one of their synonyms."""
    return tuple(
        random.choice(SYNONYMS[word])
        if word in SYNONYMS and (word != "name" or len(words) == 1) and random.random() < chance
        else word
        for word in words
    )


def plural(word: str) -> str:
    """The English plural."""
    if word in ("series", "species", "staff", "people", "news", "equipment", "furniture", "luggage", "sheep", "fish"):
        return word
    if word == "person":
        return "people"
    if word == "child":
        return "children"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def shorten(word: str, random: Random) -> str:
    """An abbreviation as it stands in schemas."""
    if word in SHORT_FORMS:
        return SHORT_FORMS[word]
    if len(word) < 6:
        return word
    if random.random() < 0.5:
        return word[: random.choice((3, 4))]
    return word[0] + "".join(letter for letter in word[1:] if letter not in "aeiou")[:4]


def write_snake(words: list[str]) -> str:
    """flight_id."""
    return "_".join(words)


def write_camel(words: list[str]) -> str:
    """FlightID."""
    return "".join("ID" if word == "id" else word.capitalize() for word in words)


def write_lower_camel(words: list[str]) -> str:
    """flightId."""
    return words[0] + "".join(word.capitalize() for word in words[1:])


def write_title_snake(words: list[str]) -> str:
    """Flight_ID."""
    return "_".join("ID" if word == "id" else word.capitalize() for word in words)


def write_joined(words: list[str]) -> str:
    """flightid."""
    return "".join(words)


def write_spaced(words: list[str]) -> str:
    """Flight id, which a query has to quote."""
    return " ".join(words).capitalize()


NAMING = (write_snake, write_title_snake, write_camel, write_lower_camel, write_joined, write_spaced)
NAMING_WEIGHTS = (50, 18, 14, 8, 6, 4)
