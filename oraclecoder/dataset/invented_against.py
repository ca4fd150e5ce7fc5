"""Questions that set rows against other rows: both, but not, more than all, none, and two tables in one list."""

from oraclecoder.dataset import invented_wording as wording
from oraclecoder.dataset.invented import Entity, Kind
from oraclecoder.dataset.invented_asker import ORDERED, Asked, Asker, finished
from oraclecoder.dataset.invented_composed import words_for
from oraclecoder.dataset.invented_rows import bound, called, draw_rows, rows_on, walk
from oraclecoder.dataset.invented_wording import Condition, ask_for, condition, finish


def two_links(asker: Asker) -> Asked | None:
    """INTERSECT, EXCEPT or UNION of rows that are linked to one thing and to another."""
    random, start = asker.random, asker.entity()
    if start is None:
        return None
    path, joins = walk(asker, start, random.choices((0, 1, 2, 3), (15, 45, 30, 10))[0])
    leaf, label = path[-1], asker.label(start)
    fields = [f for f in leaf.fields if f is not label]
    if label is None or not fields:
        return None
    field = random.choice(fields)
    first, second = condition(random, field), condition(random, field)
    one, two = called(random, leaf), called(random, leaf)
    if len(one) == len(two) == 1 and one[0].field is two[0].field:
        (first,), (second,) = one, two
    if first.sql == second.sql:
        return None
    operator = random.choices(("INTERSECT", "EXCEPT", "UNION"), (45, 40, 15))[0]
    a, b = (_told(asker, leaf, test, alone=not joins) for test in (first, second))
    frames = {
        "INTERSECT": (
            "{n}{a} and also{b}",
            "{n} both{a} and{b}",
            "{n}{a} as well as{b}",
            "{n}{a} and{b} too",
            "{n}{a} that were also{b}",
        ),
        "EXCEPT": (
            "{n}{a} but not{b}",
            "{n}{a} but never{b}",
            "{n}{a} except those{b}",
            "{n}{a}, without those{b}",
            "{n}{a} yet not{b}",
        ),
        "UNION": ("{n}{a} or{b}, in one list", "{n} either{a} or{b}", "{n}{a} together with those{b}"),
    }
    words = random.choice(frames[operator]).format(n=start.many, a=a, b=b)
    scopes = [asker.scope(*path, joins=list(joins)) for _ in range(2)]
    parts = [
        f"SELECT {scope.col(start, label)} {scope.source()} WHERE {test.sql.format(scope.col(leaf, test.field))}"
        for scope, test in zip(scopes, (first, second), strict=True)
    ]
    question = finish(random, f"{random.choice(('which', 'find the', 'list the', 'name the'))} {words}.")
    if label.kind is not Kind.name or random.random() < 0.6:
        question = ask_for(random, asker.say(start, label), f" of {words}", rows=True)
    return finished(question, f" {operator} ".join(parts), *scopes)


def _told(asker: Asker, leaf: Entity, test: Condition, *, alone: bool) -> str:
    if not alone:
        return bound(asker, leaf, test)
    return f" with {test.words[1:]}" if test.words.startswith("=") else test.words


def than_all(asker: Asker) -> Asked | None:
    """Rows beyond the most, the least or the average of some rows."""
    rows = draw_rows(asker, lengths=(100,), own=0.0)
    number = asker.pick(rows.entity, *ORDERED) if rows else None
    if rows is None or number is None or not rows.tests:
        return None
    random, scope, inner = asker.random, asker.scope(rows.entity), asker.scope(rows.entity)
    above, entity = random.random() < 0.6, rows.entity
    time = number.kind in (Kind.year, Kind.date)
    side = random.choice(
        (wording.AFTER[:2] if above else wording.BEFORE[:2])
        if time
        else ("higher than", "more than", "above", "larger than")
        if above
        else ("lower than", "less than", "below")
    )
    every, function = random.choice(
        (
            ("every {o}", "max" if above else "min"),
            ("all {m}", "max" if above else "min"),
            ("the {a} of the {m}", "avg"),
            ("the average {o}", "avg"),
            ("the mean of {m}", "avg"),
        )
    )
    if time and function == "avg":
        return None
    other = every.format(o=f"{rows.one}{rows.after}", m=f"{rows.many}{rows.after}", a="average")
    columns = asker.named(entity) or asker.some(entity, 2)
    said = asker.say_all(entity, columns)
    phrase = random.choice(
        (
            f"{entity.many} with a {number.phrase} {side} {other}",
            f"{entity.many} whose {number.phrase} is {side} {other}",
            f"{entity.many} that have a {number.phrase} {side} that of {other}",
        )
    )
    question = random.choice(
        (ask_for(random, said, f" of {phrase}", rows=True), wording.specified(random, f"which {phrase}?", said))
    )
    nested = f"(SELECT {function}({inner.col(entity, number)}) {inner.source()}{rows.clause(inner)})"
    test = f"{scope.col(entity, number)} {'>' if above else '<'} {nested}"
    head = ", ".join(scope.col(entity, column) for column in columns)
    return finished(question, f"SELECT {head} {scope.source()} WHERE {test}", scope, inner)


