"""Questions for counts and totals by group, over a path of tables."""

from dataclasses import dataclass, replace

from oraclecoder.dataset import invented_wording as wording
from oraclecoder.dataset.invented import Entity, Field, Kind
from oraclecoder.dataset.invented_asker import NUMBERS, Asked, Asker, Scope, finished
from oraclecoder.dataset.invented_composed import number_of, words_for
from oraclecoder.dataset.invented_groups import counted
from oraclecoder.dataset.invented_questions import aggregate
from oraclecoder.dataset.invented_rows import Joins, Rows, rows_on, steps_from, walk
from oraclecoder.dataset.invented_wording import finish, join_words, say_number

EACH = (
    "for each {g}, show the {m}.",
    "{m} per {g}?",
    "what is the {m} by {g}?",
    "show each {g} with the {m}{w}.",
    "for every {g}: {m}{w}?",
    "list every {g} and the {m}{w}.",
    "per {g}, what is the {m}?",
)
EACH_COUNT = (
    "how many {n}{w} does each {g} {do}?",
    "how many {n}{w} were {done} by each {g}? show {g} and number.",
    "in how many {n}{w} is each {g} {done}? {g} and count.",
    "how are the {n}{w} spread over the {g}? {g} and number of {n}.",
    "how many {n}{w} for each {g}?",
    "how many {n} {past}{w} in each {g}? give {g} and number.",
)
"""Questions for the measure {m} of each group {g}, and for the number of rows {n}{w} alone."""
DOWN = (
    ", highest first.",
    ", largest first.",
    ", most first.",
    ", highest total first.",
    ", biggest number on top.",
    ", from most to least.",
    ", in descending order.",
    ", top ones first.",
)
UP = (", lowest first.", ", smallest first.", ", fewest first.", ", in ascending order.", ", from least to most.")
MOST, LEAST = ("the most", "the largest number of", "the greatest number of"), ("the fewest", "the least")


def _path(asker: Asker, start: Entity) -> tuple[list[Entity], Joins]:
    """A path on which every row of the start belongs to one group, or to each that a table of pairs links it to."""
    random = asker.random
    pairs = [step for step in steps_from(asker, start) if step[1] is start.key and len(step[2].links) > 1]
    if pairs and random.random() < 0.3:
        path, joins = walk(asker, start, 2, up=True, joins=[random.choice(pairs)])
        if len(joins) == 2:
            return path, joins
    return walk(asker, start, random.choices((0, 1, 2, 3), (20, 45, 25, 10))[0], up=True)


def _groups(asker: Asker, rows: Rows) -> tuple[Entity, Field, Field] | None:
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


def _without_end(rows: Rows, owner: Entity) -> Rows:
    """The rows on a path that ends at the last table that groups them, has a condition or is spoken of."""
    needed = {owner.name, *(entity.name for entity, _ in rows.tests)}
    spoken = [e.name in needed or e.one in rows.after or e.many in rows.after for e in rows.path[1:]]
    count = max((place for place, is_needed in enumerate(spoken, 1) if is_needed), default=0)
    return replace(rows, path=rows.path[: count + 1], joins=rows.joins[:count])


