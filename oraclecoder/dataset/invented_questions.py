"""Questions and queries about an invented database, over the SQL that text-to-SQL benchmarks use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from oraclecoder.dataset import invented_wording as wording
from oraclecoder.dataset.invented import Entity, Field, Kind, Link, World
from oraclecoder.dataset.invented_wording import Condition, ask_for, condition, finish, join_words
from oraclecoder.task.describe import quote_name

ORDERED = (Kind.integer, Kind.real, Kind.year, Kind.date)
NUMBERS = (Kind.integer, Kind.real)
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
    """Asks about one database; `aliased` writes joins with T1 and T2, otherwise with full table names."""

    def __init__(self, random: Random, world: World, *, aliased: bool = True) -> None:
        self.random = random
        self.world = world
        self.aliased = aliased
        self.linked = [
            (e, link) for e in world.entities for link in e.links if link.entity.key and link.entity is not e
        ]

    def ask(self, intents: "Mapping[Intent, int]") -> Asked:
        """A question of a sort drawn by these weights, among those that this database allows."""
        while True:
            (intent,) = self.random.choices(list(intents), list(intents.values()))
            asked = intent(self)
            if asked is not None:
                return asked

    def entity(self) -> Entity | None:
        """A table with fields of its own."""
        found = [entity for entity in self.world.entities if entity.fields]
        return self.random.choice(found) if found else None

    def pick(self, entity: Entity, *kinds: Kind) -> Field | None:
        """A field of these kinds (any, if none is given)."""
        found = entity.of(*kinds) if kinds else list(entity.fields)
        return self.random.choice(found) if found else None

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

    def filters(self, entity: Entity, most: int = 2) -> tuple[list[Condition], str]:
        """Conditions on different fields, and AND or OR."""
        count = min(len(entity.fields), self.random.choice((0, 1, 1, 1, 2)[: most + 3]))
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


def select_columns(asker: Asker) -> Asked | None:
    """SELECT columns [WHERE] [ORDER BY]."""
    random, entity = asker.random, asker.entity()
    if entity is None:
        return None
    scope, columns = asker.scope(entity), asker.some(entity)
    conditions, joiner = asker.filters(entity)
    words, clause = where(scope, entity, conditions, joiner)
    distinct = len(columns) == 1 and random.random() < 0.2
    said = join_words([asker.say(entity, column) for column in columns])
    said = random.choice(("different {}", "distinct {}", "unique {}")).format(said) if distinct else said
    order = asker.pick(entity) if not distinct and random.random() < 0.25 else None
    tail, by = order_by(asker, scope, entity, order) if order else ("", "")
    chosen = ", ".join(scope.col(entity, column) for column in columns)
    of = random.choice((" of {}", " of all {}", " of the {}", " for all {}", " for {}", " of every {}", " of each {}"))
    noun = entity.one if "every" in of or "each" in of else entity.many
    question = ask_for(random, said, of.format(noun) + words + tail)
    if random.random() < 0.12 and words:
        question = finish(
            random, f"which {entity.many} are there{words}{tail}? {random.choice(wording.SHOW)} the {said}."
        )
    sql = f"SELECT {'DISTINCT ' if distinct else ''}{chosen} {scope.source()}{clause}{by}"
    return finished(question, sql, scope)


def order_by(asker: Asker, scope: Scope, entity: Entity, column: Field) -> tuple[str, str]:
    """The words and the SQL of an order, each with a leading space."""
    down = column.kind in ORDERED and asker.random.random() < 0.5
    forms = wording.DESCENDING if down else wording.ASCENDING if column.kind in ORDERED else wording.BY_LETTER
    words = asker.random.choice(forms).format(asker.say(entity, column))
    return f" {words}", f" ORDER BY {scope.col(entity, column)}{' DESC' if down else ''}"


def count_rows(asker: Asker) -> Asked | None:
    """SELECT count(*) [WHERE]."""
    random, entity = asker.random, asker.random.choice(asker.world.entities)
    scope = asker.scope(entity)
    conditions, joiner = asker.filters(entity)
    words, clause = where(scope, entity, conditions, joiner)
    frame = random.choice(
        ("how many {}{} are there?", "how many {}{} do we have?", "count the {}{}.", "count the number of {}{}.",
         "what is the number of {}{}?", "find the number of {}{}.", "the total number of {}{}", "how many {}{}?",
         "return the count of {}{}.", "what is the total count of {}{}?")
    )  # fmt: skip
    return finished(
        finish(random, frame.format(entity.many, words)), f"SELECT count(*) {scope.source()}{clause}", scope
    )


def count_values(asker: Asker) -> Asked | None:
    """SELECT count(DISTINCT column)."""
    entity = asker.entity()
    column = asker.pick(entity) if entity else None
    if entity is None or column is None:
        return None
    scope = asker.scope(entity)
    words, clause = where(scope, entity, asker.filters(entity, 1)[0] if asker.random.random() < 0.3 else [])
    frame = asker.random.choice(
        ("how many different {f} do {e}{w} have?", "count the distinct {f} of {e}{w}.",
              "how many distinct {f} are there among {e}{w}?",
         "what is the number of unique {f} of {e}{w}?", "count the number of different {f} for {e}{w}.")
    )  # fmt: skip
    question = finish(asker.random, frame.format(f=asker.say(entity, column), e=entity.many, w=words))
    return finished(question, f"SELECT count(DISTINCT {scope.col(entity, column)}) {scope.source()}{clause}", scope)


def aggregate(random: Random) -> tuple[str, str]:
    """How a question says an aggregate, and the SQL function."""
    forms = {"avg": wording.MEAN, "sum": wording.TOTAL, "max": wording.HIGHEST[:5], "min": wording.LOWEST[:4]}
    name = random.choice(list(forms))
    return random.choice(forms[name]), name


def aggregate_column(asker: Asker) -> Asked | None:
    """SELECT avg(column)[, max(column)] [WHERE]."""
    entity = asker.entity()
    column = asker.pick(entity, *NUMBERS) if entity else None
    if entity is None or column is None:
        return None
    scope = asker.scope(entity)
    words, clause = where(scope, entity, *asker.filters(entity, 1))
    forms = dict(aggregate(asker.random) for _ in range(asker.random.choice((1, 1, 1, 2, 3))))
    functions = dict.fromkeys(forms.values())
    said = join_words([next(word for word, name in forms.items() if name == function) for function in functions])
    of = asker.random.choice((" of {}", " of all {}", " for {}", " across all {}", " among {}", " of the {}"))
    question = ask_for(asker.random, f"{said} {asker.say(entity, column)}", of.format(entity.many) + words)
    chosen = ", ".join(f"{function}({scope.col(entity, column)})" for function in functions)
    return finished(question, f"SELECT {chosen} {scope.source()}{clause}", scope)


def superlative_words(asker: Asker, column: Field, *, down: bool) -> str:
    """highest, latest and so on."""
    is_time = column.kind in (Kind.year, Kind.date)
    ups, downs = (wording.LATEST, wording.EARLIEST) if is_time else (wording.HIGHEST, wording.LOWEST)
    return asker.random.choice(ups if down else downs)


def superlative(asker: Asker) -> Asked | None:
    """ORDER BY column DESC LIMIT n."""
    random, entity = asker.random, asker.entity()
    column = asker.pick(entity, *ORDERED) if entity else None
    if entity is None or column is None:
        return None
    scope, columns, down = asker.scope(entity), asker.some(entity, 2), random.random() < 0.6
    top = random.choice((1, 1, 1, 1, 2, 3, 5, 10))
    words, clause = where(scope, entity, asker.filters(entity, 1)[0] if random.random() < 0.25 else [])
    best = f"the {superlative_words(asker, column, down=down)} {asker.say(entity, column)}"
    noun = f"{entity.one}{words}" if top == 1 else f"{random.choice(('', 'top '))}{top} {entity.many}{words}"
    chosen = [scope.col(entity, c) for c in columns]
    said = join_words([asker.say(entity, c) for c in columns])
    question = ask_for(random, said, f" of the {noun} {random.choice(('with', 'that has', 'having'))} {best}")
    if random.random() < 0.25:
        question = finish(
            random, f"which {noun} {'has' if top == 1 else 'have'} {best}? {random.choice(wording.SHOW)} the {said}."
        )
    order = f" ORDER BY {scope.col(entity, column)}{' DESC' if down else ''} LIMIT {top}"
    return finished(question, f"SELECT {', '.join(chosen)} {scope.source()}{clause}{order}", scope)
