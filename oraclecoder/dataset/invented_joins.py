"""Invented questions over tables that refer to each other."""

from oraclecoder.dataset.invented import Entity
from oraclecoder.dataset.invented_asker import NUMBERS, ORDERED, Asked, Asker, finished, where
from oraclecoder.dataset.invented_questions import aggregate, order_by, superlative_words, which
from oraclecoder.dataset.invented_wording import an, ask_for, condition, finish

BINDS = (
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
"""How a question says that rows belong to a row {o}, or rows {m}, that fulfils {w}."""


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
    random, pair = asker.random, asker.pair()
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
        words = random.choice(BINDS).format(o=other.one, m=other.many, w=test.words)
        question, (_, tail) = ask_for(random, said, f" of {one.many}{words}", rows=True), where(scope, other, [test])
        if child.verb and link.entity.person and random.random() < 0.7:
            words = done(asker, child, link.entity, one, test.words)
            question = ask_for(random, said, f" of {one.many}{words}", rows=True)
        counts = random.random() < 0.2
        question = which(asker, one, words) if label else question
        question = finish(random, f"how many {one.many}{words} are there?") if counts else question
    if not counts:
        head = ", ".join(scope.col(one, c) for c in shown) + extra
    elif one is child or one.key is None:
        head = "count(*)"
    else:  # the join has a row that is referred to several times
        head = f"count(DISTINCT {scope.col(one, one.key)})"
    return finished(question, f"SELECT {head} {scope.source()}{tail}", scope)


def join_aggregate(asker: Asker) -> Asked | None:
    """An aggregate of one table under a condition on the one that it refers to."""
    pair = asker.pair()
    if pair is None:
        return None
    (one, link), other = pair, pair[1].entity
    scope = asker.joined(one, link, first=one)
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
