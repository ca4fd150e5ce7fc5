"""Questions composed of parts: rows told by a path of tables, and what is asked of them."""

from collections.abc import Sequence

from oraclecoder.dataset import invented_wording as wording
from oraclecoder.dataset.invented import Entity, Field
from oraclecoder.dataset.invented_asker import NUMBERS, ORDERED, Asked, Asker, Scope, finished
from oraclecoder.dataset.invented_questions import WHICH, aggregate, superlative_words
from oraclecoder.dataset.invented_rows import DOINGS, Rows, aside, draw_rows
from oraclecoder.dataset.invented_verbs import EXTREME
from oraclecoder.dataset.invented_wording import ask_for, finish, join_words, say_number

ONCE = (" without duplicates", ", each only once", " without repeats", ", no duplicates please", ", each one once")
COUNTING = (
    "how many {n}{w} are there{x}?",
    "how many {n}{w} do we have{x}?",
    "how many {n} are {done}{w}{x}?",
    "how many {n} does the {t} {do}{w}?",
    "how many {n} did we {do}{w}{x}?",
    "count the {n}{w}{x}.",
    "number of {n}{w}{x}?",
    "what is the number of {n}{w}{x}?",
    "how many {n}{w}{x}?",
    "how many {n} were {done}{w}{x}?",
    "in how many {n}{w}{x}?",
    "how many {n} {do}{w}{x}?",
    "how many {n} in all{w}?",
    "tell me how many {n}{w} there are.",
    "how many {n} have {done}{w}?",
)
"""Questions for the number of rows {n}{w}, whatever they do {do} or whatever is {done} to them."""
DIFFERENT = (
    "how many different {f} do {n}{w} have{x}?",
    "how many different {f} do {n}{w} {do}{x}?",
    "from how many different {f} do {n}{w} {do}?",
    "in how many different {f} are {n}{w} {done}?",
    "count the different {f} of {n}{w}.",
    "how many distinct {f} are there among {n}{w}?",
    "in how many {f} do {n}{w} {do}?",
    "how many different {f} have {n}{w}{x}?",
    "number of different {f} of {n}{w}?",
)


def words_for(asker: Asker) -> dict[str, str]:
    """Verbs and a noun that no column answers to, and an addition, for a frame."""
    do, past, done = asker.random.choice(DOINGS)
    nouns = ("company", "database", "list", "house", "place", "team", "system", "city", "club", "firm")
    return {"do": do, "past": past, "done": done, "t": asker.random.choice(nouns), "x": aside(asker)}


def wanting(asker: Asker, rows: Rows, said: str, rest: str = "", *, named: bool = False) -> str:
    """A request for these columns of the rows; `named` if a question that says none means them."""
    random, noun = asker.random, f"{rows.many}{rows.after}{rest}"
    draw = random.random()
    if named:
        return finish(random, random.choice(WHICH).format(e=rows.many, w=f"{rows.after}{rest}"))
    if draw < 0.2:
        verb = random.choice(("list the", "give the", "show the", "find the", "which", "list all", "name the"))
        columns = random.choice((": {}.", ", {}.", " with their {}.", " ({}).")).format(said)
        return finish(random, f"{verb} {noun}{columns}")
    if draw < 0.45:
        being = random.choice(("", "", "", "", " are there", " do we have", " were there"))
        return wording.specified(random, f"which {rows.many}{being}{rows.after}{rest}?", said)
    return ask_for(random, said, f" of {noun}", rows=True)


def shown(asker: Asker, rows: Rows, scope: Scope, most: int = 2) -> tuple[str, str, bool]:
    """What is said of the columns to show, their SQL, and whether a question may leave them out."""
    label = asker.named(rows.entity)
    columns = label or asker.some(rows.entity, most)
    sql = [scope.col(rows.entity, column) for column in columns]
    said = asker.say_all(rows.entity, columns)
    last = rows.path[-1]
    if not label and last in scope.entities[1:] and last.fields and asker.random.random() < 0.25:
        other = asker.random.choice(last.fields)
        sql.append(scope.col(last, other))
        said = f"{said} and {last.one} {other.phrase}"
    return said, ", ".join(sql), bool(label)


