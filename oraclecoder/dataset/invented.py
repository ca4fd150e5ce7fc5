"""The nouns of invented databases: entities with fields, keys and rows."""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

from oraclecoder.database.schema import Column, ForeignKey, Schema, Table
from oraclecoder.dataset.lexicon import plural


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
    """One table: what a question calls it, its key, its other fields, its foreign keys and its first rows.

    Whether it is a person, and what people do to it: "place", "placed".
    """

    words: tuple[str, ...]
    name: str
    key: Field | None
    fields: tuple[Field, ...]
    links: tuple[Link, ...]
    rows: tuple[tuple[Any, ...], ...] = ()
    person: bool = False
    verb: tuple[str, ...] = ()

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
