"""The counts of the demo's data card: python experiments/demo/data_card.py."""

import re
from collections import Counter

from oraclecoder.database.schema import read_schema
from oraclecoder.dataset import demo
from oraclecoder.judge.exact_match import exact_match
from oraclecoder.judge.spider_sql import read_spider_schema

FEATURES = {
    "JOIN": r"\bjoin\b",
    "GROUP BY": r"\bgroup by\b",
    "HAVING": r"\bhaving\b",
    "ORDER BY": r"\border by\b",
    "LIMIT": r"\blimit\b",
    "DISTINCT": r"\bdistinct\b",
    "aggregate": r"\b(count|sum|avg|min|max)\(",
    "sub-query": r"\(\s*select\b",
    "set operation": r"\b(union|intersect|except)\b",
    "LIKE": r"\blike\b",
    "BETWEEN": r"\bbetween\b",
    "OR": r"\bor\b",
    "IS NULL": r"\bis (not )?null\b",
}
LEVELS = ("easy", "medium", "hard", "extra")


def main() -> None:
    """Print the table of splits and the table of SQL features in Markdown."""
    paths = demo.build_databases()
    print("| split | databases | questions | queries | easy | medium | hard | extra | ungraded | words |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    features = {}
    for split in ("train", "test"):
        examples = demo.read_questions(split)
        schemas = {name: read_spider_schema(paths[name]) for name in {e.database for e in examples}}
        hardness = Counter(exact_match(e.gold_sql, e.gold_sql, schemas[e.database]).hardness for e in examples)
        words = {word for e in examples for word in re.findall(r"[a-z]+", e.question.lower())}
        graded = [hardness[level] for level in (*LEVELS, None)]
        cells = [len(schemas), len(examples), len({e.gold_sql for e in examples}), *graded, len(words)]
        print(f"| {split} | {' | '.join(map(str, cells))} |")
        features[split] = {
            name: sum(bool(re.search(pattern, e.gold_sql.lower())) for e in examples) / len(examples)
            for name, pattern in FEATURES.items()
        }
    print("\n| SQL feature | train | test |\n|---|---|---|")
    for name in FEATURES:
        print(f"| {name} | {100 * features['train'][name]:.1f} % | {100 * features['test'][name]:.1f} % |")
    tables = [len(read_schema(path).tables) for path in paths.values()]
    print(f"\n{len(paths)} databases of {min(tables)} to {max(tables)} tables.")


if __name__ == "__main__":
    main()
