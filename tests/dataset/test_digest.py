"""Hashes of large databases are remembered."""

from pathlib import Path

import pytest

from oraclecoder.dataset import digest


def test_a_large_file_is_read_once_and_again_only_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLECODER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(digest, "LARGE", 3)
    path = tmp_path / "large.sqlite"
    path.write_bytes(b"four")
    first = digest.digest_database(path)
    monkeypatch.setattr(digest, "digest_file", lambda path: "read again")
    assert digest.digest_database(path) == first
    path.write_bytes(b"fives")
    assert digest.digest_database(path) == "read again"
