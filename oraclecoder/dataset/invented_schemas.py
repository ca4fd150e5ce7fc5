"""Invents databases for pretraining: tables, columns, keys and rows, in any naming style."""

from dataclasses import replace
from random import Random
from typing import Any

from oraclecoder.dataset.catalogue import TEMPLATES, Template
from oraclecoder.dataset.elsewhere import is_known_schema
from oraclecoder.dataset.invented import Entity, Field, Link, World
from oraclecoder.dataset.invented_fields import SYNONYM, Columns
from oraclecoder.dataset.lexicon import Lexicon, plural, spoken

BRIDGE_WORDS = ("assignment", "membership", "participation", "pairing", "selection", "allocation")


class Inventor:
    """Invents databases of one naming style each."""

    _columns: Columns

    def __init__(self, random: Random, lexicon: Lexicon) -> None:
        self._random = random
        self._lexicon = lexicon

    def world(self, num_tables: int, *, max_fields: int = 7, num_rows: int = 0, ordinary: float = 0.0) -> World:
        """A database of so many tables; those after the first mostly refer to earlier ones.

        `ordinary` is how often a table is an entity of the catalogue, with some of its usual columns; not in databases
        of a few columns, nor in one that came out like a real one.
        """
        drawn, least = self._draw(num_tables, max_fields, num_rows, ordinary), 9 if ordinary else 5
        while len(pairs := _pairs(drawn)) < least or is_known_schema(pairs):
            drawn, least = self._draw(num_tables, max_fields, num_rows, 0.0), 5
        return drawn

    def _draw(self, num_tables: int, max_fields: int, num_rows: int, ordinary: float) -> World:
        random = self._random
        self._columns = Columns(random, self._lexicon)
        entities: list[Entity] = []
        taken: set[str] = set()
        names: set[str] = set()
        count = sum(random.random() < ordinary for _ in range(num_tables))
        bridges = ordinary > 0 and num_tables > 2 and random.random() < 0.5
        templates = sorted(random.sample(TEMPLATES, min(count, len(TEMPLATES))), key=lambda t: bool(t.verb))
        while len(entities) < num_tables:
            keyed = [e for e in entities if e.key and e.fields]
            if bridges and len(entities) >= num_tables // 2 and len(keyed) > 1:
                bridges, bridge = False, self._bridge(random.sample(keyed, 2), num_rows)
                if bridge.one not in taken and bridge.name.lower() not in names:
                    taken.add(bridge.one)
                    names.add(bridge.name.lower())
                    entities.append(bridge)
                continue
            template = templates.pop(0) if num_tables - len(entities) <= len(templates) else None
            words = (template.word,) if template else self._columns.phrase(self._lexicon.thing, 0.25)
            if " ".join(words) in taken or plural(words[-1]) in taken:
                continue
            taken |= {" ".join(words), words[-1]}
            entity = self._entity(words, entities, max_fields, num_rows, template)
            if entity.name.lower() not in names:  # two words may be cut to one
                names.add(entity.name.lower())
                self._columns.written[entity.name] = words[-1]
                entities.append(entity)
        return World(tuple(entities))

    def _bridge(self, parents: list[Entity], num_rows: int) -> Entity:
        """A table of pairs, for two tables of which each row may go with many of the other."""
        random = self._random
        words = tuple(self._columns.written[parent.name] for parent in parents)
        if random.random() < 0.3:
            words = (random.choice(BRIDGE_WORDS),)
        links = tuple(Link(self._columns.foreign(parent), parent) for parent in parents)
        taken = {link.field.name.lower() for link in links}
        found = [self._columns.odd(words, False) for _ in range(random.choice((0, 0, 1, 2)))]
        fields = {f.name.lower(): f for f in found if f.name.lower() not in taken}
        written = (*words[:-1], plural(words[-1])) if self._columns.many_names and random.random() < 0.7 else words
        entity = Entity(words, self._columns.name(written), None, tuple(fields.values()), links)
        return replace(entity, rows=self._rows(entity, num_rows))

    def _entity(
        self,
        words: tuple[str, ...],
        earlier: list[Entity],
        max_fields: int,
        num_rows: int,
        template: Template | None,
    ) -> Entity:
        random = self._random
        name = self._columns.name((*words[:-1], plural(words[-1])) if self._columns.many_names else words)
        links = self._links(earlier, template)
        bridge = template is None and len(links) > 1 and random.random() < 0.5
        key = None if bridge else self._columns.key(words)
        taken = {name.lower(), *((key.name.lower(),) if key else ())}
        links = tuple(
            {link.field.name.lower(): link for link in links if link.field.name.lower() not in taken}.values()
        )
        taken |= {link.field.name.lower() for link in links}
        fields: list[Field] = []
        wanted = random.randint(0, 2) if bridge else random.randint(2, max_fields)
        if template and template.person:
            fields = self._columns.person_names(words)
            taken |= {entry.name.lower() for entry in fields}
        while len(fields) < wanted:
            new = self._columns.usual(words, template, fields) if template else None
            new = new or self._columns.odd(words, len(fields) == 0)
            if new.name.lower() not in taken:
                taken.add(new.name.lower())
                fields.append(new)
        said = spoken(words, random, chance=SYNONYM)
        said = words if " ".join(said) in {e.one for e in earlier} else said
        kind = (template.person, template.verb) if template else (False, ())
        entity = Entity(said, name, key, tuple(fields), links, (), *kind)
        return replace(entity, rows=self._rows(entity, num_rows))

    def _links(self, earlier: list[Entity], template: Template | None) -> tuple[Link, ...]:
        random = self._random
        parents = [e for e in earlier if e.key] if random.random() < 0.8 or (template and template.verb) else []
        people = [e for e in parents if e.person]
        if template and template.verb and people and random.random() < 0.8:
            others = [e for e in parents if not e.person]
            chosen = [random.choice(people), *random.sample(others, min(len(others), random.choice((0, 1, 1))))]
            return tuple(Link(self._columns.foreign(parent), parent) for parent in chosen)
        parents = random.sample(parents, min(len(parents), random.choice((1, 1, 1, 2, 2, 3))))
        return tuple(Link(self._columns.foreign(parent), parent) for parent in parents)

    def _rows(self, entity: Entity, num_rows: int) -> tuple[tuple[Any, ...], ...]:
        random = self._random
        rows = [tuple(random.choice(column.pool) for column in entity.columns) for _ in range(num_rows)]
        if entity.key is None or not num_rows:
            return tuple(rows)
        keys = random.sample(entity.key.pool, num_rows) if random.random() < 0.2 else entity.key.pool
        return tuple((value, *row[1:]) for value, row in zip(keys, rows, strict=False))


def _pairs(world: World) -> list[tuple[str, str]]:
    return [(entity.name, column.name) for entity in world.entities for column in entity.columns]
