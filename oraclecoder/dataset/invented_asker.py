"""Who asks about an invented database: draws tables and columns, says them, and writes the query's frame."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from oraclecoder.dataset.elsewhere import is_elsewhere
from oraclecoder.dataset.invented import Entity, Field, Kind, Link, World
from oraclecoder.dataset.invented_wording import Condition, condition, join_words
from oraclecoder.dataset.lexicon import plural
from oraclecoder.task.describe import quote_name

ORDERED = (Kind.integer, Kind.real, Kind.year, Kind.date)
NUMBERS = (Kind.integer, Kind.real)
FUNCTION = re.compile(r"\b(count|sum|avg|min|max)(?=\()")
GROUPS = (Kind.category, Kind.flag, Kind.year, Kind.name)


@dataclass(frozen=True)
class Asked:
    """A question, its query, and what the query reads as (table, column) pairs; column "" for the table itself."""

    question: str
    sql: str
    reads: tuple[tuple[str, str], ...]


@dataclass
class Scope:
    """The tables of one query level: writes column names and FROM, and notes what is read."""

    entities: list[Entity]
    joins: list[tuple[Entity, Field, Entity, Field]] = field(default_factory=list)
    aliased: bool = True
    reads: dict[tuple[str, str], None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entity in self.entities:
            self.reads[entity.name, ""] = None

    def col(self, entity: Entity, column: Field) -> str:
        """The column as this query writes it."""
        self.reads[entity.name, column.name] = None
        name = quote_name(column.name)
        if len(self.entities) == 1:
            return name
        table = f"T{self.entities.index(entity) + 1}" if self.aliased else quote_name(entity.name)
        return f"{table}.{name}"

    def source(self) -> str:
        """The FROM clause."""
        if len(self.entities) == 1:
            return f"FROM {quote_name(self.entities[0].name)}"
        text = f"FROM {self._table(self.entities[0])}"
        for right, (one, one_column, other, other_column) in zip(self.entities[1:], self.joins, strict=True):
            text += f" JOIN {self._table(right)} ON {self.col(one, one_column)} = {self.col(other, other_column)}"
        return text

    def _table(self, entity: Entity) -> str:
        name = quote_name(entity.name)
        return f"{name} AS T{self.entities.index(entity) + 1}" if self.aliased else name


class Asker:
    """Asks about one database; `aliased` writes joins with T1 and T2, otherwise with full table names.

    `capitals` writes COUNT in place of count.
    """

    def __init__(self, random: Random, world: World, *, aliased: bool = True, capitals: bool = False) -> None:
        self.random = random
        self.world = world
        self.aliased = aliased
        self.capitals = capitals
        self.linked = [
            (e, link) for e in world.entities for link in e.links if link.entity.key and link.entity is not e
        ]

    def ask(self, intents: "Mapping[Intent, int]") -> Asked:
        """A question of a sort drawn by these weights, among those that this database allows and no data set has."""
        while True:
            (intent,) = self.random.choices(list(intents), list(intents.values()))
            asked = intent(self)
            if asked is not None and not is_elsewhere(asked.question) and not is_elsewhere(asked.sql):
                return replace(asked, sql=FUNCTION.sub(lambda m: m[0].upper(), asked.sql)) if self.capitals else asked

    def pair(self) -> tuple[Entity, Link] | None:
        """A table and one that it refers to."""
        return self.random.choice(self.linked) if self.linked else None

    def entity(self) -> Entity | None:
        """A table with fields of its own."""
        found = [entity for entity in self.world.entities if entity.fields]
        return self.random.choice(found) if found else None

    def pick(self, entity: Entity, *kinds: Kind) -> Field | None:
        """A field of these kinds (any, if none is given)."""
        found = entity.of(*kinds) if kinds else list(entity.fields)
        return self.random.choice(found) if found else None

    def grouping(self, entity: Entity) -> Field | None:
        """A field to group by: mostly one with few values."""
        few = self.random.random() < 0.75 and entity.of(Kind.category, Kind.flag, Kind.year)
        return self.random.choice(few) if few else self.pick(entity, *GROUPS)

    def label(self, entity: Entity) -> Field | None:
        """The field that names a row, mostly."""
        names = entity.of(Kind.name)
        return names[0] if names and self.random.random() < 0.7 else self.pick(entity)

    def some(self, entity: Entity, most: int = 3) -> list[Field]:
        """One to `most` columns to show, the key now and then."""
        pool = list(entity.fields) + ([entity.key] if entity.key and self.random.random() < 0.3 else [])
        return self.random.sample(pool, min(len(pool), self.random.choice((1, 1, 2, 2, 3)[: most + 2])))

    def scope(self, *entities: Entity, joins: list[tuple[Entity, Field, Entity, Field]] | None = None) -> Scope:
        """A query level over these tables."""
        return Scope(list(entities), joins or [], self.aliased)

    def joined(self, child: Entity, link: Link, *, first: Entity) -> Scope:
        """A query level over a table and the one that it refers to, `first` of them in front."""
        assert link.entity.key is not None
        if first is child:
            return self.scope(child, link.entity, joins=[(child, link.field, link.entity, link.entity.key)])
        return self.scope(link.entity, child, joins=[(link.entity, link.entity.key, child, link.field)])

    def say(self, entity: Entity, column: Field, *, owned: float = 0.1) -> str:
        """What a question calls a column, with its table's word now and then."""
        plain = column.words == ("id",) or self.random.random() < owned
        return f"{entity.one} {column.phrase}" if plain and entity.words[-1] not in column.words else column.phrase

    def say_all(self, entity: Entity, columns: Sequence[Field], *, owned: float = 0.1) -> str:
        """What a question calls several columns; half of the time in the plural."""
        many = self.random.random() < 0.5
        said = [self.say(entity, column, owned=owned) for column in columns]
        return join_words(
            [" ".join((*s.split()[:-1], plural(s.split()[-1]))) if many and " of " not in s else s for s in said]
        )

    def named(self, entity: Entity) -> list[Field]:
        """The columns that a question means when it names none: "which singers" are their names; mostly empty."""
        names = entity.of(Kind.name)
        if not names or self.random.random() >= (0.3 if entity.person else 0.2):
            return []
        both = [
            f for f in names if f.name.lower().replace("_", "").replace(" ", "").endswith(("firstname", "lastname"))
        ]
        return both if len(both) == 2 else names[:1]

    def filters(self, entity: Entity, most: int = 2) -> tuple[list[Condition], str]:
        """Conditions on different fields, and AND or OR."""
        count = min(len(entity.fields), self.random.choice((0, 1, 1, 1, 1, 2, 2, 3)[: 3 * most + 2]))
        chosen = self.random.sample(list(entity.fields), count)
        return [condition(self.random, column) for column in chosen], self.random.choice(("AND", "AND", "AND", "OR"))


Intent = Callable[[Asker], Asked | None]


def where(scope: Scope, entity: Entity, conditions: list[Condition], joiner: str = "AND") -> tuple[str, str]:
    """The words and the SQL of conditions on one table; both start with a space or are empty."""
    if not conditions:
        return "", ""
    words = f" {joiner.lower()}".join(c.words for c in conditions)
    parts = [c.sql.format(scope.col(entity, c.field)) for c in conditions]
    if len(parts) > 1:
        parts = [f"({part})" if " OR " in part and joiner == "AND" else part for part in parts]
    return words, " WHERE " + f" {joiner} ".join(parts)


def finished(question: str, sql: str, *scopes: Scope) -> Asked:
    """The pair with everything that its query levels read."""
    return Asked(question, sql, tuple(dict.fromkeys(read for scope in scopes for read in scope.reads)))
