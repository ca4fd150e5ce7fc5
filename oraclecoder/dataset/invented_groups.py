"""Invented questions over one table that group, compare with an average, or combine sets."""

from oraclecoder.dataset import invented_wording as wording
from oraclecoder.dataset.invented_asker import NUMBERS, Asked, Asker, finished, where
from oraclecoder.dataset.invented_questions import aggregate, which
from oraclecoder.dataset.invented_wording import an, ask_for, condition, finish

KNOWN = (
    "counting only {e} whose {f} is known",
    "where the {f} is known",
    "leaving out {e} without {f}",
    "if the {f} is known",
    "ignoring {e} with no {f}",
    "(ignore {e} without a {f})",
    "(only where {f} is known)",
)
"""How a question leaves out the group of missing values."""


def group_count(asker: Asker) -> Asked | None:
    """SELECT column, count(*) GROUP BY column [ORDER BY]."""
    random, entity = asker.random, asker.entity()
    column = asker.grouping(entity) if entity else None
    if entity is None or column is None:
        return None
    scope, said = asker.scope(entity), asker.say(entity, column)
    words, clause = where(scope, entity, asker.filters(entity, 1)[0] if random.random() < 0.2 else [])
    name = scope.col(entity, column)
    each, known = random.choice(wording.FOR_EACH).format(said), ""
    if not clause and random.random() < 0.12:
        clause, known = f" WHERE {name} IS NOT NULL", f" {random.choice(KNOWN).format(e=entity.many, f=said)}"
    frames = ("for each {f}, show the number of {e}{w}.", "for every {f}, what is the number of {e}{w}?",
              "how many {e}{w} does each {f} have?", "for each {f}, how many {e}{w} are there?",
              "how many {e}{w} are there {p}?", "count the {e}{w} {p}.", "what is the number of {e}{w} {p}?",
              "{p}, how many {e}{w} are there?", "show the number of {e}{w} {p}.",
              "find the number of {e}{w} {p}.")  # fmt: skip
    question, columns = random.choice(frames), f"{name}, count(*)"
    if random.random() < 0.5:
        question = random.choice(("show {f} and the number of {e}{w} {p}.",
              "what are the {f} and the corresponding number of {e}{w}?",
                                  "list each {f} and the count of its {e}{w}.",
              "show each {f} with how many {e}{w} it has."))  # fmt: skip
    elif random.random() < 0.3:
        columns = f"count(*), {name}"
        question = random.choice(
            ("show the number of {e}{w} and the {f} {p}.", "what are the number of {e}{w} and {f} {p}?")
        )
    question = question.format(e=entity.many, w=words, p=each, f=said)
    order = ""
    if random.random() < 0.15:
        order = " ORDER BY count(*) DESC"
        question = question.rstrip(".?") + random.choice(
            (", most first", " in descending order of count", ", from most to fewest")
        )
    question = f"{question}{known}" if known.startswith(" (") or not known else f"{question.rstrip('.?')},{known}."
    return finished(
        finish(random, question), f"SELECT {columns} {scope.source()}{clause} GROUP BY {name}{order}", scope
    )


def group_aggregate(asker: Asker) -> Asked | None:
    """SELECT column, avg(number) GROUP BY column."""
    entity = asker.entity()
    column = asker.grouping(entity) if entity else None
    number = asker.pick(entity, *NUMBERS) if entity else None
    if entity is None or column is None or number is None:
        return None
    scope = asker.scope(entity)
    forms = dict(aggregate(asker.random)[::-1] for _ in range(asker.random.choice((1, 1, 1, 2, 3))))
    if asker.random.random() < 0.15:
        forms = {"count": "number and", **dict(list(forms.items())[:1])}
    said = wording.join_words(list(forms.values())).replace("number and and", "number and the")
    words, clause = where(scope, entity, asker.filters(entity, 1)[0] if asker.random.random() < 0.2 else [])
    group, value = asker.say(entity, column), asker.say(entity, number)
    each = asker.random.choice(wording.FOR_EACH).format(group)
    question = ask_for(asker.random, f"{said} {value}", f" of {entity.many}{words} {each}")
    if asker.random.random() < 0.4:
        question = ask_for(asker.random, f"{group} and the {said} {value}", f" of {entity.many}{words} {each}")
    name = scope.col(entity, column)
    column_name = scope.col(entity, number)
    values = ", ".join("count(*)" if f == "count" else f"{f}({column_name})" for f in forms)
    return finished(question, f"SELECT {name}, {values} {scope.source()}{clause} GROUP BY {name}", scope)


