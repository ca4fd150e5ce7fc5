"""Questions about a thing that is called by its name, and about the row with the most of what is linked to it."""

from oraclecoder.dataset import invented_wording as wording
from oraclecoder.dataset.invented import Kind
from oraclecoder.dataset.invented_asker import NUMBERS, ORDERED, Asked, Asker, finished
from oraclecoder.dataset.invented_composed import words_for
from oraclecoder.dataset.invented_questions import superlative_words
from oraclecoder.dataset.invented_rows import draw_rows, named_tests, walk
from oraclecoder.dataset.invented_wording import an, finish

THING = ("{f} of {v}", "the {f} of {v}", "the {f} of the {o} {v}", "the {f} of {o} {v}", "{v}'s {f}", "the {f} for {v}")
ASKS = ("what is {t}?", "what are {t}?", "give {t}.", "show {t}.", "tell me {t}.", "{t}?", "find {t}.", "i need {t}.")
WHOM = (
    "who {past} {v}?",
    "who {past} the {o} {v}?",
    "which {s} {past} {v}?",
    "which {s} {past} the {o} {v}?",
    "which {s} is {done} by {v}?",
    "{v} is {done} by which {s}?",
    "which {s} does {v} {do}?",
    "which {m} did {v} {do}?",
    "what {m} does {o} {v} {do}?",
    "which {s} belongs to {v}?",
    "in which {s} was {v} {done}?",
    "list what {v} {past}: {m}.",
)
MOST_OF = (
    "which {s} {past} the {b} {f}?",
    "who {past} the {b} {f} of all?",
    "which {s} {past} the {c} with the {b} {f}?",
    "which {s} has the {c} with the {b} {f}?",
    "whose {c} has the {b} {f}?",
    "find the {s} of the {c} with the {b} {f}.",
    "{s} with the {b} {f} in its {m}?",
    "which {s} had the {b} {f} of any {c}?",
)


def looked_up(asker: Asker) -> Asked | None:
    """Columns of a row that is called by its name: what is the phone of Leila Haddad?"""
    random, entity = asker.random, asker.entity()
    tests = named_tests(random, entity) if entity else ()
    if entity is None or not tests:
        return None
    free = [f for f in entity.fields if all(f is not test.field for test in tests)]
    if not free:
        return None
    scope = asker.scope(entity)
    columns = random.sample(free, min(len(free), random.choice((1, 1, 1, 2))))
    said, value = asker.say_all(entity, columns, owned=0.0), tests[0].words[1:]
    thing = random.choice(THING).format(f=said, v=value, o=entity.one)
    question = finish(random, random.choice(ASKS).format(t=thing))
    clause = " AND ".join(test.sql.format(scope.col(entity, test.field)) for test in tests)
    head = ", ".join(scope.col(entity, column) for column in columns)
    return finished(question, f"SELECT {head} {scope.source()} WHERE {clause}", scope)


def linked_to_named(asker: Asker) -> Asked | None:
    """The names of rows that are linked to one that is called by its name: who drove it?"""
    random, start = asker.random, asker.entity()
    names = start.of(Kind.name) if start else []
    if start is None or not names:
        return None
    path, joins = walk(asker, start, random.choices((1, 2, 3), (60, 30, 10))[0])
    last = path[-1]
    tests = named_tests(random, last)
    if not joins or not tests:
        return None
    scope, extra = asker.scope(*path, joins=joins), words_for(asker)
    frame = random.choice(WHOM)
    question = frame.format(v=tests[0].words[1:], o=last.one, s=start.one, m=start.many, **extra)
    distinct = random.random() < 0.12 and "which " in question
    question = question.replace("which ", "which different ") if distinct else question
    clause = " AND ".join(test.sql.format(scope.col(last, test.field)) for test in tests)
    sql = f"SELECT {'DISTINCT ' if distinct else ''}{scope.col(start, names[0])} {scope.source()} WHERE {clause}"
    return finished(finish(random, question), sql, scope)


