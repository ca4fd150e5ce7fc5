"""The hash of a database's bytes, remembered on disk for large files, as BIRD's take a minute to read."""

from pathlib import Path

from oraclecoder.cache import cache_folder
from oraclecoder.fingerprint import digest_file, digest_value
from oraclecoder.records import write_text

LARGE = 1 << 26


def digest_database(path: Path) -> str:
    """SHA-256 of the file; for files above 64 MiB remembered by path, size and time of change."""
    status = path.stat()
    if status.st_size <= LARGE:
        return digest_file(path)
    key = digest_value([str(path.resolve()), status.st_size, status.st_mtime_ns])
    note = cache_folder() / "digests" / key
    if note.exists():
        return note.read_text(encoding="utf-8")
    digest = digest_file(path)
    write_text(note, digest)
    return digest
