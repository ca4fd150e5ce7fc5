"""Invented questions about the rows of a table that others refer to: how many do, which most, which none."""

from oraclecoder.dataset.invented import Entity, Field, Kind
from oraclecoder.dataset.invented_asker import Asked, Asker, finished
from oraclecoder.dataset.invented_groups import counted
from oraclecoder.dataset.invented_questions import which
from oraclecoder.dataset.invented_wording import an, ask_for, finish

EACH = (
    "show the {f}{o} and the number of {c}.",
    "for each {p}, show its {f} and how many {c} it has.",
    "list the {f} of each {p} and its number of {c}.",
    "how many {c} does each {p} have? list the {f} and the count.",
    "what is the {f} of every {p} and the number of {c} for it?",
)
MOST = (
    "which {p} has {m} {c}? give its {f}.",
    "what is the {f} of the {p} with {m} {c}?",
    "find the {f} of the {p} that has {m} {c}.",
    "show the {f} of the {p} having {m} {c}.",
)
SEVERAL = (
    "which {q} have {m} {c}? show the {f}.",
    "find the {f} of {q} with {m} {c}.",
    "what are the {f} of {q} that have {m} {c}?",
    "list the {f} of the {q} having {m} {c}.",
)
"""Of a column {f} of rows {q} of a table, one of them {p}, and the number {m} of the rows {c} that refer to them."""
FALLING = (", most first.", ", in descending order of count.", ", from most to fewest.", ", largest count first.")
RISING = (", fewest first.", ", in ascending order of count.", ", from fewest to most.")


def children(asker: Asker) -> Asked | None:
    """How many rows refer to each row of the parent table, the parent with the most, or those with more than n."""
    random, pair = asker.random, asker.pair()
    if pair is None:
        return None
    child, link = pair
    parent, label, scope = link.entity, asker.label(link.entity), asker.joined(child, link, first=child)
    if label is None or parent.key is None:
        return None
    said = asker.say(parent, label, owned=0.3)
    draw = random.random()
    if random.random() < 0.65:
        scope = asker.joined(child, link, first=parent)
    group = scope.col(parent, parent.key) if scope.entities[0] is parent else scope.col(child, link.field)
    shown = scope.col(parent, label)
    of = random.choice((f" of the {parent.one}", f" of {parent.many}", f" of each {parent.one}"))
    if draw < 0.4:
        shown += ", count(*)"
        question, tail = _each(asker, child, parent)
    elif draw < 0.7:
        question, tail = _most(asker, child, parent, label)
    else:
        phrase, operator = counted(asker)
        named = ("which {q} have {m} {c}?", "name the {q} with {m} {c}.") if label.kind is Kind.name else ()
        question, tail = random.choice((*SEVERAL, *named)).replace("{m}", phrase), f" HAVING count(*) {operator}"
    question = finish(random, question.format(f=said, o=of, p=parent.one, q=parent.many, c=child.many))
    return finished(question, f"SELECT {shown} {scope.source()} GROUP BY {group}{tail}", scope)


def _each(asker: Asker, child: Entity, parent: Entity) -> tuple[str, str]:
    """The frame of a question for all counts, and the order of its query."""
    random, tail = asker.random, ""
    frames: tuple[str, ...] = EACH
    if child.verb and parent.person:
        do = child.verb[0]
        frames = (*EACH[:2], f"how many {{c}} did each {{p}} {do}? show the {{f}} and the count.",
                  f"for each {{p}}, how many {{c}} did they {do}? give the {{f}}.")  # fmt: skip
    question = random.choice(frames)
    if random.random() < 0.25:
        down = random.random() < 0.75
        tail = f" ORDER BY count(*){' DESC' if down else ''}"
        question = question.rstrip(".?") + random.choice(FALLING if down else RISING)
    return question, tail


def _most(asker: Asker, child: Entity, parent: Entity, label: Field) -> tuple[str, str]:
    """The frame of a question for the parent with the most or the fewest, and the order of its query."""
    random = asker.random
    down = random.random() < 0.75
    most = random.choice(("the most", "the largest number of") if down else ("the fewest", "the least"))
    named = ("which {p} has {m} {c}?", "name the {p} with {m} {c}.") if label.kind is Kind.name else ()
    frames: tuple[str, ...] = (*MOST, *named, *(("who has {m} {c}? give the {f}.",) if parent.person else ()))
    if child.verb and parent.person:
        did = child.verb[1]
        frames = (
            *MOST[:2],
            f"which {{p}} {did} {{m}} {{c}}? show the {{f}}.",
            f"who {did} {{m}} {{c}}? give the {{f}}.",
        )
    return random.choice(frames).replace("{m}", most), f" ORDER BY count(*){' DESC' if down else ''} LIMIT 1"


def childless(asker: Asker) -> Asked | None:
    """WHERE key NOT IN (SELECT foreign key), or IN."""
    random, pair = asker.random, asker.pair()
    if pair is None:
        return None
    child, link = pair
    parent = link.entity
    if not parent.fields or parent.key is None:
        return None
    scope, inner, label = asker.scope(parent), asker.scope(child), asker.named(parent)
    columns = label or asker.some(parent, 2)
    have = random.random() < 0.15
    words = (" that have some {c}", " with at least one of the {c}") if have else (
        " that do not have any {c}", " without {c}", " that have no {c}", " with no {c}",
              " that do not have a {d}", " which have never had a {d}",
              " that are in no {d}", " that never appear in {c}", " for which there is no {d}",
              " that do not occur in any {d}")  # fmt: skip
    text = random.choice(words).format(c=child.many, d=child.one)
    if child.verb and parent.person and random.random() < 0.7:
        do, did = child.verb
        never = (f" who never {did} {an(child.one)}", f" who have not {did} any {child.many}",
                 f" who did not {do} {an(child.one)}", f" who never {did} any {child.many}",
                 f" that did not {do} any {child.many}")  # fmt: skip
        text = f" who {did} {an(child.one)}" if have else random.choice(never)
    head, question = "count(*)", finish(random, f"how many {parent.many}{text}?")
    if random.random() < 0.75:
        head = ", ".join(scope.col(parent, c) for c in columns)
        question = ask_for(random, asker.say_all(parent, columns), f" of {parent.many}{text}", rows=True)
        question = which(asker, parent, text) if label else question
    nested = f"(SELECT {inner.col(child, link.field)} {inner.source()})"
    test = f"{scope.col(parent, parent.key)} {'IN' if have else 'NOT IN'} {nested}"
    return finished(question, f"SELECT {head} {scope.source()} WHERE {test}", scope, inner)