def rows_grouped(asker: Asker) -> Asked | None:
    """Counts and aggregates by group over a path: of all groups, of the first ones, or of those above a limit."""
    random, start = asker.random, asker.entity()
    if start is None:
        return None
    path, joins = _path(asker, start)
    rows = rows_on(asker, path, joins, own=0.25, leaf=random.random() < 0.2)
    group = _groups(asker, rows) if rows else None
    if rows is None or group is None:
        return None
    owner, label, key = group
    rows = _without_end(rows, owner)
    scope, extra = rows.scope(asker), words_for(asker)
    draw = random.random()
    measures = _measures(asker, rows, owner, most=2 if draw < 0.5 else 1)
    value, plain, name = measures[0].written(scope), measures[0].plain, scope.col(owner, label)
    named = label.kind is Kind.name
    g = owner.one if named and random.random() < 0.5 else asker.say(owner, label, owned=0.7 if named else 0.3)
    words = {
        "g": g,
        "m": join_words([measure.words for measure in measures]),
        "n": rows.many,
        "w": rows.after,
        "f": plain,
        **extra,
    }
    columns, tail = [name], ""
    if draw < 0.5:
        columns += [measure.written(scope) for measure in measures]
        frames = (*EACH, *EACH_COUNT) if value == "count(*)" and len(measures) == 1 else EACH
        question = _with_all(asker, rows, random.choice(frames)).format(**words)
        if random.random() < 0.35:
            down = random.random() < 0.8
            tail = f" ORDER BY {value}{' DESC' if down else ''}"
            question = question.rstrip(".?") + random.choice(DOWN if down else UP)
    elif draw < 0.75:
        down, top = random.random() < 0.8, random.choice((1, 1, 1, 1, 2, 3, 5))
        tail = f" ORDER BY {value}{' DESC' if down else ''} LIMIT {top}"
        question, both = _top(asker, rows, words, value, down=down, top=top)
        columns = [name, value] if both else [name]
    else:
        question, tail, both = _above(asker, rows, words, value)
        columns = [name, value] if both else [name]
        if random.random() < 0.2:
            tail += f" ORDER BY {value} DESC"
            question = question.rstrip(".?") + random.choice(DOWN)
    grouping = f" GROUP BY {scope.col(owner, key)}{tail}"
    sql = f"SELECT {', '.join(columns)} {scope.source()}{rows.clause(scope)}{grouping}"
    return finished(finish(random, question), sql, scope)


@dataclass(frozen=True)
class Measure:
    """What is told of a group: a count of its rows, or a function of a column of numbers.

    `words` say it, `plain` says the column alone.
    """

    words: str
    plain: str
    function: str = "count"
    column: tuple[Entity, Field] | None = None

    def written(self, scope: Scope) -> str:
        """Its SQL."""
        return f"{self.function}({scope.col(*self.column) if self.column else '*'})"


def _measures(asker: Asker, rows: Rows, owner: Entity, *, most: int) -> list[Measure]:
    """One or, at `most`, two different measures."""
    random = asker.random
    told = rows.path[:2] if rows.multiplied else rows.path[:1]  # what others have would be told several times
    found: dict[object, Measure] = {}
    for _ in range(min(most, random.choice((1, 1, 1, 2)))):
        number = number_of(asker, [e for e in told if e is not owner] or told)
        if number is None or random.random() < 0.4:
            found.setdefault("count", Measure(f"number of {rows.many}", rows.many))
            continue
        said, function = aggregate(random)
        of = f" of {number[0].many}" if random.random() < 0.4 else ""
        measure = Measure(f"{said} {asker.say(*number)}{of}", number[1].phrase, function, number)
        found.setdefault((function, number[0].name, number[1].name), measure)
    return list(found.values())


def _with_all(asker: Asker, rows: Rows, frame: str) -> str:
    """The frame, with the rows and their conditions if there are some that it leaves out."""
    if not rows.tests or ("{n}" in frame and "{w}" in frame):
        return frame
    among = asker.random.choice(
        (" among {n}{w}", ", counting only {n}{w}", " for {n}{w}", " over {n}{w}", " of {n}{w}")
    )
    return frame.replace("{w}", "").rstrip(".?:") + among + ("?" if frame.endswith("?") else ".")


