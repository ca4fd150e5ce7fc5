"""Invented questions over several tables that total, count through a table between, or compare with one row."""

from oraclecoder.dataset import invented_wording as wording
from oraclecoder.dataset.invented import Kind
from oraclecoder.dataset.invented_asker import NUMBERS, ORDERED, Asked, Asker, finished, where
from oraclecoder.dataset.invented_groups import counted
from oraclecoder.dataset.invented_questions import aggregate
from oraclecoder.dataset.invented_wording import condition, finish, literal, say_value


def parent_aggregate(asker: Asker) -> Asked | None:
    """An aggregate of the rows that refer to each row of a table: all of them, the largest, or those above a value."""
    random = asker.random
    if not asker.linked:
        return None
    child, link = random.choice(asker.linked)
    parent, label, number = link.entity, asker.label(link.entity), asker.pick(child, *NUMBERS)
    if label is None or number is None or parent.key is None:
        return None
    scope, (said, function) = asker.joined(child, link, first=parent), aggregate(random)
    name, value = scope.col(parent, label), f"{function}({scope.col(child, number)})"
    group, draw = scope.col(parent, parent.key), random.random()
    words = {"p": parent.one, "q": parent.many, "c": child.many, "f": label.phrase, "a": f"{said} {number.phrase}"}
    shown, tail = f"{name}, {value}", ""
    if draw < 0.55:
        frames: tuple[str, ...] = (
            "for each {p}, show the {f} and the {a} of its {c}.", "show the {f} and the {a} of {c} for each {p}.",
            "what is the {a} of the {c} of each {p}? show the {f} and the {a}.",
            "list each {p} {f} with the {a} of its {c}.", "{a} of {c} per {p}? give {f} and value.",
            "for every {p}, what is the {a} of its {c}? show the {f} as well.",
        )  # fmt: skip
        if random.random() < 0.3:
            tail = f" ORDER BY {value} DESC"
            frames = tuple(frame.rstrip(".?") + ", highest first." for frame in frames)
    elif draw < 0.8:
        down = random.random() < 0.75
        best = random.choice(wording.HIGHEST[:4] if down else wording.LOWEST[:2])
        frames = (f"which {{p}} has the {best} {{a}} of {{c}}? give the {{f}}.",
                  f"what is the {{f}} of the {{p}} with the {best} {{a}} of {{c}}?",
                  f"find the {{f}} of the {{p}} whose {{c}} have the {best} {{a}}.")  # fmt: skip
        shown, tail = name, f" ORDER BY {value}{' DESC' if down else ''} LIMIT 1"
    else:
        limit, above = random.choice(number.pool), random.random() < 0.65
        side = random.choice(wording.ABOVE[:5] if above else wording.BELOW[:4])
        frames = (f"which {{q}} have {{c}} with {side} {limit} as {{a}}? show the {{f}}.",
                  f"list the {{f}} of {{q}} whose {{c}} have a {{a}} {side} {limit}.",
                  f"for which {{q}} is the {{a}} of the {{c}} {side} {limit}? give the {{f}}.")  # fmt: skip
        shown = name if random.random() < 0.7 else shown
        frames = frames if shown == name else tuple(f.rstrip("?.") + " and the {a}." for f in frames)
        tail = f" HAVING {value} {'>' if above else '<'} {limit}"
    question = finish(random, random.choice(frames).format(**words))
    return finished(question, f"SELECT {shown} {scope.source()} GROUP BY {group}{tail}", scope)


