"""A tokenizer whose words are numbers, questions in them, and the names of a committee's adapters."""

import torch

from oraclecoder.model.tokens import Tokens

NAMES = ["first", "second", "third"]


class Letters:
    """A tokenizer of numbers: decoding joins the ids with dots."""

    eos_token_id = 1
    pad_token_id = 0
    all_special_ids = (0, 1)

    def decode(self, ids, skip_special_tokens):
        return ".".join(map(str, ids))


def questions() -> list[Tokens]:
    chance = torch.Generator().manual_seed(3)

    def draw(length: int) -> tuple[int, ...]:
        return tuple(torch.randint(2, 24, (length,), generator=chance).tolist())

    prefixes = [draw(9), draw(15), draw(4)]
    return [Tokens(str(n), prefixes[n % 3], draw(2 + n % 5), ()) for n in range(14)]


def ragged_examples() -> list[Tokens]:
    """Nine over two prefixes of different length; questions of 2 to 6 and answers of 1 to 7 tokens."""
    chance = torch.Generator().manual_seed(3)

    def draw(length: int) -> tuple[int, ...]:
        return tuple(torch.randint(1, 64, (length,), generator=chance).tolist())

    prefixes = [draw(11), draw(19)]
    return [Tokens(str(n), prefixes[n % 2], draw(2 + n % 5), draw(1 + n % 7)) for n in range(9)]
