"""Questions for counts and totals by group, over a path of tables."""

from dataclasses import dataclass

from oraclecoder.dataset import invented_group_frames as frames
from oraclecoder.dataset import invented_wording as wording
from oraclecoder.dataset.invented import Entity, Field, Kind
from oraclecoder.dataset.invented_asker import NUMBERS, Asked, Asker, Scope, finished
from oraclecoder.dataset.invented_composed import number_of, words_for
from oraclecoder.dataset.invented_group_paths import grouping_path, groups_of, without_end
from oraclecoder.dataset.invented_groups import counted
from oraclecoder.dataset.invented_questions import aggregate
from oraclecoder.dataset.invented_rows import Rows, rows_on
from oraclecoder.dataset.invented_wording import finish, join_words, say_number


def rows_grouped(asker: Asker) -> Asked | None:
    """Counts and aggregates by group over a path: of all groups, of the first ones, or of those beyond a limit."""
    random, start = asker.random, asker.entity()
    if start is None:
        return None
    path, joins = grouping_path(asker, start)
    rows = rows_on(asker, path, joins, own=0.25, leaf=random.random() < 0.2)
    group = groups_of(asker, rows) if rows else None
    if rows is None or group is None:
        return None
    owner, label, key = group
    rows = without_end(rows, owner)
    scope, extra, draw = rows.scope(asker), words_for(asker), random.random()
    measures = _measures(asker, rows, owner, most=2 if draw < 0.5 else 1)
    named = label.kind is Kind.name
    said = owner.one if named and random.random() < 0.5 else asker.say(owner, label, owned=0.7 if named else 0.3)
    told = join_words([measure.words for measure in measures])
    words = {"g": said, "m": told, "n": rows.many, "w": rows.after, "f": measures[0].plain, **extra}
    values, name = [measure.written(scope) for measure in measures], scope.col(owner, label)
    ask = _every if draw < 0.5 else _first if draw < 0.75 else _beyond
    question, tail, shown = ask(asker, rows, words, values)
    grouping = f" GROUP BY {scope.col(owner, key)}{tail}"
    sql = f"SELECT {', '.join([name, *shown])} {scope.source()}{rows.clause(scope)}{grouping}"
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
    among = asker.random.choice(frames.AMONG)
    return frame.replace("{w}", "").rstrip(".?:") + among + ("?" if frame.endswith("?") else ".")


def _every(asker: Asker, rows: Rows, words: dict[str, str], values: list[str]) -> tuple[str, str, list[str]]:
    """The question for all groups, the end of its SQL, and the measures shown: all."""
    random = asker.random
    forms = (*frames.EACH, *frames.EACH_COUNT) if values == ["count(*)"] else frames.EACH
    question = _with_all(asker, rows, random.choice(forms)).format(**words)
    if random.random() >= 0.35:
        return question, "", values
    down = random.random() < 0.8
    return (
        question.rstrip(".?") + random.choice(frames.DOWN if down else frames.UP),
        _ordered(values[0], down=down),
        values,
    )


def _first(asker: Asker, rows: Rows, words: dict[str, str], values: list[str]) -> tuple[str, str, list[str]]:
    """The question for the first groups, the end of its SQL, and the measures shown."""
    random, value = asker.random, values[0]
    down, top = random.random() < 0.8, random.choice((1, 1, 1, 1, 2, 3, 5))
    number = "" if top == 1 else f"{say_number(random, top)} "
    if value == "count(*)":
        most = random.choice(frames.MOST if down else frames.LEAST)
        one, many = frames.TOP_COUNT, frames.TOP_COUNTS
    else:
        most = f"the {random.choice(wording.HIGHEST[:4] if down else wording.LOWEST[:2])}"
        one, many = (
            (*frames.TOP_MEASURE, *(frames.TOP_TOTAL if value.startswith("sum(") and down else ())),
            frames.TOP_MEASURES,
        )
    frame = _with_all(asker, rows, random.choice(one if top == 1 else many))
    question, tail = frame.format(most=most, k=number, **words), f"{_ordered(value, down=down)} LIMIT {top}"
    if random.random() >= 0.3:
        return question, tail, []
    also = random.choice((*frames.AND_MEASURE, " how many?" if value == "count(*)" else " and how much?"))
    return question + also.format(**words), tail, [value]


def _beyond(asker: Asker, rows: Rows, words: dict[str, str], values: list[str]) -> tuple[str, str, list[str]]:
    """The question for groups beyond a limit, the end of its SQL, and the measures shown."""
    random, value, shown = asker.random, values[0], []
    forms, test, limit = _limit_of_count(asker) if value == "count(*)" else _limit(asker, rows, value)
    words = {**words, "c": limit}
    question, tail = _with_all(asker, rows, random.choice(forms)).format(**words), f" HAVING {value} {test}"
    if random.random() < 0.3:
        also, shown = " and say how many." if value == "count(*)" else " and show the {m}.", [value]
        question = question.rstrip(".?") + also.format(**words)
    if random.random() < 0.2:
        return question.rstrip(".?") + random.choice(frames.DOWN), f"{tail}{_ordered(value, down=True)}", shown
    return question, tail, shown


def _limit_of_count(asker: Asker) -> tuple[tuple[str, ...], str, str]:
    """Frames for groups of so many rows, the test in SQL, and the limit in words."""
    random = asker.random
    phrase, test = counted(asker)
    if test == ">= 2" and random.random() < 0.3:
        return frames.TWICE, test, phrase
    if test == "> 1" and random.random() < 0.4:
        return frames.MORE_THAN_ONE, test, phrase
    return frames.BEYOND_COUNT, test, phrase


def _limit(asker: Asker, rows: Rows, value: str) -> tuple[tuple[str, ...], str, str]:
    """Frames for groups whose measure is beyond a number, the test in SQL, and the limit in words."""
    random = asker.random
    limit = random.choice([n for e in rows.path for f in e.of(*NUMBERS) for n in f.pool])
    above = random.random() < 0.7
    side = random.choice(wording.ABOVE[:5] if above else wording.BELOW[:4])
    forms = (*frames.BEYOND_MEASURE, *(frames.BEYOND_TOTAL if value.startswith("sum(") else ()))
    return forms, f"{'>' if above else '<'} {limit}", f"{side} {limit}"


def _ordered(value: str, *, down: bool) -> str:
    return f" ORDER BY {value}{' DESC' if down else ''}"