NONE = (
    " that have no {c}",
    " without {c}",
    " that were never {done} in {c}",
    " with no {c}",
    " that nobody {past}{c}",
    " that have never {done} {c}",
    " who never {past} {c}",
    " who did not {do} {c}",
    " that do not {do} {c}",
    " for which there are no {c}",
    " that have not {done} any {c}",
    " without a single one of the {c}",
    " not {done} in any {c}",
)


NOTHING = (" nobody {past} yet", " never {done}", " with nothing {done}", " that nothing was {done} for")


def none_linked(asker: Asker) -> Asked | None:
    """Rows that no row under a condition refers to."""
    pair, random = asker.pair(), asker.random
    if pair is None or pair[1].entity.key is None or not pair[1].entity.fields:
        return None
    (child, link), parent, key = pair, pair[1].entity, pair[1].entity.key
    scope, inner, extra = asker.scope(parent), asker.scope(child), words_for(asker)
    tests = rows_on(asker, [child], [], own=0.6, leaf=False)
    if tests is None:
        return None
    what = f"{tests.many}{tests.after}"
    words = random.choice(NONE).format(c=f" {what}" if "nobody" in what else what, **extra).replace("  ", " ")
    if not tests.tests and random.random() < 0.2:
        words = random.choice(NOTHING).format(**extra)
    if random.random() < 0.2:
        head, question = "count(*)", finish(random, f"how many {parent.many}{words}?")
    else:
        columns = asker.named(parent) or asker.some(parent, 2)
        head = ", ".join(scope.col(parent, column) for column in columns)
        question = ask_for(random, asker.say_all(parent, columns), f" of {parent.many}{words}", rows=True)
    nested = f"(SELECT {inner.col(child, link.field)} {inner.source()}{tests.clause(inner)})"
    test = f"{scope.col(parent, key)} NOT IN {nested}"
    return finished(question, f"SELECT {head} {scope.source()} WHERE {test}", scope, inner)


def one_list(asker: Asker) -> Asked | None:
    """UNION of a column of one table with one of another."""
    random = asker.random
    found = [(e, f) for e in asker.world.entities for f in e.of(Kind.name, Kind.category) if f.is_text]
    if len({e.name for e, _ in found}) < 2:
        return None
    (one, first), (other, second) = random.sample(found, 2)
    if one is other:
        return None
    scopes = [asker.scope(one), asker.scope(other)]
    parts = [
        f"SELECT {s.col(e, f)} {s.source()}" for s, (e, f) in zip(scopes, ((one, first), (other, second)), strict=True)
    ]
    a, b = f"{one.one} {first.phrase}", f"{other.one} {second.phrase}"
    frames = (
        "list everything that is a {a} or a {b}.",
        "make one list of every {a} and every {b}.",
        "all {f} of {m} together with all {g} of {n}.",
        "the {f} of {m} and the {g} of {n} in one list, each once.",
        "what occurs as {a} or as {b}?",
        "combine the {f} of all {m} with the {g} of all {n}.",
    )
    question = random.choice(frames).format(a=a, b=b, f=first.phrase, g=second.phrase, m=one.many, n=other.many)
    return finished(finish(random, question), " UNION ".join(parts), *scopes)
