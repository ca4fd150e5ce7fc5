"""Paths of tables whose rows are counted by group, and what groups them."""

from dataclasses import replace

from oraclecoder.dataset.invented import Entity, Field, Kind
from oraclecoder.dataset.invented_asker import Asker
from oraclecoder.dataset.invented_rows import Joins, Rows, steps_from, walk


def grouping_path(asker: Asker, start: Entity) -> tuple[list[Entity], Joins]:
    """A path on which every row of the start belongs to one group, or to each that a table of pairs links it to."""
    random = asker.random
    pairs = [step for step in steps_from(asker, start) if step[1] is start.key and len(step[2].links) > 1]
    if pairs and random.random() < 0.3:
        path, joins = walk(asker, start, 2, up=True, joins=[random.choice(pairs)])
        if len(joins) == 2:
            return path, joins
    return walk(asker, start, random.choices((0, 1, 2, 3), (20, 45, 25, 10))[0], up=True)


def groups_of(asker: Asker, rows: Rows) -> tuple[Entity, Field, Field] | None:
    """What the rows of a path are grouped by: the column that is shown, and the column of the group.

    No group is one that a condition is on.
    """
    owners = rows.path[-1:] if rows.multiplied else rows.path
    free = [e for e in owners if e is not rows.entity]
    named = [(e, label, e.key) for e in free for label in (asker.label(e),) if label and e.key]
    sorts = [(e, f, f) for e in owners for f in e.of(Kind.category, Kind.flag, Kind.year)]
    tested = {(entity.name, test.field.name) for entity, test in rows.tests}
    held = {entity.name for entity, _ in rows.tests if entity is not rows.entity}
    named = [one for one in named if one[0].name not in held]
    sorts = [one for one in sorts if (one[0].name, one[1].name) not in tested]
    pool = named if named and (not sorts or asker.random.random() < 0.6) else sorts
    return asker.random.choice(pool) if pool else None


def without_end(rows: Rows, owner: Entity) -> Rows:
    """The rows on a path that ends at the last table that groups them, has a condition or is spoken of."""
    needed = {owner.name, *(entity.name for entity, _ in rows.tests)}
    spoken = [e.name in needed or e.one in rows.after or e.many in rows.after for e in rows.path[1:]]
    count = max((place for place, is_needed in enumerate(spoken, 1) if is_needed), default=0)
    return replace(rows, path=rows.path[: count + 1], joins=rows.joins[:count])
