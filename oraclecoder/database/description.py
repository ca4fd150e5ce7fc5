"""Column descriptions as BIRD ships them: one CSV file per table, in whatever encoding its author used."""

import csv
import io
from pathlib import Path

Descriptions = dict[str, dict[str, str]]
"""Lower-case table name -> lower-case column name -> description."""


def read_descriptions(folder: Path) -> Descriptions:
    """What the files of a `database_description` folder say; empty if there is no such folder."""
    if not folder.is_dir():
        return {}
    return {path.stem.lower(): _read_table(path) for path in sorted(folder.glob("*.csv"))}


def _read_table(path: Path) -> dict[str, str]:
    rows = csv.DictReader(io.StringIO(_decode(path.read_bytes()), newline=""))
    described = {}
    for row in rows:
        cells = {(name or "").strip(): " ".join(cell.split()) for name, cell in row.items() if isinstance(cell, str)}
        name = cells.get("original_column_name", "").strip()
        if name:
            described[name.lower()] = _describe(name, cells)
    return described


def _decode(raw: bytes) -> str:
    """UTF-8 with or without a byte-order mark, else Latin-1, which every byte string is."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _describe(name: str, cells: dict[str, str]) -> str:
    """The column's meaning, then what its values mean; nothing that only repeats the column's name."""
    meaning = cells.get("column_description", "") or cells.get("column_name", "")
    if _letters(meaning) == _letters(name):
        meaning = ""
    values = cells.get("value_description", "").replace("commonsense evidence:", "").strip()
    return "; ".join(part for part in (meaning, values) if part)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())
