"""Ordinary entities with their usual columns, as entities.txt lists them."""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Template:
    """An ordinary entity: its word, whether it is a person, what people do to it, and columns to choose from.

    `verb` is in the present and in the past ("place", "placed"); each column is its words and the first letter of its
    kind.
    """

    word: str
    person: bool
    verb: tuple[str, ...]
    columns: tuple[tuple[tuple[str, ...], str], ...]


def read_templates() -> tuple[Template, ...]:
    """The entities of entities.txt: `word: columns`, `word *: columns` of a person, `word = do did: columns`."""
    lines = (FOLDER / "entities.txt").read_text(encoding="utf-8").splitlines()
    templates = []
    for head, columns in (line.split(": ") for line in lines):
        word, _, verb = head.partition(" = ")
        pairs = tuple((tuple(c.split()[:-1]), c.split()[-1]) for c in columns.split(", "))
        templates.append(Template(word.removesuffix(" *"), word.endswith(" *"), tuple(verb.split()), pairs))
    return tuple(templates)


TEMPLATES = read_templates()
PERSON_COLUMNS = (
    ("gender", "c"), ("birth date", "d"), ("birth year", "y"), ("age", "i"), ("city", "n"), ("hometown", "n"),
    ("country", "n"), ("email", "n"), ("phone", "n"), ("address", "n"), ("nationality", "n"),
)  # fmt: skip
CATALOGUE_WORDS = frozenset(re.findall(r"[a-z]+", (FOLDER / "entities.txt").read_text(encoding="utf-8")))
