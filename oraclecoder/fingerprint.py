"""What a thing is, as a short hash: files by their bytes, values by their canonical JSON."""

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

LENGTH = 16


def digest_value(value: Any) -> str:
    """Hash of a JSON-like value, independent of the order of keys."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


@lru_cache(maxsize=4096)
def _digest_unchanged(path: str, size: int, modified: int) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_file(path: Path) -> str:
    """Hash of a file's bytes (whole sha256); read again only when its size or time changed."""
    status = path.stat()
    return _digest_unchanged(str(path), status.st_size, status.st_mtime_ns)


def digest_files(paths: Iterable[Path]) -> str:
    """Hash of several files' names and bytes, whatever their order and folder."""
    return digest_value(sorted((path.name, digest_file(path)) for path in paths))
