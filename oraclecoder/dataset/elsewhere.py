"""Questions and queries of Spider, BIRD and the demo, as hashes, which the invented corpus must not ask by chance."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

FILE = Path(__file__).parent / "elsewhere.bin"
SIZE = 5
"""Bytes of a hash: among a million invented texts, less than one is taken for one of the data sets by mistake."""
SHORTEST = 7
"""Words of the shortest text that counts; "How many books are there?" is what anyone asks."""


def hash_text(text: str) -> bytes:
    """The hash of a text, in any case and spacing."""
    return blake2b(" ".join(text.lower().split()).encode(), digest_size=SIZE).digest()


def counts(text: str) -> bool:
    """Whether a text is long enough to be somebody's."""
    return len(text.split()) >= SHORTEST


@cache
def known_hashes() -> frozenset[bytes]:
    """The hashes of elsewhere.bin, which experiments/nano/elsewhere.py writes."""
    data = FILE.read_bytes()
    return frozenset(data[i : i + SIZE] for i in range(0, len(data), SIZE))


def is_elsewhere(text: str) -> bool:
    """Whether Spider, BIRD or the demo has this question or query."""
    return counts(text) and hash_text(text) in known_hashes()
