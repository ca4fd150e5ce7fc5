"""Invents the columns of databases: their words, names, types and values."""

from random import Random
from typing import Any

from oraclecoder.dataset.catalogue import PERSON_COLUMNS, Template
from oraclecoder.dataset.invented import Entity, Field, Kind
from oraclecoder.dataset.lexicon import NAMING, NAMING_WEIGHTS, VALUES, Lexicon, plural, shorten, spoken

TYPES = {
    Kind.key: ("INTEGER", "INTEGER", "INTEGER", "TEXT"),
    Kind.name: ("TEXT", "TEXT", "VARCHAR(50)", "VARCHAR(255)"),
    Kind.category: ("TEXT", "TEXT", "VARCHAR(20)", "VARCHAR(50)"),
    Kind.integer: ("INTEGER", "INTEGER", "BIGINT", "REAL"),
    Kind.real: ("REAL", "REAL", "FLOAT", "DECIMAL(10, 2)"),
    Kind.year: ("INTEGER", "INTEGER", "TEXT"),
    Kind.date: ("DATE", "TEXT", "DATETIME"),
    Kind.flag: ("INTEGER", "TEXT"),
}
KINDS = (Kind.name, Kind.category, Kind.integer, Kind.real, Kind.year, Kind.date, Kind.flag)
KIND_WEIGHTS = (30, 24, 24, 9, 6, 5, 2)
KIND_WORDS = {
    Kind.name: (
        "name",
        "name",
        "title",
        "full name",
        "email",
        "address",
        "city",
        "country",
        "code",
        "description",
        "first name",
        "last name",
        "nationality",
        "hometown",
        "phone",
    ),
    Kind.category: (
        "type",
        "type",
        "status",
        "category",
        "gender",
        "color",
        "level",
        "class",
        "state",
        "group",
        "genre",
        "kind",
        "role",
    ),
    Kind.integer: (
        "count",
        "number",
        "age",
        "size",
        "capacity",
        "rank",
        "score",
        "points",
        "quantity",
        "total",
        "duration",
    ),
    Kind.real: ("price", "amount", "cost", "rate", "weight", "height", "balance", "share", "length", "salary"),
    Kind.year: ("year", "founded", "opening year", "start year", "birth year", "year built", "season"),
    Kind.date: ("date", "start date", "end date", "birth date", "created at", "updated", "date from", "due date"),
    Kind.flag: ("active", "is open", "paid", "enabled", "is full", "valid"),
}

UNITS = (
    "kg",
    "g",
    "km",
    "m",
    "cm",
    "min",
    "sec",
    "hrs",
    "days",
    "eur",
    "usd",
    "pct",
    "kw",
    "l",
    "ha",
    "sqm",
    "cnt",
    "no",
)
"""What the name of a number ends in now and then, which no question says."""
UNIT = 0.12
SYNONYM = 0.3
"""How often a question says a word of the schema by a synonym, if there is one."""