def rows_shown(asker: Asker) -> Asked | None:
    """SELECT [DISTINCT] columns over a path [ORDER BY]."""
    rows = draw_rows(asker)
    if rows is None:
        return None
    random, scope = asker.random, rows.scope(asker)
    said, columns, named = shown(asker, rows, scope)
    unique = random.random() < (0.4 if rows.multiplied else 0.12)
    rest, order = ("" if unique else aside(asker, 0.06)), ""
    if not unique and random.random() < 0.2:
        rest, order = ordered(asker, rows, scope)
    if unique and random.random() < 0.5:
        said = f"{random.choice(('different', 'distinct', 'unique'))} {said}"
        named = False
    question = wanting(asker, rows, said, rest, named=named)
    if unique and not said.startswith(("different", "distinct", "unique")):
        question = question.rstrip(".?") + random.choice(ONCE) + question[-1]
    head = f"SELECT {'DISTINCT ' if unique else ''}{columns}"
    return finished(question, f"{head} {scope.source()}{rows.clause(scope)}{order}", scope)


def ordered(asker: Asker, rows: Rows, scope: Scope) -> tuple[str, str]:
    """Words and SQL of an order of rows: oldest first."""
    random, field = asker.random, asker.random.choice(rows.entity.fields)
    down = field.kind in ORDERED and random.random() < 0.55
    best = superlative_words(asker, field, down=down)
    if field.words[-1] in EXTREME and random.random() < 0.6:
        best = random.choice(EXTREME[field.words[-1]][not down])
    forms: tuple[str, ...] = wording.DESCENDING if down else wording.ASCENDING
    firsts = (
        f", {best} first",
        f", {best} {field.phrase} first",
        f", with the {best} {field.phrase} first",
        f", {best} on top",
        f", starting with the {best} {field.phrase}",
    )
    words = f" {random.choice(forms).format(field.phrase)}"
    if field.kind not in ORDERED:
        words = f" {random.choice(wording.BY_LETTER).format(field.phrase)}"
    elif random.random() < 0.6:
        words = random.choice(firsts)
    order = f" ORDER BY {scope.col(rows.entity, field)}{' DESC' if down else ''}"
    others = [other for other in rows.entity.fields if other is not field]
    if others and random.random() < 0.12:
        other = random.choice(others)
        words += random.choice((", then by {}", " and then by {}", ", and by {} where these are equal")).format(
            other.phrase
        )
        order += f", {scope.col(rows.entity, other)}"
    return words, order


def rows_counted(asker: Asker) -> Asked | None:
    """SELECT count(*), or count(DISTINCT column), over a path."""
    rows = draw_rows(asker, lengths=(45, 35, 15, 5))
    if rows is None:
        return None
    random, scope, extra = asker.random, rows.scope(asker), words_for(asker)
    if random.random() < 0.3 and rows.entity.fields:
        field = random.choice(rows.entity.fields)
        many = asker.say_all(rows.entity, [field], owned=0.0)
        question = random.choice(DIFFERENT).format(f=many, n=rows.many, w=rows.after, **extra)
        head = f"count(DISTINCT {scope.col(rows.entity, field)})"
    elif rows.multiplied and rows.entity.key and random.random() < 0.5:
        question = random.choice(COUNTING[:4]).format(n=f"different {rows.many}", w=rows.after, **extra)
        head = f"count(DISTINCT {scope.col(rows.entity, rows.entity.key)})"
    else:
        question, head = random.choice(COUNTING).format(n=rows.many, w=rows.after, **extra), "count(*)"
    source, *scopes = rows.once(asker) if head == "count(*)" else (f"{scope.source()}{rows.clause(scope)}", scope)
    return finished(finish(random, question), f"SELECT {head} {source}", *scopes)


def number_of(asker: Asker, entities: Sequence[Entity]) -> tuple[Entity, Field] | None:
    """A column of numbers of one of these tables."""
    found = [(entity, field) for entity in entities for field in entity.of(*NUMBERS)]
    return asker.random.choice(found) if found else None


