"""Rows of an invented database, told by what they are and by what they are linked to over up to four tables."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from oraclecoder.dataset.invented import Entity, Field, Kind
from oraclecoder.dataset.invented_asker import Asker, Scope
from oraclecoder.dataset.invented_wording import Condition, an, condition, literal, say_value
from oraclecoder.dataset.lexicon import HELD_OUT, THINGS

DOINGS = tuple(
    tuple(line.split()) for line in (Path(__file__).parent / "doings.txt").read_text(encoding="utf-8").splitlines()
)
"""What anybody may do to anything: "teach", "taught", "taught". Which columns are meant does not hang on the verb."""
NEAR = ("of", "from", "in", "at", "by", "for", "with", "on", "to", "about", "under")
ASIDES = (
    " so far",
    " altogether",
    " in total",
    " in the database",
    " in our records",
    " on file",
    " at all",
    " ever",
    " we know of",
    " overall",
    " in all",
    " to date",
    " of ours",
    " of the {t}",
    " in the {t}",
    " on the {t}",
    " in our {t}",
    " of the whole {t}",
    " among them",
    " there",
)
"""What a question may add that no column answers to; {t} is a word that the database does not have."""
Joins = list[tuple[Entity, Field, Entity, Field]]


def aside(asker: Asker, chance: float = 0.12) -> str:
    """An addition that means nothing, mostly none."""
    random = asker.random
    if random.random() >= chance:
        return ""
    known = {word for entity in asker.world.entities for c in entity.columns for word in (*entity.words, *c.words)}
    free = [thing for thing in THINGS if thing not in known | HELD_OUT]
    return random.choice(ASIDES).format(t=random.choice(free))


@dataclass(frozen=True)
class Rows:
    """Rows of one table under conditions on it and on those at the end of the path from it.

    `before` and `after` stand around the noun; `multiplied` says that the join has a row several times.
    """

    entity: Entity
    path: tuple[Entity, ...]
    joins: tuple[tuple[Entity, Field, Entity, Field], ...]
    tests: tuple[tuple[Entity, Condition], ...]
    before: str
    after: str
    multiplied: bool

    @property
    def many(self) -> str:
        """How a question calls them."""
        return f"{self.before}{self.entity.many}"

    @property
    def one(self) -> str:
        """How a question calls one of them."""
        return f"{self.before}{self.entity.one}"

    def scope(self, asker: Asker) -> Scope:
        """A query level over the path."""
        return asker.scope(*self.path, joins=list(self.joins))

    def clause(self, scope: Scope, linked: str = "") -> str:
        """WHERE with the conditions on tables of the scope and `linked`, a space before it; empty without any."""
        own = [(entity, test) for entity, test in self.tests if entity in scope.entities]
        tests = [test.sql.format(scope.col(entity, test.field)) for entity, test in own]
        tests = [f"({test})" if " OR " in test and len(tests) > 1 else test for test in tests]
        tests += [linked] if linked else []
        return f" WHERE {' AND '.join(tests)}" if tests else ""

    def once(self, asker: Asker) -> tuple[str, Scope, Scope]:
        """FROM and WHERE that have no row twice, as a total needs: a join that would multiply them is a sub-query.

        With the query levels whose columns are read: that of the rows, and the inner one.
        """
        if not self.multiplied:
            scope = self.scope(asker)
            return f"{scope.source()}{self.clause(scope)}", scope, scope
        (_, column, right, other), *joins = self.joins
        scope, inner = asker.scope(self.entity), asker.scope(*self.path[1:], joins=joins)
        linked = f"SELECT {inner.col(right, other)} {inner.source()}{self.clause(inner)}"
        clause = self.clause(scope, f"{scope.col(self.entity, column)} IN ({linked})")
        return f"{scope.source()}{clause}", scope, inner


def steps_from(asker: Asker, entity: Entity) -> list[tuple[Entity, Field, Entity, Field]]:
    """The joins from a table to those that it refers to and those that refer to it."""
    up = [(entity, link.field, link.entity, link.entity.key) for link in entity.links if link.entity.key]
    down = [(entity, entity.key, child, link.field) for child, link in asker.linked if link.entity is entity]
    return [(a, b, c, d) for a, b, c, d in up + down if b is not None and d is not None and c is not a]


def walk(
    asker: Asker, start: Entity, length: int, *, up: bool = False, joins: Joins | None = None
) -> tuple[list[Entity], Joins]:
    """A path of at most so many joins that visits no table twice, after the given `joins` if there are some.

    `up` follows references only: no row of the start is in the join twice on their account.
    """
    joins = list(joins or [])
    path = [start, *(right for _, _, right, _ in joins)]
    while len(joins) < length:
        found = [step for step in steps_from(asker, path[-1]) if step[2] not in path]
        found = [step for step in found if not up or step[1] is not path[-1].key]
        if not found:
            break
        joins.append(asker.random.choice(found))
        path.append(joins[-1][2])
    return path, joins


def draw_rows(asker: Asker, *, lengths: tuple[int, ...] = (25, 40, 25, 10), own: float = 0.35) -> Rows | None:
    """Rows of a table with fields; `own` is how often a condition is on the table itself beside one on the path."""
    random, start = asker.random, asker.entity()
    if start is None:
        return None
    path, joins = walk(asker, start, random.choices(range(len(lengths)), lengths)[0])
    return rows_on(asker, path, joins, own=own)


def rows_on(asker: Asker, path: list[Entity], joins: Joins, *, own: float, leaf: bool = True) -> Rows | None:
    """Rows of the first table of a path, with a condition on the last one if `leaf`."""
    random, start, last = asker.random, path[0], path[-1]
    if not last.fields and leaf:
        return None
    tests: list[tuple[Entity, Condition]] = []
    before = after = ""
    if start.fields and random.random() < (own if joins or not leaf else 0.75):
        test, before, after = described(asker, start)
        tests.append((start, test))
        free = [f for f in start.fields if f is not test.field]
        if free and random.random() < 0.2:
            more = condition(random, random.choice(free))
            tests.append((start, more))
            after += f" and{more.words}" if after else more.words
    for entity in path[1:]:
        told = entity is last and leaf
        if entity.fields and (told or random.random() < 0.12):
            own_tests = called(random, entity) or (condition(random, random.choice(entity.fields)),)
            tests += [(entity, test) for test in own_tests]
            after += bound(asker, entity, own_tests[0])
        elif random.random() < 0.35 and entity is not last:
            after += bound(asker, entity, None)
    multiplied = any(left.key is column for left, column, *_ in joins)
    return Rows(start, tuple(path), tuple(joins), tuple(tests), before, after, multiplied)


def described(asker: Asker, entity: Entity) -> tuple[Condition, str, str]:
    """A condition on the rows themselves, and its words before and after the noun: red wines, wines from 2021."""
    random = asker.random
    sorts = [f for f in entity.of(Kind.category) if f.is_text]
    if sorts and random.random() < 0.35:
        field = random.choice(sorts)
        value = random.choice(field.pool)
        said = say_value(random, value) if random.random() < 0.3 else str(value)
        return Condition(field, "", f"{{}} = {_braced(value)}"), f"{said} ", ""
    test = condition(random, random.choice(entity.fields))
    return test, "", test.words


def called(random: Random, entity: Entity) -> tuple[Condition, ...]:
    """Conditions by the name of the row, or its sort, that do not say the column; none where there is no such."""
    found = [f for f in entity.of(Kind.name, Kind.category) if f.is_text]
    if not found or random.random() < 0.45:
        return ()
    if random.random() < 0.3 and (tests := named_tests(random, entity)):
        return tests
    field = random.choice(found)
    return (_is(field, value := random.choice(field.pool), say_value(random, value)),)


def named_tests(random: Random, entity: Entity) -> tuple[Condition, ...]:
    """The name of a row as conditions, the words in the first of them: two where it has a first and a last name."""
    names = [f for f in entity.of(Kind.name) if f.is_text]
    if not names:
        return ()
    ends = {
        end: [f for f in names if f.name.lower().replace("_", "").endswith(end)] for end in ("firstname", "lastname")
    }
    if all(ends.values()):
        first, last = (own[0] for own in ends.values())
        values = random.choice(first.pool), random.choice(last.pool)
        return _is(first, values[0], " ".join(values)), _is(last, values[1], "")
    return (_is(names[0], value := random.choice(names[0].pool), say_value(random, value)),)


def _is(field: Field, value: object, words: str) -> Condition:
    return Condition(field, f"={words}", f"{{}} = {_braced(value)}")


def bound(asker: Asker, entity: Entity, test: Condition | None) -> str:
    """How rows are linked to rows of another table under a condition on these, or to any."""
    random = asker.random
    base, past, done = random.choice(DOINGS)
    near = random.choice(NEAR)
    joint = random.choice(
        (
            f" {near}",
            f" {near}",
            f" {near}",
            f" that {past}",
            f" that have {done}",
            f" {done} by",
            f" who {past}",
            f" that were {done} {near}",
            f" {done} {near}",
            " that have",
            " with",
            f" that {base}",
            f" which {past}",
        )
    )
    if test is None:
        return f"{joint} {random.choice((an(entity.one), entity.many, f'the {entity.one}', f'any {entity.one}'))}"
    if not test.words.startswith("="):
        return f"{joint} {random.choice((an(entity.one), entity.many, f'the {entity.one}', entity.many))}{test.words}"
    value = test.words[1:]
    if test.field.kind is Kind.category:
        sorts = f"{value} {entity.many}", f"a {value} {entity.one}", f"the {value} {entity.one}"
        return f"{joint} {random.choice(sorts)}"
    named = (value, value, f"the {entity.one} {value}", f"{entity.one} {value}", f"the {value} {entity.one}")
    return f"{joint} {random.choice(named)}"


def _braced(value: object) -> str:
    return literal(value).replace("{", "{{").replace("}", "}}")
