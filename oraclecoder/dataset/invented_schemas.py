"""Invents databases for pretraining: tables, columns, keys and rows, in any naming style."""

from dataclasses import replace
from random import Random
from typing import Any

from oraclecoder.dataset.invented import Entity, Field, Kind, Link, World
from oraclecoder.dataset.catalogue import PERSON_COLUMNS, TEMPLATES, VALUES, Template
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

BRIDGE_WORDS = ("assignment", "membership", "participation", "pairing", "selection", "allocation")
SYNONYM = 0.2
"""How often a question says a word of the schema by a synonym, if there is one."""


class Inventor:
    """Invents databases of one naming style each."""

    def __init__(self, random: Random, lexicon: Lexicon) -> None:
        self._random = random
        self._lexicon = lexicon
        self._write = NAMING[0]
        self._shortens = 0.0
        self._split_names, self._owned_names = False, 0.2
        self._written: dict[str, str] = {}

    def world(self, num_tables: int, *, max_fields: int = 7, num_rows: int = 0, ordinary: float = 0.0) -> World:
        """A database of so many tables; those after the first mostly refer to earlier ones.

        `ordinary` is how often a table is an entity of the catalogue, with some of its usual columns; not in databases
        of a few columns, which could by chance be half those of a real one.
        """
        drawn, least = self._draw(num_tables, max_fields, num_rows, ordinary), 9 if ordinary else 5
        while sum(len(entity.columns) for entity in drawn.entities) < least:
            drawn, least = self._draw(num_tables, max_fields, num_rows, 0.0), 5
        return drawn

    def _draw(self, num_tables: int, max_fields: int, num_rows: int, ordinary: float) -> World:
        random = self._random
        (self._write,) = random.choices(NAMING, NAMING_WEIGHTS)
        self._shortens = random.choice((0.0, 0.0, 0.0, 0.15))
        many_names, own_key = random.random() < 0.35, random.choice((0.0, 0.3, 1.0))
        self._split_names, self._owned_names = random.random() < 0.4, random.choice((0.1, 0.2, 0.9))
        entities: list[Entity] = []
        taken: set[str] = set()
        count = sum(random.random() < ordinary for _ in range(num_tables))
        bridges = ordinary > 0 and num_tables > 2 and random.random() < 0.5
        templates = sorted(random.sample(TEMPLATES, min(count, len(TEMPLATES))), key=lambda t: bool(t.verb))
        while len(entities) < num_tables:
            keyed = [e for e in entities if e.key and e.fields]
            if bridges and len(entities) >= num_tables // 2 and len(keyed) > 1:
                bridges, bridge = False, self._bridge(random.sample(keyed, 2), many_names, num_rows)
                if bridge.one not in taken:
                    taken.add(bridge.one)
                    entities.append(bridge)
                continue
            template = templates.pop(0) if num_tables - len(entities) <= len(templates) else None
            words = (template.word,) if template else self._phrase(self._lexicon.thing, 0.25)
            if " ".join(words) in taken or plural(words[-1]) in taken:
                continue
            taken |= {" ".join(words), words[-1]}
            entities.append(self._entity(words, entities, many_names, own_key, max_fields, num_rows, template))
        return World(tuple(entities))

    def _bridge(self, parents: list[Entity], many_names: bool, num_rows: int) -> Entity:
        """A table of pairs, for two tables of which each row may go with many of the other."""
        random = self._random
        words = tuple(self._written[parent.name] for parent in parents)
        if random.random() < 0.3:
            words = (random.choice(BRIDGE_WORDS),)
        links = tuple(Link(self._foreign(parent), parent) for parent in parents)
        taken = {link.field.name.lower() for link in links}
        found = [self._field(words, False) for _ in range(random.choice((0, 0, 1, 2)))]
        fields = {f.name.lower(): f for f in found if f.name.lower() not in taken}
        written = (*words[:-1], plural(words[-1])) if many_names and random.random() < 0.7 else words
        entity = Entity(words, self._name(written), None, tuple(fields.values()), links)
        return replace(entity, rows=self._rows(entity, num_rows))

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
        template: Template | None,
    ) -> Entity:
        random = self._random
        name = self._name((*words[:-1], plural(words[-1])) if many_names else words)
        self._written[name] = words[-1]
        links = self._links(earlier, template)
        bridge = template is None and len(links) > 1 and random.random() < 0.5
        key = None if bridge else self._key(words, own_key)
        taken = {name.lower(), *((key.name.lower(),) if key else ())}
        links = tuple(
            {link.field.name.lower(): link for link in links if link.field.name.lower() not in taken}.values()
        )
        taken |= {link.field.name.lower() for link in links}
        fields: list[Field] = []
        wanted = random.randint(0, 2) if bridge else random.randint(2, max_fields)
        if template and template.person:
            fields = self._person_names(words)
            taken |= {entry.name.lower() for entry in fields}
        while len(fields) < wanted:
            new = self._usual_field(words, template, fields) if template else None
            new = new or self._field(words, len(fields) == 0)
            if new.name.lower() not in taken:
                taken.add(new.name.lower())
                fields.append(new)
        said = spoken(words, random, chance=SYNONYM)
        said = words if " ".join(said) in {e.one for e in earlier} else said
        kind = (template.person, template.verb) if template else (False, ())
        entity = Entity(said, name, key, tuple(fields), links, (), *kind)
        return replace(entity, rows=self._rows(entity, num_rows))

    def _person_names(self, words: tuple[str, ...]) -> list[Field]:
        whole = self._random.choice(("name", "name", "full name"))
        return (
            [
                self._new_field(said, Kind.name, (words[-1], *said) if self._random.random() < 0.2 else said)
                for said in (("first", "name"), ("last", "name"))
            ]
            if self._split_names
            else [self._new_field(tuple(whole.split()), Kind.name, tuple(whole.split()), "person")]
        )

    def _usual_field(self, words: tuple[str, ...], template: Template, fields: list[Field]) -> Field | None:
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
        type_ = random.choice(TYPES[kind])
        return Field(spoken(said, random, chance=SYNONYM), self._name(written), kind, type_, pool or self._pool(kind))

    def _usual_pool(self, said: tuple[str, ...], values: str) -> tuple[Any, ...]:
        random = self._random
        if values == "person":
            return tuple(f"{random.choice(VALUES['first'])} {random.choice(VALUES['last'])}" for _ in range(5))
        known = [VALUES[word] for word in said if word in VALUES]
        return tuple(random.sample(known[0], min(5, len(known[0])))) if known and random.random() < 0.8 else ()

    def _links(self, earlier: list[Entity], template: Template | None) -> tuple[Link, ...]:
        random = self._random
        parents = [e for e in earlier if e.key] if random.random() < 0.8 or (template and template.verb) else []
        people = [e for e in parents if e.person]
        if template and template.verb and people and random.random() < 0.8:
            others = [e for e in parents if not e.person]
            chosen = [random.choice(people), *random.sample(others, min(len(others), random.choice((0, 1, 1))))]
            return tuple(Link(self._foreign(parent), parent) for parent in chosen)
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
        last = self._written[parent.name]
        words: tuple[str, ...] = (last, parent.key.words[-1])
        if random.random() < 0.08:
            words = (self._lexicon.qualifier(), *words)
        name = parent.key.name if len(words) == 2 and last in parent.key.name.lower() else self._name(words)
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
