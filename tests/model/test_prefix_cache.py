"""Prefixes that were read are kept within their bytes, and never served to other weights."""

import torch

from oraclecoder.model.prefix_cache import PrefixCache, PrefixReader, Wanted
from tests.model.numbers import NAMES

SIZE = 2 * 4 * 10
"""Bytes of keys and values of ten numbers each."""


def states(value: int) -> list[tuple[torch.Tensor, torch.Tensor]]:
    return [(torch.full((1, 5, 2), float(value)), torch.full((1, 5, 2), float(value)))]


def test_the_longest_unused_prefixes_go_when_there_is_no_room():
    cache = PrefixCache(3 * SIZE)
    for number in range(3):
        cache.put(("a", (number,)), states(number))
    assert (len(cache), cache.num_bytes) == (3, 3 * SIZE)
    assert cache.get(("a", (0,)))[0][0][0, 0, 0] == 0
    cache.put(("a", (3,)), states(3))
    assert [cache.get(("a", (number,))) is not None for number in range(4)] == [True, False, True, True]
    assert (len(cache), cache.num_bytes) == (3, 3 * SIZE)


def test_what_is_larger_than_all_room_drops_nothing():
    cache = PrefixCache(SIZE)
    cache.put(("a", (1,)), states(1))
    cache.put(("a", (2,)), [*states(2), *states(2)])
    assert cache.get(("a", (1,))) is not None
    assert cache.get(("a", (2,))) is None


def test_a_prefix_is_read_again_by_other_weights_and_by_those_that_were_changed(committee):
    cache, wanted = PrefixCache(10**6), [Wanted(name, (5, 6, 7)) for name in NAMES]
    first = PrefixReader(committee, cache, pad_id=0).read(wanted)
    assert (cache.misses, cache.hits) == (3, 0)
    again = PrefixReader(committee, cache, pad_id=0).read(wanted)
    assert (cache.misses, cache.hits) == (3, 3)
    assert all(torch.equal(one[-1][1], two[-1][1]) for one, two in zip(first, again, strict=True))

    weight = next(part for name, part in committee.named_parameters() if f"lora_B.{NAMES[1]}" in name)
    before = weight.detach().clone()
    with torch.no_grad():
        weight.mul_(2.0)
    changed = PrefixReader(committee, cache, pad_id=0).read(wanted)
    assert (cache.misses, cache.hits) == (4, 5)
    assert [torch.equal(one[-1][1], two[-1][1]) for one, two in zip(first, changed, strict=True)] == [True, False, True]
    with torch.no_grad():
        weight.copy_(before)
