"""Write oraclecoder/dataset/elsewhere.bin and elsewhere_schemas.bin.

python experiments/nano/elsewhere.py FOLDER (of spider/ and bird/)
"""

import sys
from itertools import chain
from pathlib import Path

from oraclecoder.database.schema import read_schema
from oraclecoder.dataset import demo
from oraclecoder.dataset.elsewhere import FILE, SCHEMAS_FILE, counts, hash_text, pack_schemas
from oraclecoder.records import read_json

NAMES = ("spider/train_spider.json", "spider/train_others.json", "spider/dev.json", "bird/dev.json")

rows = [row for name in NAMES for row in read_json(Path(sys.argv[1]) / name)]
texts = [text for row in rows for text in (row["question"], str(row.get("query") or row.get("SQL")))]
examples = [example for split in demo.SPLITS for example in demo.read_questions(split)]
texts += [text for example in examples for text in (example.question, example.gold_sql)]
hashes = sorted({hash_text(text) for text in texts if counts(text)})
FILE.write_bytes(b"".join(hashes))
print(f"{len(hashes):,} hashes of {len(texts):,} texts, {FILE.stat().st_size:,} bytes")

tables = chain.from_iterable(
    read_json(Path(sys.argv[1]) / name) for name in ("spider/tables.json", "bird/dev_tables.json")
)
schemas = [
    {(t["table_names_original"][number], column) for number, column in t["column_names_original"] if number >= 0}
    for t in tables
]
built = [read_schema(path, 0) for path in demo.build_databases().values()]
schemas += [{(table.name, column.name) for table in schema.tables for column in table.columns} for schema in built]
SCHEMAS_FILE.write_bytes(pack_schemas(schemas))
print(f"{len(schemas)} schemas, {SCHEMAS_FILE.stat().st_size:,} bytes")