def bridge_count(asker: Asker) -> Asked | None:
    """How many rows of a second table each row of the first has, through the table between them."""
    random = asker.random
    found = [(m, a, b) for m in asker.world.entities for a in m.links for b in m.links if a.entity is not b.entity]
    found = [(m, a, b) for m, a, b in found if m.key is None]
    if not found:
        return None
    middle, first, second = random.choice(found)
    one, other = first.entity, second.entity
    label = asker.label(one)
    if one.key is None or other.key is None or label is None:
        return None
    joins = [(one, one.key, middle, first.field)]
    condition_words, clause = "", ""
    if random.random() < 0.5 and other.fields:
        scope = asker.scope(one, middle, other, joins=[*joins, (middle, second.field, other, other.key)])
        test = condition(random, random.choice(other.fields))
        condition_words, clause = where(scope, other, [test])
    else:
        scope = asker.scope(one, middle, joins=joins)
    name, group, draw = scope.col(one, label), scope.col(one, one.key), random.random()
    words = {"p": one.one, "q": one.many, "o": f"{other.many}{condition_words}", "f": label.phrase}
    if draw < 0.4:
        frames: tuple[str, ...] = (
            "for each {p}, show the {f} and the number of {o}.",
            "how many {o} does each {p} have? show {f} and count.",
            "show the {f} of each {p} and how many {o} it has.",
        )
        shown, tail = f"{name}, count(*)", ""
    elif draw < 0.7:
        frames = ("which {p} has the most {o}? give the {f}.", "what is the {f} of the {p} with the most {o}?",
                  "find the {f} of the {p} with the largest number of {o}.")  # fmt: skip
        shown, tail = name, " ORDER BY count(*) DESC LIMIT 1"
    else:
        phrase, operator = counted(asker)
        frames = (
            "which {q} have {n} {o}? show the {f}.",
            "list the {f} of {q} with {n} {o}.",
            "{f} of the {q} that have {n} {o}?",
        )
        shown, tail = name, f" HAVING count(*) {operator}"
        words["n"] = phrase
    question = finish(random, random.choice(frames).format(**words))
    return finished(question, f"SELECT {shown} {scope.source()}{clause} GROUP BY {group}{tail}", scope)


def than_row(asker: Asker) -> Asked | None:
    """Rows that are above or below one named row: WHERE x > (SELECT x ... WHERE name = 'v')."""
    random, entity = asker.random, asker.entity()
    number = asker.pick(entity, *ORDERED) if entity else None
    names = entity.of(Kind.name) if entity else []
    if entity is None or number is None or not names:
        return None
    scope, inner, name = asker.scope(entity), asker.scope(entity), names[0]
    value, above = random.choice(name.pool), random.random() < 0.6
    time = number.kind in (Kind.year, Kind.date)
    sides = (("later",), ("earlier",)) if time else (("higher", "larger"), ("lower", "smaller"))
    said = say_value(random, value)
    frames = ("which {e} have a {s} {n} than {v}? show the {f}.", "list the {f} of {e} with a {s} {n} than {v}.",
              "what are the {f} of {e} whose {n} is {s} than that of {v}?",
              "find {e} with {s} {n} than the {o} {v}. {f}, please.")  # fmt: skip
    columns = asker.some(entity, 2) if random.random() < 0.4 else [name]
    question = random.choice(frames).format(
        e=entity.many,
        o=entity.one,
        s=random.choice(sides[not above]),
        n=number.phrase,
        v=said,
        f=asker.say_all(entity, columns),
    )
    head = ", ".join(scope.col(entity, c) for c in columns)
    nested = f"SELECT {inner.col(entity, number)} {inner.source()} WHERE {inner.col(entity, name)} = {literal(value)}"
    test = f"{scope.col(entity, number)} {'>' if above else '<'} ({nested})"
    return finished(finish(random, question), f"SELECT {head} {scope.source()} WHERE {test}", scope, inner)


def having_aggregate(asker: Asker) -> Asked | None:
    """Groups of one table whose average, sum, most or least is above or below a value."""
    random, entity = asker.random, asker.entity()
    column = asker.grouping(entity) if entity else None
    number = asker.pick(entity, *NUMBERS) if entity else None
    if entity is None or column is None or number is None:
        return None
    scope, (said, function) = asker.scope(entity), aggregate(random)
    name, value = scope.col(entity, column), f"{function}({scope.col(entity, number)})"
    limit, above = random.choice(number.pool), random.random() < 0.7
    side = random.choice(wording.ABOVE[:5] if above else wording.BELOW[:4])
    frames: tuple[str, ...] = ("which {f} have a {a} {s} {v}?", "for which {f} is the {a} of {e} {s} {v}?",
              "list the {f} of {e} where the {a} is {s} {v}.", "which {f} of {e} come to a {a} {s} {v}?")  # fmt: skip
    shown, tail = name, f" HAVING {value} {'>' if above else '<'} {limit}"
    if random.random() < 0.35:
        best = random.choice(wording.HIGHEST[:4] if above else wording.LOWEST[:2])
        frames = (f"which {{f}} has the {best} {{a}} of {{e}}?", f"find the {{f}} whose {{e}} have the {best} {{a}}.")
        tail = f" ORDER BY {value}{' DESC' if above else ''} LIMIT 1"
    question = random.choice(frames).format(
        f=asker.say(entity, column), e=entity.many, a=f"{said} {number.phrase}", s=side, v=limit
    )
    return finished(finish(random, question), f"SELECT {shown} {scope.source()} GROUP BY {name}{tail}", scope)
