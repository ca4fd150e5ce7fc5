"""Write oraclecoder/dataset/elsewhere.bin and elsewhere_schemas.bin.

python -m experiments.nano.elsewhere FOLDER (of spider/ and bird/)
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from oraclecoder.database.schema import Schema, read_schema
from oraclecoder.dataset import demo
from oraclecoder.dataset.elsewhere import FILE, SCHEMAS_FILE, Pairs, counts, hash_text, pack_schemas
from oraclecoder.records import Example, read_json

QUESTIONS = (
    "spider/train_spider.json", "spider/train_others.json", "spider/dev.json",
    "bird/dev.json", "bird/mini_dev_sqlite.json", "bird/mini_train_1000.json",
)  # fmt: skip
TABLES = ("spider/tables.json", "bird/dev_tables.json")
MEANINGS = "bird/train_column_meaning.json"
"""What each column of BIRD's training databases means, by `database|table|column`; their schemas lie nowhere else."""


def real_texts(folder: Path) -> list[str]:
    """Questions and queries of Spider and BIRD."""
    rows = [row for name in QUESTIONS for row in read_json(folder / name)]
    return [text for row in rows for text in (row["question"], str(row.get("query") or row.get("SQL")))]


def real_schemas(folder: Path) -> list[Pairs]:
    """(table, column) pairs of each database of Spider and BIRD."""
    found: list[Pairs] = [
        {(t["table_names_original"][number], column) for number, column in t["column_names_original"] if number >= 0}
        for name in TABLES
        for t in read_json(folder / name)
    ]
    trained: dict[str, set[tuple[str, str]]] = {}
    for key in read_json(folder / MEANINGS):
        database, table, column = key.split("|")
        trained.setdefault(database, set()).add((table, column))
    return [*found, *trained.values()]


def texts_of(examples: Iterable[Example]) -> list[str]:
    """Questions and queries of the demo."""
    return [text for example in examples for text in (example.question, example.gold_sql)]


def pairs_of(schema: Schema) -> Pairs:
    """The (table, column) pairs of a schema."""
    return {(table.name, column.name) for table in schema.tables for column in table.columns}


def main(folder: Path) -> None:
    """Write both files and say what is in them."""
    texts = real_texts(folder) + texts_of(example for split in demo.SPLITS for example in demo.read_questions(split))
    hashes = sorted({hash_text(text) for text in texts if counts(text)})
    FILE.write_bytes(b"".join(hashes))
    print(f"{len(hashes):,} hashes of {len(texts):,} texts, {FILE.stat().st_size:,} bytes")
    schemas = real_schemas(folder) + [pairs_of(read_schema(path, 0)) for path in demo.build_databases().values()]
    SCHEMAS_FILE.write_bytes(pack_schemas(schemas))
    print(f"{len(schemas)} schemas, {SCHEMAS_FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
