"""Invented databases for pretraining: entities with fields, keys and rows, written in any naming style."""

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from random import Random
from typing import Any

from oraclecoder.database.schema import Column, ForeignKey, Schema, Table
from oraclecoder.dataset.lexicon import NAMING, NAMING_WEIGHTS, Lexicon, plural, shorten


class Kind(Enum):
    """What a field holds; questions are worded after it."""

    key = "key"
    name = "name"
    category = "category"
    integer = "integer"
    real = "real"
    year = "year"
    date = "date"
    flag = "flag"


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
    Kind.name: ("name", "name", "title", "full name", "email", "address", "city", "country", "code", "description"),
    Kind.category: ("type", "type", "status", "category", "gender", "color", "level", "class", "state", "group"),
    Kind.integer: ("count", "number", "age", "size", "capacity", "rank", "score", "points", "quantity", "total"),
    Kind.real: ("price", "amount", "cost", "rate", "weight", "height", "balance", "share", "length", "salary"),
    Kind.year: ("year", "founded", "opening year", "start year", "birth year", "year built", "season"),
    Kind.date: ("date", "start date", "end date", "birth date", "created at", "updated", "date from", "due date"),
    Kind.flag: ("active", "is open", "paid", "enabled", "is full", "valid"),
}


@dataclass(frozen=True)
class Field:
    """One column: its words, its name as written, and the values that its rows draw from."""

    words: tuple[str, ...]
    name: str
    kind: Kind
    type: str
    pool: tuple[Any, ...]

    @property
    def phrase(self) -> str:
        """How a question calls it."""
        return " ".join(self.words)

    @property
    def is_text(self) -> bool:
        """Whether its values are quoted."""
        return bool(self.pool) and isinstance(self.pool[0], str)


@dataclass(frozen=True)
class Link:
    """A foreign key: the local field and the entity whose key it holds."""

    field: Field
    entity: "Entity"


@dataclass(frozen=True)
class Entity:
    """One table: what a question calls it, its key, its other fields, its foreign keys and its first rows."""

    words: tuple[str, ...]
    name: str
    key: Field | None
    fields: tuple[Field, ...]
    links: tuple[Link, ...]
    rows: tuple[tuple[Any, ...], ...] = ()

    @property
    def one(self) -> str:
        """How a question calls one row."""
        return " ".join(self.words)

    @property
    def many(self) -> str:
        """How a question calls several rows."""
        return " ".join((*self.words[:-1], plural(self.words[-1])))

    @property
    def columns(self) -> tuple[Field, ...]:
        """Key, foreign keys and fields in the order of the table."""
        return (*((self.key,) if self.key else ()), *self.fields, *(link.field for link in self.links))

    def of(self, *kinds: Kind) -> list[Field]:
        """Its fields of these kinds."""
        return [entry for entry in self.fields if entry.kind in kinds]


@dataclass(frozen=True)
class World:
    """An invented database and its schema."""

    entities: tuple[Entity, ...]
    num_rows: int = field(default=0)

    @cached_property
    def schema(self) -> Schema:
        """The schema as the rest of the program knows it."""
        keys = tuple(
            ForeignKey(e.name, link.field.name, link.entity.name, link.entity.key.name)
            for e in self.entities
            for link in e.links
            if link.entity.key
        )
        return Schema("invented", tuple(_to_table(entity) for entity in self.entities), keys)


def _to_table(entity: Entity) -> Table:
    columns = tuple(
        Column(entry.name, entry.type, values=tuple(dict.fromkeys(str(row[i]) for row in entity.rows)))
        for i, entry in enumerate(entity.columns)
    )
    return Table(entity.name, columns, (entity.key.name,) if entity.key else (), entity.rows)


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
        return World(tuple(entities), num_rows)

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
        parents = [e for e in earlier if e.key] if random.random() < 0.8 else []
        parents = random.sample(parents, min(len(parents), random.choice((1, 1, 1, 2, 2, 3))))
        links = tuple(Link(self._foreign(parent, own_key), parent) for parent in parents)
        bridge = len(links) > 1 and random.random() < 0.5
        key = None if bridge else self._key(words, own_key)
        names = {name.lower()} | {link.field.name.lower() for link in links} | ({key.name.lower()} if key else set())
        if len(names) < 1 + len(links) + (key is not None):
            links = links[:1] if links and links[0].field.name.lower() not in (key.name.lower() if key else "",) else ()
        fields: list[Field] = []
        wanted = random.randint(0, 2) if bridge else random.randint(2, max_fields)
        while len(fields) < wanted:
            new = self._field(words, len(fields) == 0)
            if new.name.lower() not in names:
                names.add(new.name.lower())
                fields.append(new)
        entity = Entity(words, name, key, tuple(fields), links)
        rows = tuple(tuple(random.choice(f.pool) for f in entity.columns) for _ in range(num_rows))
        if key and num_rows:
            keys = random.sample(key.pool, num_rows) if random.random() < 0.2 else key.pool[:num_rows]
            rows = tuple((value, *row[1:]) for value, row in zip(keys, rows, strict=True))
        return Entity(words, name, key, tuple(fields), links, rows)

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

    def _foreign(self, parent: Entity, own_key: float) -> Field:
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
        written = (owner[-1], *words) if random.random() < 0.12 else words
        return Field(words, self._name(written), kind, random.choice(TYPES[kind]), self._pool(kind))

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
