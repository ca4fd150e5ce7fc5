"""Questions and queries about one table of an invented database."""

from random import Random

from oraclecoder.dataset import invented_wording as wording
from oraclecoder.dataset.invented import Entity, Field, Kind
from oraclecoder.dataset.invented_asker import NUMBERS, ORDERED, Asked, Asker, Scope, finished, where
from oraclecoder.dataset.invented_verbs import EXTREME
from oraclecoder.dataset.invented_wording import ask_for, finish, join_words


def select_columns(asker: Asker) -> Asked | None:
    """SELECT columns [WHERE] [ORDER BY]."""
    random, entity = asker.random, asker.entity()
    if entity is None:
        return None
    scope, label = asker.scope(entity), asker.named(entity)
    columns = label or asker.some(entity)
    conditions, joiner = asker.filters(entity)
    words, clause = where(scope, entity, conditions, joiner)
    distinct = not label and len(columns) == 1 and random.random() < 0.2
    said = asker.say_all(entity, columns)
    said = random.choice(("different {}", "distinct {}", "unique {}")).format(said) if distinct else said
    order = asker.pick(entity) if not distinct and random.random() < 0.25 else None
    tail, by = order_by(asker, scope, entity, order) if order else ("", "")
    chosen = ", ".join(scope.col(entity, column) for column in columns)
    of = random.choice((" of {}", " of all {}", " of the {}", " for all {}", " for {}", " of every {}", " of each {}"))
    noun = entity.one if "every" in of or "each" in of else entity.many
    question = ask_for(random, said, of.format(noun) + words + tail, rows=not distinct)
    if label:
        question = which(asker, entity, words + tail)
    elif random.random() < 0.12 and words:
        question = finish(
            random, f"which {entity.many} are there{words}{tail}? {random.choice(wording.SHOW)} the {said}."
        )
    sql = f"SELECT {'DISTINCT ' if distinct else ''}{chosen} {scope.source()}{clause}{by}"
    return finished(question, sql, scope)


WHICH = (
    "which {e}{w}?",
    "which {e} are there{w}?",
    "list the {e}{w}.",
    "show all {e}{w}.",
    "what are the {e}{w}?",
    "{e}{w}, please.",
    "name the {e}{w}.",
    "what are the {e}{w}?",
    "find {e}{w}.",
    "give me the {e}{w}.",
    "what are the {e}{w} called?",
    "name all {e}{w}.",
    "{e}{w}: which ones?",
    "find all {e}{w}.",
    "which {e} do we have{w}?",
    "list every one of the {e}{w}.",
)
"""Questions that name no column and mean the name, of entities {e} that fulfil {w}."""


def which(asker: Asker, entity: Entity, rest: str) -> str:
    """A question that names no column and means the name."""
    if entity.person and asker.random.random() < 0.25 and rest.startswith((" who ", " with", " whose ", " born")):
        return finish(asker.random, f"who are the {entity.many}{rest}?")
    return finish(asker.random, asker.random.choice(WHICH).format(e=entity.many, w=rest))


def order_by(asker: Asker, scope: Scope, entity: Entity, column: Field) -> tuple[str, str]:
    """The words and the SQL of an order, each with a leading space."""
    down = column.kind in ORDERED and asker.random.random() < 0.5
    forms = wording.DESCENDING if down else wording.ASCENDING if column.kind in ORDERED else wording.BY_LETTER
    words = asker.random.choice(forms).format(asker.say(entity, column))
    return f" {words}", f" ORDER BY {scope.col(entity, column)}{' DESC' if down else ''}"


def count_rows(asker: Asker) -> Asked | None:
    """SELECT count(*) [WHERE]."""
    random, entity = asker.random, asker.random.choice(asker.world.entities)
    scope = asker.scope(entity)
    conditions, joiner = asker.filters(entity)
    words, clause = where(scope, entity, conditions, joiner)
    frame = random.choice(
        ("how many {}{} are there?", "how many {}{} do we have?", "count the {}{}.", "count the number of {}{}.",
         "what is the number of {}{}?", "find the number of {}{}.", "the total number of {}{}", "how many {}{}?",
         "return the count of {}{}.", "what is the count of all {}{}?", "how many {}{} are in the database?",
         "how many {}{} do we have on the list?", "how many {}{} are on record?", "{}{}: how many are there?")
    )  # fmt: skip
    return finished(
        finish(random, frame.format(entity.many, words)), f"SELECT count(*) {scope.source()}{clause}", scope
    )


