"""Read predictions of any form: a line per question, our JSON lines, or BIRD's JSON keyed by row number."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from oraclecoder.errors import DataError
from oraclecoder.records import Example

BIRD_SEPARATOR = "\t----- bird -----\t"
OWN_ID = re.compile(r"(spider|bird|demo)-\w+-\d+")
"""What we call questions; ids of others mean nothing where a row number is given."""


@dataclass(frozen=True)
class Predicted:
    """The SQL that was given for one example; empty if nothing was."""

    example: Example
    sql: str


def read_predictions(
    path: Path, examples: Sequence[Example], *, limit: int | None = None, tab_ends: bool = False
) -> list[Predicted]:
    """The predictions of a file, joined to the examples that they answer.

    Lines of text answer the examples in order, a blank line with nothing. JSON answers the rows that it names: a row
    number is `Example.index`, so it may hold fewer rows than there are examples. `limit` keeps the first examples. With
    `tab_ends` a line of text ends at its first tab, as Spider's script has it; JSON keeps it.

    Raises:
        DataError: the file is missing, malformed, names a row or database that does not fit, or has the wrong number
            of lines.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}); give predictions=FILE") from None
    if text.lstrip()[:1] in ("{", "["):
        return join_rows(path, json_rows(path, text), examples, limit)
    found = join_lines(path, text.removesuffix("\n").split("\n"), examples, limit)
    return [replace(one, sql=one.sql.split("\t")[0]) for one in found] if tab_ends else found


def join_lines(path: Path, lines: list[str], examples: Sequence[Example], limit: int | None) -> list[Predicted]:
    """Line by line."""
    wanted = examples[:limit]
    while len(lines) > len(wanted) and not lines[-1].strip():
        lines.pop()
    if len(lines) < len(wanted) or (limit is None and len(lines) > len(wanted)):
        raise DataError(
            f"{path} has {len(lines)} predictions for {len(wanted)} questions; give one line per question, "
            f"or set dataset.limit={len(lines)} if it answers the first ones only"
        )
    known = {example.database.lower() for example in examples}
    return [
        Predicted(example, read_sql(line, example, known, f"{path} line {number}"))
        for number, (line, example) in enumerate(zip(lines, wanted, strict=False), 1)
    ]


def read_sql(text: str, example: Example, known: set[str], place: str) -> str:
    """The SQL without the name of a database behind a tab, which has to be that of the example."""
    sql, separator, database = text.rpartition(BIRD_SEPARATOR if BIRD_SEPARATOR in text else "\t")
    database = database.strip().lower()
    if not separator or (separator == "\t" and database not in known):
        return text.strip()
    if database != example.database.lower():
        raise DataError(
            f"{place} is for database {database}, but question {example.index} is about {example.database}; "
            "give the predictions in the order of the question file, or name another with dataset.split"
        )
    return sql.strip()


@dataclass(frozen=True)
class Row:
    """One entry of a JSON file: where it stands, its row number or id, its SQL, and what else it says it answers."""

    place: str
    key: Any
    sql: Any
    names: Mapping[str, str] = field(default_factory=dict)


def json_rows(path: Path, text: str) -> list[Row]:
    """Every entry, from one JSON document or from one object per line."""
    try:
        documents = [json.loads(text)]
    except json.JSONDecodeError:
        documents = [read_line(path, number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(documents) == 1 and isinstance(documents[0], dict) and not {"sql", "index", "id"} & documents[0].keys():
        return [Row(f"{path} key {key}", row_number(key), sql) for key, sql in documents[0].items()]
    if len(documents) == 1 and isinstance(documents[0], list):
        documents = documents[0]
    return [object_row(f"{path} entry {number}", entry) for number, entry in enumerate(documents, 1)]


def read_line(path: Path, number: int, line: str) -> Any:
    """One line of JSON lines."""
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise DataError(f"{path} line {number} is not valid JSON ({error}); mend or remove it") from None


def row_number(key: str) -> int | str:
    """A key of BIRD's form: a row number if it is one."""
    return int(key) if key.isdecimal() else key


def object_row(place: str, entry: Any) -> Row:
    """One object of ours."""
    if not isinstance(entry, dict) or "sql" not in entry or not ("index" in entry or "id" in entry):
        raise DataError(f"{place} is not an object with sql and index or id; write one such object per line")
    names = {name: str(entry[name]) for name in ("id", "database") if name in entry}
    if not OWN_ID.fullmatch(names.get("id", "")):
        names.pop("id", None)
    return Row(place, row_number(str(entry["index"])) if "index" in entry else str(entry["id"]), entry["sql"], names)


def check_names(row: Row, example: Example) -> None:
    """Refuse an entry that names another question or database than that at its row number.

    Raises:
        DataError: names both.
    """
    for name, own in (("id", example.id), ("database", example.database)):
        if row.names.get(name, own).lower() != own.lower():
            raise DataError(
                f"{row.place} has {name} {row.names[name]}, but question {example.index} has {own}; give the "
                "predictions of this split, or name another with dataset.split"
            )


def join_rows(path: Path, rows: Iterable[Row], examples: Sequence[Example], limit: int | None) -> list[Predicted]:
    """By row number or id, in the order of the examples."""
    known = {example.database.lower() for example in examples}
    places: dict[int | str, int] = {example.id: place for place, example in enumerate(examples)}
    places |= {example.index: place for place, example in enumerate(examples)}
    found: dict[int, Predicted] = {}
    for row in rows:
        place = places.get(row.key) if isinstance(row.key, int | str) else None
        if place is None:
            raise DataError(
                f"{row.place} answers question {row.key!r}, which the {len(examples)} questions lack; check the split"
            )
        if place in found:
            raise DataError(f"{row.place} answers question {row.key!r} a second time; keep one answer")
        check_names(row, examples[place])
        # Whatever is no text is no answer, as in the official script.
        text = row.sql if isinstance(row.sql, str) else ""
        found[place] = Predicted(examples[place], read_sql(text, examples[place], known, row.place))
    return [found[place] for place in sorted(found) if limit is None or place < limit]
