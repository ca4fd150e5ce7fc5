"""Which file to open when a database must neither be locked nor gain side files."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

Signature = tuple[int, int, int]
SIDE_FILES = ("-wal", "-journal")


def signature(path: str) -> Signature | None:
    """Inode, time and size of a file that is there and not empty; None otherwise."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return (status.st_ino, status.st_mtime_ns, status.st_size) if os.path.isfile(path) and status.st_size else None


Stamp = tuple[Signature | None, ...]


def stamp(path: str) -> Stamp:
    """What changes when the contents of a database do: the signatures of its file, its log and its journal."""
    return tuple(signature(path + ending) for ending in ("", *SIDE_FILES))


class Settled:
    """Finds the file that may be opened as immutable: the database itself, or a private copy.

    A database beside which lies a write-ahead log or a hot journal has contents that its own file lacks. It is copied
    to a temporary folder and settled there, so that the original and its folder stay as they are.
    """

    def __init__(self) -> None:
        self.folder: tempfile.TemporaryDirectory[str] | None = None
        self.copies: dict[tuple[str, Stamp], str] = {}

    def path(self, database: Path | str) -> str | None:
        """The file to open; None where there is no database (an empty file is none either)."""
        path = os.path.realpath(database)  # its log lies beside the file, not beside a link to it
        own, *beside = found = stamp(path)
        if own is None:
            return None
        if not any(beside):
            return path
        key = (path, found)
        if key not in self.copies:
            self.copies[key] = self.copy(path)
        return self.copies[key]

    def copy(self, path: str) -> str:
        """A private copy with its log or journal worked in; one beyond that is left for the query to fail on."""
        self.folder = self.folder or tempfile.TemporaryDirectory(prefix="oraclecoder-")
        target = os.path.join(self.folder.name, f"{len(self.copies)}.sqlite")
        for ending in ("", *SIDE_FILES):
            if signature(path + ending):
                shutil.copyfile(path + ending, target + ending)
        try:
            with closing(sqlite3.connect(target)) as connection:
                connection.execute("PRAGMA journal_mode=DELETE").fetchall()
                connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        except sqlite3.DatabaseError:
            return target
        return target

    def close(self) -> None:
        """Remove the copies."""
        if self.folder is not None:
            self.folder.cleanup()
        self.folder, self.copies = None, {}