def count_values(asker: Asker) -> Asked | None:
    """SELECT count(DISTINCT column)."""
    entity = asker.entity()
    column = asker.pick(entity) if entity else None
    if entity is None or column is None:
        return None
    scope = asker.scope(entity)
    words, clause = where(scope, entity, asker.filters(entity, 1)[0] if asker.random.random() < 0.3 else [])
    frame = asker.random.choice(
        ("how many different {f} do {e}{w} have?", "count the distinct {f} of {e}{w}.",
              "how many distinct {f} are there among {e}{w}?",
         "what is the number of unique {f} of {e}{w}?", "count the number of different {f} for {e}{w}.")
    )  # fmt: skip
    question = finish(asker.random, frame.format(f=asker.say(entity, column), e=entity.many, w=words))
    return finished(question, f"SELECT count(DISTINCT {scope.col(entity, column)}) {scope.source()}{clause}", scope)


def aggregate(random: Random) -> tuple[str, str]:
    """How a question says an aggregate, and the SQL function."""
    forms = {"avg": wording.MEAN, "sum": wording.TOTAL, "max": wording.HIGHEST[:5], "min": wording.LOWEST[:4]}
    name = random.choice(list(forms))
    return random.choice(forms[name]), name


def aggregate_column(asker: Asker) -> Asked | None:
    """SELECT avg(column)[, max(column)] [WHERE]."""
    entity = asker.entity()
    column = asker.pick(entity, *NUMBERS) if entity else None
    if entity is None or column is None:
        return None
    scope = asker.scope(entity)
    words, clause = where(scope, entity, *asker.filters(entity, 1))
    forms = dict(aggregate(asker.random) for _ in range(asker.random.choice((1, 1, 1, 2, 3))))
    functions = dict.fromkeys(forms.values())
    said = join_words([next(word for word, name in forms.items() if name == function) for function in functions])
    of = asker.random.choice((" of {}", " of all {}", " for {}", " across all {}", " among {}", " of the {}"))
    question = ask_for(asker.random, f"{said} {asker.say(entity, column)}", of.format(entity.many) + words)
    chosen = ", ".join(f"{function}({scope.col(entity, column)})" for function in functions)
    return finished(question, f"SELECT {chosen} {scope.source()}{clause}", scope)


def superlative_words(asker: Asker, column: Field, *, down: bool) -> str:
    """highest, latest and so on."""
    is_time = column.kind in (Kind.year, Kind.date)
    ups, downs = (wording.LATEST, wording.EARLIEST) if is_time else (wording.HIGHEST, wording.LOWEST)
    return asker.random.choice(ups if down else downs)


def superlative(asker: Asker) -> Asked | None:
    """ORDER BY column DESC LIMIT n."""
    random, entity = asker.random, asker.entity()
    column = asker.pick(entity, *ORDERED) if entity else None
    if entity is None or column is None:
        return None
    scope, label, down = asker.scope(entity), asker.named(entity), random.random() < 0.6
    columns = label or asker.some(entity, 2)
    top = random.choice((1, 1, 1, 1, 2, 3, 5, 10))
    words, clause = where(scope, entity, asker.filters(entity, 1)[0] if random.random() < 0.25 else [])
    noun = most_words(asker, entity, column, words, top=top, down=down)
    chosen = [scope.col(entity, c) for c in columns]
    question = ask_for(random, asker.say_all(entity, columns), f" of the {noun}", rows=True)
    if label:
        frame = random.choice(
            (
                "which is the {n}?",
                f"{'who' if entity.person else 'what'} is the {{n}}?",
                "name the {n}.",
                "find the {n}.",
            )
        )
        question = finish(random, frame.format(n=noun))
    order = f" ORDER BY {scope.col(entity, column)}{' DESC' if down else ''} LIMIT {top}"
    return finished(question, f"SELECT {', '.join(chosen)} {scope.source()}{clause}{order}", scope)


def most_words(asker: Asker, entity: Entity, column: Field, words: str, *, top: int, down: bool) -> str:
    """oldest singer, 3 cheapest books, shop with the highest turnover."""
    random = asker.random
    noun = entity.one if top == 1 else entity.many
    number = "" if top == 1 else f"{random.choice(('', 'top '))}{wording.say_number(random, top)} "
    if column.words[-1] in EXTREME and random.random() < 0.6:
        adjective = random.choice(EXTREME[column.words[-1]][not down])
        return f"{number}{adjective} {noun}{words}"
    best = f"the {superlative_words(asker, column, down=down)} {asker.say(entity, column)}"
    return f"{number}{noun}{words} {random.choice(('with', 'that has' if top == 1 else 'that have', 'having'))} {best}"
