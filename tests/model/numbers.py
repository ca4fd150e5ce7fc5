"""A tokenizer whose words are numbers, questions in them, and the names of a committee's adapters."""

import torch

from oraclecoder.model.tokens import Tokens

NAMES = ["first", "second", "third"]


class Letters:
    """A tokenizer of numbers: decoding joins the ids with dots."""

    eos_token_id = 1
    pad_token_id = 0

    def decode(self, ids, skip_special_tokens):
        return ".".join(map(str, ids))


def questions() -> list[Tokens]:
    chance = torch.Generator().manual_seed(3)

    def draw(length: int) -> tuple[int, ...]:
        return tuple(torch.randint(2, 24, (length,), generator=chance).tolist())

    prefixes = [draw(9), draw(15), draw(4)]
    return [Tokens(str(n), prefixes[n % 3], draw(2 + n % 5), ()) for n in range(14)]