def having(asker: Asker) -> Asked | None:
    """Groups with at least n rows, or the group with the most rows."""
    random, entity = asker.random, asker.entity()
    column = asker.grouping(entity) if entity else None
    if entity is None or column is None:
        return None
    scope, said = asker.scope(entity), asker.say(entity, column)
    name, draw = scope.col(entity, column), random.random()
    if draw < 0.5:
        down = random.random() < 0.75
        most = random.choice(
            ("the most", "the largest number of", "the highest number of")
            if down
            else ("the fewest", "the least", "the smallest number of")
        )
        frames: tuple[str, ...] = (
            "which {f} has {m} {e}?",
            "what is the {f} with {m} {e}?",
            "find the {f} that {m} {e} have.",
            "return the {f} shared by {m} {e}.",
        )
        if down and random.random() < 0.3:
            frames = (
                "what is the most common {f} of {e}?",
                "what is the most frequent {f} among {e}?",
                "which {f} is most common for {e}?",
            )
        sql = f"GROUP BY {name} ORDER BY count(*){' DESC' if down else ''} LIMIT 1"
        question = random.choice(frames).format(f=said, e=entity.many, m=most)
    else:
        phrase, operator = counted(asker)
        frames = (
            "which {f} have {c} {e}?",
            "find the {f} that have {c} {e}.",
            "what are the {f} shared by {c} {e}?",
            "list every {f} with {c} {e}.",
        )
        sql = f"GROUP BY {name} HAVING count(*) {operator}"
        question = random.choice(frames).format(f=said, e=entity.many, c=phrase)
        number = asker.pick(entity, *NUMBERS) if random.random() < 0.2 else None
        if number:
            (mean, function), limit = aggregate(random), random.choice(number.pool)
            side = random.choice(wording.ABOVE[:5])
            question = f"{question.rstrip('.?')} and {an(mean)} {number.phrase} {side} {limit}{question[-1]}"
            sql += f" AND {function}({scope.col(entity, number)}) > {limit}"
    return finished(finish(random, question), f"SELECT {name} {scope.source()} {sql}", scope)


def counted(asker: Asker) -> tuple[str, str]:
    """more than 2 -> > 2."""
    number = asker.random.choice((1, 2, 2, 3, 4, 5, 10))
    forms = (
        (wording.ABOVE[:2], ">"),
        (wording.AT_LEAST[:1] + wording.AT_LEAST[3:], ">="),
        (("fewer than", "less than"), "<"),
        (("exactly",), "="),
    )
    phrases, operator = asker.random.choice(forms)
    phrase = asker.random.choice(phrases)
    said = wording.say_number(asker.random, number)
    return phrase.format(said) if "{}" in phrase else f"{phrase} {said}", f"{operator} {number}"


def against_average(asker: Asker) -> Asked | None:
    """WHERE column > (SELECT avg(column))."""
    random, entity = asker.random, asker.entity()
    number = asker.pick(entity, *NUMBERS) if entity else None
    if entity is None or number is None:
        return None
    scope, inner, label = asker.scope(entity), asker.scope(entity), asker.named(entity)
    columns = label or asker.some(entity, 2)
    above, value = random.random() < 0.6, asker.say(entity, number)
    side = random.choice(wording.ABOVE[:6] if above else wording.BELOW[:5])
    words = random.choice(
        (
            " whose {f} is {s} the average",
            " with a {f} {s} the average {f}",
            " with {f} {s} average",
            " with a {f} {s} the mean",
        )
    )
    words = words.format(f=value, s=side)
    operator, function = ">" if above else "<", "avg"
    if random.random() < 0.15:
        words, operator, function = f" whose {value} equals the maximum", "=", "max"
    head, question = "count(*)", f"how many {entity.many}{words}?"
    if random.random() >= 0.25:
        head = ", ".join(scope.col(entity, c) for c in columns)
        question = ask_for(random, asker.say_all(entity, columns), f" of {entity.many}{words}", rows=True)
        question = which(asker, entity, words) if label else question
    test = f"{scope.col(entity, number)} {operator} (SELECT {function}({inner.col(entity, number)}) {inner.source()})"
    return finished(finish(random, question), f"SELECT {head} {scope.source()} WHERE {test}", scope)


def sets(asker: Asker) -> Asked | None:
    """INTERSECT, UNION or EXCEPT of one column under two conditions."""
    random, entity = asker.random, asker.entity()
    if entity is None or len(entity.fields) < 2:
        return None
    column, tested = random.sample(list(entity.fields), 2)
    first, second = condition(random, tested), condition(random, tested)
    if first.sql == second.sql:
        return None
    frames = {
        "INTERSECT": (
            " of both {e}{a} and {e}{b}",
            " shared by {e}{a} and {e}{b}",
            " that {e}{a} and {e}{b} have in common",
        ),
        "EXCEPT": (
            " of {e}{a} but not of {e}{b}",
            " of {e}{a} that no {e}{b} have",
            " of {e}{a} excluding those of {e}{b}",
        ),
        "UNION": (
            " of {e}{a} or {e}{b}, combined",
            " of either {e}{a} or {e}{b}",
            " of {e}{a} together with those of {e}{b}",
        ),
    }
    operator = random.choices(list(frames), (45, 35, 20))[0]
    one, other = asker.scope(entity), asker.scope(entity)
    words = random.choice(frames[operator]).format(e=entity.many, a=first.words, b=second.words)
    parts = [
        f"SELECT {s.col(entity, column)} {s.source()}{where(s, entity, [c])[1]}"
        for s, c in ((one, first), (other, second))
    ]
    return finished(ask_for(random, asker.say(entity, column), words), f" {operator} ".join(parts), one, other)
