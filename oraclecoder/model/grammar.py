"""Constrained decoding: of the likeliest tokens, the first that an answer can go on with (PICARD, arXiv 2109.05093)."""

from string import ascii_uppercase

from torch import Tensor
from transformers import PreTrainedTokenizerBase

from oraclecoder.model.nano_tokenizer import CAPITAL
from oraclecoder.task import Grammar

NUM_TRIED = 2048
"""So many of the likeliest tokens are tried."""
BROKEN = "\ufffd"
"""Stands for a character of which not all bytes are there yet."""


class Constraint:
    """Keeps one answer within a grammar. An answer that none of its likeliest tokens can go on with is let go."""

    def __init__(self, grammar: Grammar | None, tokenizer: PreTrainedTokenizerBase, ends: set[int]) -> None:
        self.grammar, self.tokenizer, self.ends = grammar, tokenizer, ends

    def choose(self, before: list[int], scores: Tensor) -> int:
        """The token of the highest score [vocabulary] that may follow the tokens before it."""
        best = int(scores.argmax())
        if self.grammar is None or self._may_follow(before, best):
            return best
        for token in scores.topk(min(NUM_TRIED, len(scores))).indices.tolist()[1:]:
            if self._may_follow(before, token):
                return token
        self.grammar = None
        return best

    def _may_follow(self, before: list[int], token: int) -> bool:
        assert self.grammar is not None
        if token in self.ends:
            return self.grammar.ends(self._text(before))
        text = self._text([*before, token])
        if text.endswith(BROKEN):
            return any(self.grammar.begins(text[:-1] + letter) for letter in self.grammar.letters)
        if text.endswith(CAPITAL):  # the nano's mark of a capital, whose letter is the next token
            return any(self.grammar.begins(text[:-1] + letter) for letter in ascii_uppercase)
        return self.grammar.begins(text)

    def _text(self, tokens: list[int]) -> str:
        return str(self.tokenizer.decode(tokens, skip_special_tokens=True))