def _top(asker: Asker, rows: Rows, words: dict[str, str], value: str, *, down: bool, top: int) -> tuple[str, bool]:
    """The question for the first groups, and whether the measure is shown too."""
    random = asker.random
    number = "" if top == 1 else f"{say_number(random, top)} "
    if value == "count(*)":
        most = random.choice(MOST if down else LEAST)
        forms: tuple[str, ...] = (
            "which {g} has {most} {n}{w}?",
            "which {g} {past} {most} {n}{w}?",
            "in which {g} were {most} {n}{w} {done}?",
            "find the {g} with {most} {n}{w}.",
            "which {g} is {done} in {most} {n}{w}?",
            "the {g} with {most} {n}{w}?",
        )
        many = (
            "which {k}{g} have {most} {n}{w}?",
            "the {k}{g} with {most} {n}{w}?",
            "name the {k}{g} that {past} {most} {n}{w}.",
        )
    else:
        most = f"the {random.choice(wording.HIGHEST[:4] if down else wording.LOWEST[:2])}"
        forms = (
            "which {g} has {most} {m}?",
            "which {g} {past} {most} {m}?",
            "find the {g} with {most} {m}{w}.",
            "what is the {g} with {most} {m}{w}?",
        )
        if value.startswith("sum(") and down:
            forms = (
                *forms,
                "which {g} {past} the most {f} in total{w}?",
                "which {g} {past} the most {f}{w} altogether?",
                "in which {g} was the most {f} {done}{w}?",
                "where, by {g}, is the total {f}{w} highest?",
            )
        many = (
            "which {k}{g} have {most} {m}{w}?",
            "the {k}{g} with {most} {m}{w}?",
            "list the {k}{g} with {most} {m}{w}.",
        )
    frame = _with_all(asker, rows, random.choice(forms if top == 1 else many))
    question = frame.format(most=most, k=number, **words)
    if random.random() < 0.3:
        tail = random.choice(
            (
                " give {g} and number.",
                " return the {g} and the {m}.",
                " show the {g} and the value.",
                " how many?" if value == "count(*)" else " and how much?",
            )
        ).format(**words)
        return question + tail, True
    return question, False


def _above(asker: Asker, rows: Rows, words: dict[str, str], value: str) -> tuple[str, str, bool]:
    """The question for groups beyond a limit, the SQL of the limit, and whether the measure is shown too."""
    random = asker.random
    if value == "count(*)":
        phrase, operator = counted(asker)
        test = f"count(*) {operator}"
        if operator == ">= 2" and random.random() < 0.3:
            forms: tuple[str, ...] = (
                "which {g} {past} {n}{w} at least twice?",
                "which {g} is {done} in {n}{w} at least twice?",
            )
        elif operator == "> 1" and random.random() < 0.4:
            forms = ("which {g} {past} more than one of the {n}{w}?", "which {g} are {done} more than once in {n}{w}?")
        else:
            forms = (
                "which {g} have {c} {n}{w}?",
                "which {g} {past} {c} {n}{w}?",
                "list {g} with {c} {n}{w}.",
                "find the {g} {done} in {c} {n}{w}.",
                "{g} that have {c} {n}{w}?",
            )
        words = {**words, "c": phrase}
    else:
        numbers = [n for e in rows.path for f in e.of(*NUMBERS) for n in f.pool]
        limit, above = random.choice(numbers), random.random() < 0.7
        test = f"{value} {'>' if above else '<'} {limit}"
        side = random.choice(wording.ABOVE[:5] if above else wording.BELOW[:4])
        forms = (
            "which {g} have a {m} {c}{w}?",
            "which {g} {past} {c} in {m}{w}?",
            "list {g} whose {m} is {c}{w}.",
            "for which {g} is the {m} {c}{w}?",
        )
        if value.startswith("sum("):
            forms = (*forms, "which {g} {past} {c} {f}{w} in total?", "in which {g} did we {do} {c} {f}{w} altogether?")
        words = {**words, "c": f"{side} {limit}"}
    question = _with_all(asker, rows, random.choice(forms)).format(**words)
    if random.random() < 0.3:
        tail = " and say how many." if value == "count(*)" else " and show the {m}."
        return question.rstrip(".?") + tail.format(**words), f" HAVING {test}", True
    return question, f" HAVING {test}", False
