"""Questions, queries and schemas of Spider, BIRD and the demo, as hashes: the invented corpus may have none of them."""

from collections import Counter, defaultdict
from collections.abc import Collection
from functools import cache
from hashlib import blake2b
from pathlib import Path

FILE = Path(__file__).parent / "elsewhere.bin"
SCHEMAS_FILE = Path(__file__).parent / "elsewhere_schemas.bin"
SIZE = 5
"""Bytes of a hash: among a million invented texts, less than one is taken for one of the data sets by mistake."""
MOST_SHARED = 0.4
"""From this share of its (table, column) pairs on, an invented schema or a real one counts as the other one."""
SHORTEST = 7
"""Words of the shortest text that counts; "How many books are there?" is what anyone asks."""

Pairs = Collection[tuple[str, str]]


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


def pack_schemas(schemas: Collection[Pairs]) -> bytes:
    """The (table, column) pairs of schemas as hashes, each schema after their number in two bytes."""
    packed = [sorted({hash_text(" ".join(pair)) for pair in pairs}) for pairs in schemas]
    return b"".join(len(hashes).to_bytes(2, "big") + b"".join(hashes) for hashes in packed)


@cache
def _known_schemas() -> tuple[list[int], dict[bytes, list[int]]]:
    """How many pairs each schema of elsewhere_schemas.bin has, and which schemas have a pair."""
    data, place = SCHEMAS_FILE.read_bytes(), 0
    sizes: list[int] = []
    having: dict[bytes, list[int]] = defaultdict(list)
    while place < len(data):
        size, start = int.from_bytes(data[place : place + 2], "big"), place + 2
        place = start + size * SIZE
        for i in range(start, place, SIZE):
            having[data[i : i + SIZE]].append(len(sizes))
        sizes.append(size)
    return sizes, dict(having)


def is_known_schema(pairs: Pairs) -> bool:
    """Whether a schema shares two fifths of its (table, column) pairs, or of theirs, with one of the data sets."""
    sizes, having = _known_schemas()
    hashes = {hash_text(" ".join(pair)) for pair in pairs}
    shared = Counter(number for found in hashes for number in having.get(found, ()))
    return any(count >= MOST_SHARED * min(len(hashes), sizes[number]) for number, count in shared.items())