def most_linked(asker: Asker) -> Asked | None:
    """The name of the row to which the row with the most of something belongs: who gave the lowest score of all?"""
    random, start = asker.random, asker.entity()
    names = start.of(Kind.name) if start else []
    if start is None or not names:
        return None
    path, joins = walk(asker, start, random.choices((1, 2), (75, 25))[0])
    last = path[-1]
    fields = last.of(*ORDERED)
    if not joins or not fields:
        return None
    scope, extra, field, down = (
        asker.scope(*path, joins=joins),
        words_for(asker),
        random.choice(fields),
        random.random() < 0.6,
    )
    best = superlative_words(asker, field, down=down)
    question = random.choice(MOST_OF).format(s=start.one, c=last.one, m=last.many, b=best, f=field.phrase, **extra)
    head, order = scope.col(start, names[0]), scope.col(last, field)
    if random.random() < 0.25:
        head, question = f"{head}, {order}", f"{question.rstrip('.?')}, and what was it?"
    sql = f"SELECT {head} {scope.source()} ORDER BY {order}{' DESC' if down else ''} LIMIT 1"
    return finished(finish(random, question), sql, scope)


def first_or_last(asker: Asker) -> Asked | None:
    """The earliest or the latest date or year of rows over a path."""
    rows = draw_rows(asker, lengths=(40, 40, 20))
    field = asker.pick(rows.entity, Kind.date, Kind.year) if rows else None
    if rows is None or field is None:
        return None
    random, scope = asker.random, rows.scope(asker)
    late, early = random.choice(wording.LATEST), random.choice(wording.EARLIEST)
    wanted = random.choice(((late, "max"), (early, "min")))
    values, said = [f"{wanted[1]}({scope.col(rows.entity, field)})"], wanted[0]
    if random.random() < 0.2:
        values, said = [f"{f}({scope.col(rows.entity, field)})" for f in ("min", "max")], f"{early} and {late}"
    forms = (
        "what is the {b} {f} of {n}{w}?",
        "{b} {f} among {n}{w}?",
        "find the {b} {f} for {n}{w}.",
        "give the {b} {f} of {n}{w}.",
        "what was the {b} {f} of any {o}{w}?",
    )
    question = random.choice(forms).format(b=said, f=field.phrase, n=rows.many, o=rows.one, w=rows.after)
    return finished(finish(random, question), f"SELECT {', '.join(values)} {scope.source()}{rows.clause(scope)}", scope)


def groups_above_all(asker: Asker) -> Asked | None:
    """Groups whose average is above that of all rows."""
    random, entity = asker.random, asker.entity()
    column = asker.grouping(entity) if entity else None
    number = asker.pick(entity, *NUMBERS) if entity else None
    if entity is None or column is None or number is None:
        return None
    scope, inner = asker.scope(entity), asker.scope(entity)
    above = random.random() < 0.65
    side = random.choice(wording.ABOVE[:5] if above else wording.BELOW[:5])
    forms = (
        "which {g} have {a} {f} {s} the average {f} of all {n}?",
        "which {g} have an average {f} {s} that of all {n}?",
        "list {g} whose average {f} is {s} the overall average.",
        "for which {g} is the average {f} {s} that of the whole list?",
        "{g} with an average {f} {s} the average of all {n}?",
    )
    question = random.choice(forms).format(
        g=asker.say(entity, column), a=an("average"), f=number.phrase, s=side, n=entity.many
    )
    group, value = scope.col(entity, column), f"avg({scope.col(entity, number)})"
    nested = f"(SELECT avg({inner.col(entity, number)}) {inner.source()})"
    sql = f"SELECT {group} {scope.source()} GROUP BY {group} HAVING {value} {'>' if above else '<'} {nested}"
    return finished(finish(random, question), sql, scope, inner)
