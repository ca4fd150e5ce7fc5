"""Questions with their gold queries and databases: read, split, and told apart by a fingerprint."""

from oraclecoder.dataset.load import (
    Dataset,
    Questions,
    database_paths,
    evaluation_databases,
    load_dataset,
    load_evaluation,
    load_split,
)

__all__ = [
    "Dataset",
    "Questions",
    "database_paths",
    "evaluation_databases",
    "load_dataset",
    "load_evaluation",
    "load_split",
]
