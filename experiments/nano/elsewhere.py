"""Write oraclecoder/dataset/elsewhere.bin: python experiments/nano/elsewhere.py FOLDER (of spider/ and bird/)."""

import sys
from pathlib import Path

from oraclecoder.dataset import demo
from oraclecoder.dataset.elsewhere import FILE, counts, hash_text
from oraclecoder.records import read_json

NAMES = ("spider/train_spider.json", "spider/train_others.json", "spider/dev.json", "bird/dev.json")

rows = [row for name in NAMES for row in read_json(Path(sys.argv[1]) / name)]
texts = [text for row in rows for text in (row["question"], str(row.get("query") or row.get("SQL")))]
examples = [example for split in demo.SPLITS for example in demo.read_questions(split)]
texts += [text for example in examples for text in (example.question, example.gold_sql)]
hashes = sorted({hash_text(text) for text in texts if counts(text)})
FILE.write_bytes(b"".join(hashes))
print(f"{len(hashes):,} hashes of {len(texts):,} texts, {FILE.stat().st_size:,} bytes")
