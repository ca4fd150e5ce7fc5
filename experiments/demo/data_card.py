"""The counts of the demo's data card: python experiments/demo/data_card.py."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from oraclecoder.database.schema import read_schema
from oraclecoder.dataset import demo
from oraclecoder.judge.exact_match import exact_match
from oraclecoder.judge.spider_sql import read_spider_schema
from oraclecoder.records import Example

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
TEXT = re.compile(r"'((?:[^']|'')*)'")
DATE = re.compile(r"\d{4}-\d\d-\d\d")


def has_alias(example: Example) -> bool:
    """Whether the query calls a table otherwise than it is named."""
    return " AS " in example.gold_sql


def is_distinct_unsaid(example: Example) -> bool:
    """Whether the query has DISTINCT and the question no word for it."""
    return "DISTINCT" in example.gold_sql and not re.search("different|distinct", example.question.lower())


def compares_unsaid(example: Example) -> bool:
    """Whether the query compares a text, no date, that the question does not have as it stands in the database."""
    texts = [text.replace("''", "'").strip("%").lower() for text in TEXT.findall(example.gold_sql)]
    return any(text not in example.question.lower() and not DATE.fullmatch(text) for text in texts)


EXCEPTIONS: dict[str, Callable[[Example], bool]] = {
    "an alias": has_alias,
    'DISTINCT without "different" or "distinct"': is_distinct_unsaid,
    "a text that the question says otherwise": compares_unsaid,
}


def counts(examples: Sequence[Example]) -> list[int]:
    """Databases, questions, queries, queries with two wordings, questions of each hardness and ungraded, words."""
    paths = demo.build_databases()
    schemas = {name: read_spider_schema(paths[name]) for name in {e.database for e in examples}}
    hardness = Counter(exact_match(e.gold_sql, e.gold_sql, schemas[e.database]).hardness for e in examples)
    queries = Counter((e.database, e.gold_sql) for e in examples)
    words = {word for e in examples for word in re.findall(r"[a-z]+", e.question.lower())}
    graded = [hardness[level] for level in (*LEVELS, None)]
    twice = sum(number > 1 for number in queries.values())
    return [len(schemas), len(examples), len(queries), twice, *graded, len(words)]


def has(feature: str, examples: Sequence[Example]) -> str:
    """The share of queries with this feature, in percent."""
    found = sum(bool(re.search(FEATURES[feature], e.gold_sql.lower())) for e in examples)
    return f"{100 * found / len(examples):.1f} %"


def tables() -> str:
    """The table of splits, that of SQL features and that of exceptions, in Markdown."""
    splits = {split: demo.read_questions(split) for split in demo.SPLITS}
    columns = ("databases", "questions", "queries", "with two wordings", *LEVELS, "ungraded", "words")
    lines = [f"| split | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    lines += [f"| {name} | {' | '.join(map(str, counts(examples)))} |" for name, examples in splits.items()]
    lines += ["", "| SQL feature | train | test |", "|---|---|---|"]
    lines += [f"| {name} | {' | '.join(has(name, own) for own in splits.values())} |" for name in FEATURES]
    lines += ["", "| exception | train | test |", "|---|---|---|"]
    lines += [
        f"| {name} | {' | '.join(str(sum(map(holds, own))) for own in splits.values())} |"
        for name, holds in EXCEPTIONS.items()
    ]
    sizes = [len(read_schema(path).tables) for path in demo.build_databases().values()]
    return "\n".join([*lines, "", f"{len(sizes)} databases of {min(sizes)} to {max(sizes)} tables."])


if __name__ == "__main__":
    print(tables())