def rows_totalled(asker: Asker) -> Asked | None:
    """One or two aggregates, and a count now and then, over a path."""
    rows = draw_rows(asker, lengths=(45, 35, 15, 5))
    found = number_of(asker, [rows.entity]) if rows else None
    if rows is None or found is None:
        return None
    random, extra, (source, scope, inner), (entity, field) = asker.random, words_for(asker), rows.once(asker), found
    forms = {function: said for said, function in (aggregate(random) for _ in range(random.choice((1, 1, 1, 2))))}
    values = [f"{function}({scope.col(entity, field)})" for function in forms]
    said = f"{join_words(list(forms.values()))} {asker.say(entity, field)}"
    if list(forms) == ["sum"] and random.random() < 0.6:
        question = random.choice(
            (
                "how much {f} do {n}{w} have altogether?",
                "what do {n}{w} come to in {f}?",
                "how many {f} in total for {n}{w}?",
                "how much {f} did {n}{w} {do} in all?",
                "add up the {f} of {n}{w}.",
                "how many {f} were {done} altogether by {n}{w}?",
            )
        ).format(f=field.phrase, n=rows.many, w=rows.after, **extra)
    elif random.random() < 0.2:
        values.insert(0, "count(*)")
        question = random.choice(
            ("how many {n} are there{w}, and what is their {s}?", "number of {n}{w} and their {s}?")
        )
        question = question.format(n=rows.many, w=rows.after, s=said)
    else:
        question = ask_for(
            random, said, f" of {random.choice(('', 'all ', 'the '))}{rows.many}{rows.after}{extra['x']}"
        )
    return finished(finish(random, question), f"SELECT {', '.join(values)} {source}", scope, inner)


def first_rows(asker: Asker) -> Asked | None:
    """The n rows with the most of something, over a path."""
    rows = draw_rows(asker, lengths=(60, 30, 10), own=0.3)
    field = asker.pick(rows.entity, *ORDERED) if rows else None
    if rows is None or field is None:
        return None
    random, extra, (source, scope, inner) = asker.random, words_for(asker), rows.once(asker)
    said, columns, named = shown(asker, rows, scope)
    top, down = random.choice((1, 1, 2, 3, 3, 4, 5, 5, 6, 10)), random.random() < 0.6
    noun = rows.one if top == 1 else rows.many
    number = "" if top == 1 else f"{random.choice(('', '', 'top ', 'first '))}{say_number(random, top)} "
    best, has = superlative_words(asker, field, down=down), "has" if top == 1 else "have"
    phrases = [
        f"{number}{noun}{rows.after} with the {best} {field.phrase}",
        f"{number}{noun} with the {best} {field.phrase}{rows.after}",
        f"{number}{noun}{rows.after} that {has} the {best} {field.phrase}",
    ]
    if field.words[-1] in EXTREME:
        adjective = random.choice(EXTREME[field.words[-1]][not down])
        phrases += [f"{number}{adjective} {noun}{rows.after}"] * 3
    elif field.kind in NUMBERS:
        most = "most" if down else "least"
        phrases += [
            f"{number}{noun}{rows.after} that {extra['do']} the {most} {field.phrase}",
            f"{number}{noun}{rows.after} that {extra['past']} the {most} {field.phrase}",
        ]
    phrase = random.choice(phrases)
    heads = (
        "name the {p}.",
        "which are the {p}?",
        "find the {p}.",
        "list the {p}.",
        "what is the {p}?" if top == 1 else "what are the {p}?",
        "give me the {p}.",
        "which {p}?" if top > 1 else "which is the {p}?",
    )
    question = finish(random, random.choice(heads).format(p=phrase))
    if not named:
        forms = (f"Show {said}.", f"{said}, please.", f"I only need the {said}.", f"Give the {said}.", f"{said}?")
        colon = f"{question.rstrip('.?')}: {said}{random.choice(('.', '?'))}"
        plain = ask_for(random, said, f" of the {phrase}", rows=True)
        tail = random.choice(forms)
        question = random.choice((f"{question} {tail[0].upper()}{tail[1:]}", colon, plain, plain))
    order = f" ORDER BY {scope.col(rows.entity, field)}{' DESC' if down else ''} LIMIT {top}"
    return finished(question, f"SELECT {columns} {source}{order}", scope, inner)
