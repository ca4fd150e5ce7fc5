"""Invented questions over tables that refer to each other."""

from oraclecoder.dataset.invented import Entity, Kind, Link
from oraclecoder.dataset.invented_asker import NUMBERS, ORDERED, Asked, Asker, finished, where
from oraclecoder.dataset.invented_groups import counted
from oraclecoder.dataset.invented_questions import aggregate, order_by, superlative_words, which
from oraclecoder.dataset.invented_wording import ask_for, condition, finish


def _pair(asker: Asker) -> tuple[Entity, Link] | None:
    return asker.random.choice(asker.linked) if asker.linked else None


def an(noun: str) -> str:
    """a shop, an order."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def done(asker: Asker, child: Entity, parent: Entity, one: Entity, tested: str) -> str:
    """orders placed by customers from Oslo; customers who placed an order with status open."""
    did = child.verb[1]
    if one is child:
        frames = (
            f" {did} by {parent.many}{tested}",
            f" that {parent.many}{tested} {did}",
            f" {did} by the {parent.one}{tested}",
        )
    else:
        frames = (
            f" who {did} {an(child.one)}{tested}",
            f" who {did} {child.many}{tested}",
            f" that {did} {an(child.one)}{tested}",
        )
    return asker.random.choice(frames)


def join_select(asker: Asker) -> Asked | None:
    """Columns of one table under a condition on the other, or columns of both."""
    random, pair = asker.random, _pair(asker)
    if pair is None:
        return None
    child, link = pair
    one, other = random.sample((child, link.entity), 2)
    scope = asker.joined(child, link, first=one)
    label, tested = asker.named(one), asker.pick(other)
    shown = label or (asker.some(one, 2) if one.fields else [])
    if not shown or tested is None:
        return None
    said = asker.say_all(one, shown, owned=0.2)
    draw, extra, counts = random.random(), "", False
    if draw < 0.3:
        extra = ", " + scope.col(other, tested)
        its = random.choice((" and the {f} of its {o}", " together with the {f} of the {o}", ", and {o} {f}")).format(
            f=tested.phrase, o=other.one
        )
        question, tail = ask_for(random, said, f" of {random.choice(('each ', 'every '))}{one.one}{its}", rows=True), ""
        if random.random() < 0.2:
            words, tail = order_by(asker, scope, other, tested)
            question = question.rstrip(".?") + words
    elif draw < 0.45 and tested.kind in ORDERED:
        down = random.random() < 0.6
        best = f"{superlative_words(asker, tested, down=down)} {tested.phrase}"
        question = ask_for(
            random,
            said,
            f" of the {one.one} {random.choice(('of', 'for', 'belonging to'))} the {other.one} with the {best}",
        )
        tail = f" ORDER BY {scope.col(other, tested)}{' DESC' if down else ''} LIMIT 1"
    else:
        test = condition(random, tested)
        bind = random.choice(
            (
                " of the {o}{w}",
                " that belong to the {o}{w}",
                " of {o}{w}",
                " that have a {o}{w}",
                " from the {o}{w}",
                " at the {o}{w}",
                " by {m}{w}",
                " whose {o} is one{w}",
                " for {m}{w}",
                " linked to {m}{w}",
                " of {m}{w}",
                " related to a {o}{w}",
            )
        )
        words = bind.format(o=other.one, m=other.many, w=test.words)
        question, (_, tail) = ask_for(random, said, f" of {one.many}{words}", rows=True), where(scope, other, [test])
        if child.verb and link.entity.person and random.random() < 0.7:
            words = done(asker, child, link.entity, one, test.words)
            question = ask_for(random, said, f" of {one.many}{words}", rows=True)
        counts = random.random() < 0.2
        question = which(asker, one, words) if label else question
        question = finish(random, f"how many {one.many}{words} are there?") if counts else question
    head = "count(*)" if counts else ", ".join(scope.col(one, c) for c in shown) + extra
    return finished(question, f"SELECT {head} {scope.source()}{tail}", scope)


def join_aggregate(asker: Asker) -> Asked | None:
    """An aggregate of one table under a condition on the other."""
    pair = _pair(asker)
    if pair is None:
        return None
    child, link = pair
    one, other = asker.random.sample((child, link.entity), 2)
    scope = asker.joined(child, link, first=one)
    number, tested = asker.pick(one, *NUMBERS), asker.pick(other)
    if number is None or tested is None:
        return None
    (said, function), test = aggregate(asker.random), condition(asker.random, tested)
    bind = asker.random.choice((" of the {o}{w}", " for {m}{w}", " of {m}{w}")).format(
        o=other.one, m=other.many, w=test.words
    )
    question = ask_for(asker.random, f"{said} {asker.say(one, number)}", f" of {one.many}{bind}")
    return finished(
        question, f"SELECT {function}({scope.col(one, number)}) {scope.source()}{where(scope, other, [test])[1]}", scope
    )


def children(asker: Asker) -> Asked | None:
    """How many rows refer to each row of the parent table, the parent with the most, or those with more than n."""
    random, pair = asker.random, _pair(asker)
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
        frames: tuple[str, ...] = ("show the {f}{o} and the number of {c}.",
              "for each {p}, show its {f} and how many {c} it has.", "list the {f} of each {p} and its number of {c}.",
                  "how many {c} does each {p} have? list the {f} and the count.",
              "what is the {f} of every {p} and the number of {c} for it?")  # fmt: skip
        if child.verb and parent.person:
            do = child.verb[0]
            frames = (*frames[:2], f"how many {{c}} did each {{p}} {do}? show the {{f}} and the count.",
                      f"for each {{p}}, how many {{c}} did they {do}? give the {{f}}.")  # fmt: skip
        question, tail = random.choice(frames), ""
        if random.random() < 0.25:
            down = random.random() < 0.75
            tail = f" ORDER BY count(*){' DESC' if down else ''}"
            question = question.rstrip(".?") + random.choice(
                (", most first.", ", in descending order of count.", ", from most to fewest.", ", largest count first.")
                if down
                else (", fewest first.", ", in ascending order of count.", ", from fewest to most.")
            )
    elif draw < 0.7:
        down = random.random() < 0.75
        most = random.choice(("the most", "the largest number of") if down else ("the fewest", "the least"))
        frames = (
            "which {p} has {m} {c}? give its {f}.",
            "what is the {f} of the {p} with {m} {c}?",
            "find the {f} of the {p} that has {m} {c}.",
            "show the {f} of the {p} having {m} {c}.",
            *(("which {p} has {m} {c}?", "name the {p} with {m} {c}.") if label.kind is Kind.name else ()),
            *(("who has {m} {c}? give the {f}.",) if parent.person else ()),
        )
        if child.verb and parent.person:
            frames = (*frames[:2], f"which {{p}} {child.verb[1]} {{m}} {{c}}? show the {{f}}.",
                      f"who {child.verb[1]} {{m}} {{c}}? give the {{f}}.")  # fmt: skip
        question, tail = (
            random.choice(frames).replace("{m}", most),
            f" ORDER BY count(*){' DESC' if down else ''} LIMIT 1",
        )
    else:
        phrase, operator = counted(asker)
        frames = (
            "which {q} have {m} {c}? show the {f}.",
            "find the {f} of {q} with {m} {c}.",
            "what are the {f} of {q} that have {m} {c}?",
            "list the {f} of the {q} having {m} {c}.",
            *(("which {q} have {m} {c}?", "name the {q} with {m} {c}.") if label.kind is Kind.name else ()),
        )
        question, tail = random.choice(frames).replace("{m}", phrase), f" HAVING count(*) {operator}"
    question = finish(random, question.format(f=said, o=of, p=parent.one, q=parent.many, c=child.many))
    return finished(question, f"SELECT {shown} {scope.source()} GROUP BY {group}{tail}", scope)


def childless(asker: Asker) -> Asked | None:
    """WHERE key NOT IN (SELECT foreign key), or IN."""
    random, pair = asker.random, _pair(asker)
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


def bridge(asker: Asker) -> Asked | None:
    """Three tables: columns of one under a condition on another, joined through the table between them."""
    random = asker.random
    found = [(m, a, b) for m in asker.world.entities for a in m.links for b in m.links if a.entity is not b.entity]
    if not found:
        return None
    middle, first, second = random.choice(found)
    one, other = first.entity, second.entity
    if one.key is None or other.key is None or not one.fields or not other.fields:
        return None
    joins = [(one, one.key, middle, first.field), (middle, second.field, other, other.key)]
    scope = asker.scope(one, middle, other, joins=joins)
    label = asker.named(one)
    shown = label or asker.some(one, 2)
    test = condition(random, random.choice(other.fields))
    through = random.choice(
        (
            " that have {m} for the {o}{w}",
            " linked to {n}{w}",
            " in {m} of {n}{w}",
            " with {m} of a {o}{w}",
            " related to the {o}{w}",
        )
    )
    words = through.format(m=middle.many, o=other.one, n=other.many, w=test.words)
    question = ask_for(random, asker.say_all(one, shown, owned=0.2), f" of {one.many}{words}", rows=True)
    question = which(asker, one, words) if label else question
    sql = f"SELECT {', '.join(scope.col(one, c) for c in shown)} {scope.source()}{where(scope, other, [test])[1]}"
    return finished(question, sql, scope)