class Columns:
    """Invents the columns of one database, which all are named in one style."""

    def __init__(self, random: Random, lexicon: Lexicon) -> None:
        self._random = random
        self._lexicon = lexicon
        (self._write,) = random.choices(NAMING, NAMING_WEIGHTS)
        self._shortens = random.choice((0.0, 0.0, 0.0, 0.15, 0.6))
        self.many_names, self._own_key = random.random() < 0.35, random.choice((0.0, 0.3, 1.0))
        self._split_names, self._owned_names = random.random() < 0.4, random.choice((0.1, 0.2, 0.9))
        self.written: dict[str, str] = {}

    def name(self, words: tuple[str, ...]) -> str:
        """The words as this database writes names."""
        short = [shorten(w, self._random) if self._random.random() < self._shortens else w for w in words]
        return self._write(short)

    def phrase(self, noun: Any, qualified: float) -> tuple[str, ...]:
        """A word, with another before it so often."""
        word = noun()
        return (self._lexicon.qualifier(), word) if self._random.random() < qualified else (word,)

    def key(self, words: tuple[str, ...]) -> Field:
        """The primary key of a table; `own_key` is how often it is called id alone."""
        random = self._random
        last = random.choice(("id", "id", "id", "id", "id", "code", "number", "key"))
        full = (last,) if random.random() < self._own_key and last == "id" else (words[-1], last)
        kind = random.choice(TYPES[Kind.key])
        start = random.choice((1, 1, 1, 100, 1000))
        pool: tuple[Any, ...] = tuple(range(start, start + 12))
        if kind == "TEXT":
            pool = tuple(f"{words[-1][0].upper()}{number:02d}" for number in pool)
        return Field((words[-1], last) if last != "id" else ("id",), self.name(full), Kind.key, kind, pool)

    def foreign(self, parent: Entity) -> Field:
        """The column that holds the key of this table."""
        assert parent.key is not None
        random = self._random
        last = self.written[parent.name]
        words: tuple[str, ...] = (last, parent.key.words[-1])
        if random.random() < 0.08:
            words = (self._lexicon.qualifier(), *words)
        name = parent.key.name if len(words) == 2 and last in parent.key.name.lower() else self.name(words)
        return Field(words, name, Kind.key, parent.key.type, parent.key.pool)

    def person_names(self, words: tuple[str, ...]) -> list[Field]:
        """The columns that name a person: one or two."""
        whole = self._random.choice(("name", "name", "full name"))
        return (
            [
                self._new_field(said, Kind.name, (words[-1], *said) if self._random.random() < 0.2 else said)
                for said in (("first", "name"), ("last", "name"))
            ]
            if self._split_names
            else [self._new_field(tuple(whole.split()), Kind.name, tuple(whole.split()), "person")]
        )

    def usual(self, words: tuple[str, ...], template: Template, fields: list[Field]) -> Field | None:
        """One of the columns of the catalogue, its name first; None now and then."""
        random = self._random
        said, letter = random.choice(template.columns)
        if template.person and random.random() < 0.4:
            phrase, letter = random.choice(PERSON_COLUMNS)
            said = tuple(phrase.split())
        first = not fields and not template.verb and random.random() < 0.85
        if first:
            said, letter = template.columns[0]
        if not first and random.random() < 0.3:
            return None
        chance = self._owned_names if first else 0.1
        written = (words[-1], *said) if random.random() < chance and words[-1] not in said else said
        return self._new_field(said, next(k for k in KINDS if k.value[0] == letter), written)

    def _new_field(self, said: tuple[str, ...], kind: Kind, written: tuple[str, ...], values: str = "") -> Field:
        random = self._random
        pool = self._usual_pool(said, values) if kind in (Kind.name, Kind.category) else ()
        type_, name = random.choice(TYPES[kind]), self.name(self._measured(written, kind))
        return Field(spoken(said, random, chance=SYNONYM), name, kind, type_, pool or self._pool(kind))

    def _measured(self, words: tuple[str, ...], kind: Kind) -> tuple[str, ...]:
        """The words of a name, of a number with its unit now and then; "number of seats" is n_seats or seat_count."""
        random = self._random
        if words[:2] == ("number", "of") and random.random() < 0.5:
            return random.choice((("n", *words[2:]), ("num", *words[2:]), (*words[2:], "count"), (*words[2:], "no")))
        unit = kind in (Kind.integer, Kind.real) and random.random() < UNIT
        return (*words, random.choice(UNITS)) if unit else words

    def _usual_pool(self, said: tuple[str, ...], values: str) -> tuple[Any, ...]:
        random = self._random
        if values == "person":
            return tuple(f"{random.choice(VALUES['first'])} {random.choice(VALUES['last'])}" for _ in range(5))
        known = [VALUES[word] for word in said if word in VALUES]
        return tuple(random.sample(known[0], min(5, len(known[0])))) if known and random.random() < 0.8 else ()

    def odd(self, owner: tuple[str, ...], first: bool) -> Field:
        """A column of drawn words; the `first` is mostly a name."""
        random = self._random
        kind = Kind.name if first and random.random() < 0.7 else random.choices(KINDS, KIND_WEIGHTS)[0]
        draw = random.random()
        usual = tuple(random.choice(KIND_WORDS[kind]).split())
        if (first and kind is Kind.name and draw < 0.5) or draw < 0.25:
            words = usual
        elif draw < 0.5:
            words = (self._lexicon.attribute(), *usual)
        elif draw < 0.85:
            words = self.phrase(self._lexicon.attribute, 0.2)
        else:
            words = ("number", "of", plural(self._lexicon.thing()))
            kind = Kind.integer
        written = (owner[-1], *words) if random.random() < 0.2 else words
        said = spoken(words, random, chance=SYNONYM)
        name = self.name(self._measured(written, kind))
        return Field(said, name, kind, random.choice(TYPES[kind]), self._pool(kind))

    def _pool(self, kind: Kind) -> tuple[Any, ...]:
        random = self._random
        if kind is Kind.name:
            return tuple(self._title() for _ in range(5))
        if kind is Kind.category:
            write = random.choice((str.lower, str.capitalize, str.capitalize, lambda word: word[:1].upper()))
            return tuple(dict.fromkeys(write(self._lexicon.value()) for _ in range(4)))
        if kind is Kind.integer:
            top = random.choice((9, 30, 99, 200, 1000, 5000, 90000))
            return tuple(random.randint(1, top) for _ in range(5))
        if kind is Kind.real:
            return tuple(
                round(random.uniform(0.5, random.choice((5, 100, 2000))), random.choice((1, 2))) for _ in range(5)
            )
        if kind is Kind.year:
            return tuple(random.randint(1930, 2024) for _ in range(5))
        if kind is Kind.date:
            return tuple(
                f"{random.randint(1980, 2024)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
                for _ in range(5)
            )
        return random.choice(((0, 1), ("Y", "N"), ("T", "F"), ("yes", "no")))

    def _title(self) -> str:
        words = [self._lexicon.value().capitalize() for _ in range(self._random.choice((1, 1, 1, 2, 2, 3)))]
        return " ".join(words)
