"""The cache of rows that are decoded: several passes as one, which grows in place."""

import pytest
import torch
from torch import Tensor
from transformers import DynamicCache, MistralConfig

from oraclecoder.model.row_cache import ROOM, RoomyLayer, joined

SHAPE = {"vocab_size": 24, "hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1}


def cached(rows: int, tokens: int, window: int | None = None) -> DynamicCache:
    """Keys of one head and width two; row r and token t hold 100 r + t, the values their negative."""
    cache = DynamicCache(config=MistralConfig(**SHAPE, sliding_window=window))
    for layer in range(2):
        cache.update(*drawn(rows, tokens), layer)
    return cache


def drawn(rows: int, tokens: int) -> tuple[Tensor, Tensor]:
    keys = torch.arange(rows)[:, None] * 100.0 + torch.arange(tokens)
    return keys[:, None, :, None].expand(-1, 1, -1, 2), -keys[:, None, :, None].expand(-1, 1, -1, 2)


def test_passes_are_joined_row_by_row_and_end_together():
    cache = joined([cached(2, 5), cached(1, 3)], torch.tensor([2, 0, 1]))
    for layer in cache.layers:
        assert layer.keys[:, 0, :, 0].tolist() == [[0, 0, 0, 1, 2], [0, 1, 2, 3, 4], [100, 101, 102, 103, 104]]
        assert torch.equal(layer.values, -layer.keys)


def test_a_joined_cache_grows_as_a_plain_one_whatever_rows_are_kept():
    plain, roomy = cached(4, 5), joined([cached(4, 5)], torch.arange(4))
    assert isinstance(roomy.layers[0], RoomyLayer)
    for step in range(2 * ROOM + 3):
        new = torch.randn(len(plain.layers[0].keys), 1, 1, 2), torch.randn(len(plain.layers[0].keys), 1, 1, 2)
        for layer in range(2):
            for expected, found in zip(plain.update(*new, layer), roomy.update(*new, layer), strict=True):
                assert torch.equal(expected, found)
        if step in (0, 7, ROOM):
            kept = torch.tensor([2, 0, 0] if step == 0 else [1, 0])
            plain.batch_select_indices(kept)
            roomy.batch_select_indices(kept)
    assert roomy.get_seq_length() == plain.get_seq_length() == 5 + 2 * ROOM + 3


def test_a_token_copies_nothing_of_what_was_read_before():
    cache = joined([cached(4, 5)], torch.arange(4))
    cache.update(*drawn(4, 1), 0)
    place = cache.layers[0].keys.data_ptr()
    for _ in range(ROOM):
        cache.update(*drawn(4, 1), 0)
    assert cache.layers[0].keys.data_ptr() == place
    cache.update(*drawn(4, 1), 0)
    assert cache.layers[0].keys.data_ptr() != place


def test_rows_that_go_on_keep_their_room():
    cache = joined([cached(4, 5)], torch.arange(4))
    cache.update(*drawn(4, 1), 0)
    cache.layers[0].batch_select_indices(torch.tensor([3, 1]))
    place = cache.layers[0].keys.data_ptr()
    for _ in range(ROOM):
        cache.update(*drawn(2, 1), 0)
    assert cache.layers[0].keys.data_ptr() == place
    assert cache.layers[0].keys[:, 0, :7, 0].tolist() == [
        [300, 301, 302, 303, 304, 300, 0],
        [100, 101, 102, 103, 104, 100, 100],
    ]


@pytest.mark.parametrize("short", [2, 3, 6])
def test_layers_that_look_back_over_a_window_know_how_far_their_rows_have_read(short):
    cache = joined([cached(1, 7, window=4), cached(1, short, window=4)], torch.tensor([1, 0]))
    assert cache.get_seq_length() == 7
    seen = min(short, 3)
    assert cache.layers[0].keys[:, 0, :, 0].tolist() == [[0] * (3 - seen) + list(range(short - seen, short)), [4, 5, 6]]
    keys, _ = cache.update(*drawn(2, 1), 0)
    assert keys.shape[2] == 4
    assert cache.get_seq_length() == 8
