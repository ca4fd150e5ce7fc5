"""Invents databases for pretraining: tables, columns, keys and rows, in any naming style."""

from dataclasses import replace
from random import Random
from typing import Any

from oraclecoder.dataset.invented import Entity, Field, Kind, Link, World
from oraclecoder.dataset.lexicon import NAMING, NAMING_WEIGHTS, Lexicon, plural, shorten, spoken

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

SYNONYM = 0.2
"""How often a question says a word of the schema by a synonym, if there is one."""


class Inventor:
    """Invents databases of one naming style each."""

    def __init__(self, random: Random, lexicon: Lexicon) -> None:
        self._random = random
        self._lexicon = lexicon
        self._write = NAMING[0]
        self._shortens = 0.0

    def world(self, num_tables: int, *, max_fields: int = 7, num_rows: int = 0) -> World:
        """A database of so many tables; those after the first mostly refer to earlier ones."""
        random = self._random
        (self._write,) = random.choices(NAMING, NAMING_WEIGHTS)
        self._shortens = random.choice((0.0, 0.0, 0.0, 0.15))
        many_names, own_key = random.random() < 0.35, random.choice((0.0, 0.3, 1.0))
        entities: list[Entity] = []
        taken: set[str] = set()
        while len(entities) < num_tables:
            words = self._phrase(self._lexicon.thing, 0.25)
            if " ".join(words) in taken or plural(words[-1]) in taken:
                continue
            taken |= {" ".join(words), words[-1]}
            entities.append(self._entity(words, entities, many_names, own_key, max_fields, num_rows))
        return World(tuple(entities))

    def _phrase(self, noun: Any, qualified: float) -> tuple[str, ...]:
        word = noun()
        return (self._lexicon.qualifier(), word) if self._random.random() < qualified else (word,)

    def _entity(
        self,
        words: tuple[str, ...],
        earlier: list[Entity],
        many_names: bool,
        own_key: float,
        max_fields: int,
        num_rows: int,
    ) -> Entity:
        random = self._random
        name = self._name((*words[:-1], plural(words[-1])) if many_names else words)
        links = self._links(earlier)
        bridge = len(links) > 1 and random.random() < 0.5
        key = None if bridge else self._key(words, own_key)
        taken = {name.lower(), *((key.name.lower(),) if key else ())}
        links = tuple(
            {link.field.name.lower(): link for link in links if link.field.name.lower() not in taken}.values()
        )
        taken |= {link.field.name.lower() for link in links}
        fields: list[Field] = []
        wanted = random.randint(0, 2) if bridge else random.randint(2, max_fields)
        while len(fields) < wanted:
            new = self._field(words, len(fields) == 0)
            if new.name.lower() not in taken:
                taken.add(new.name.lower())
                fields.append(new)
        said = spoken(words, random, chance=SYNONYM)
        entity = Entity(words if " ".join(said) in {e.one for e in earlier} else said, name, key, tuple(fields), links)
        return replace(entity, rows=self._rows(entity, num_rows))

    def _links(self, earlier: list[Entity]) -> tuple[Link, ...]:
        random = self._random
        parents = [e for e in earlier if e.key] if random.random() < 0.8 else []
        parents = random.sample(parents, min(len(parents), random.choice((1, 1, 1, 2, 2, 3))))
        return tuple(Link(self._foreign(parent), parent) for parent in parents)

    def _rows(self, entity: Entity, num_rows: int) -> tuple[tuple[Any, ...], ...]:
        random = self._random
        rows = [tuple(random.choice(column.pool) for column in entity.columns) for _ in range(num_rows)]
        if entity.key is None or not num_rows:
            return tuple(rows)
        keys = random.sample(entity.key.pool, num_rows) if random.random() < 0.2 else entity.key.pool
        return tuple((value, *row[1:]) for value, row in zip(keys, rows, strict=False))

    def _key(self, words: tuple[str, ...], own_key: float) -> Field:
        random = self._random
        last = random.choice(("id", "id", "id", "id", "id", "code", "number", "key"))
        full = (last,) if random.random() < own_key and last == "id" else (words[-1], last)
        kind = random.choice(TYPES[Kind.key])
        start = random.choice((1, 1, 1, 100, 1000))
        pool: tuple[Any, ...] = tuple(range(start, start + 12))
        if kind == "TEXT":
            pool = tuple(f"{words[-1][0].upper()}{number:02d}" for number in pool)
        return Field((words[-1], last) if last != "id" else ("id",), self._name(full), Kind.key, kind, pool)

    def _foreign(self, parent: Entity) -> Field:
        assert parent.key is not None
        random = self._random
        words: tuple[str, ...] = (parent.words[-1], parent.key.words[-1])
        if random.random() < 0.08:
            words = (self._lexicon.qualifier(), *words)
        name = parent.key.name if len(words) == 2 and parent.words[-1] in parent.key.name.lower() else self._name(words)
        return Field(words, name, Kind.key, parent.key.type, parent.key.pool)

    def _field(self, owner: tuple[str, ...], first: bool) -> Field:
        random = self._random
        kind = Kind.name if first and random.random() < 0.7 else random.choices(KINDS, KIND_WEIGHTS)[0]
        draw = random.random()
        usual = tuple(random.choice(KIND_WORDS[kind]).split())
        if (first and kind is Kind.name and draw < 0.5) or draw < 0.25:
            words = usual
        elif draw < 0.5:
            words = (self._lexicon.attribute(), *usual)
        elif draw < 0.85:
            words = self._phrase(self._lexicon.attribute, 0.2)
        else:
            words = ("number", "of", plural(self._lexicon.thing()))
            kind = Kind.integer
        written = (owner[-1], *words) if random.random() < 0.2 else words
        said = spoken(words, random, chance=SYNONYM)
        return Field(said, self._name(written), kind, random.choice(TYPES[kind]), self._pool(kind))

    def _name(self, words: tuple[str, ...]) -> str:
        short = [shorten(w, self._random) if self._random.random() < self._shortens else w for w in words]
        return self._write(short)

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
