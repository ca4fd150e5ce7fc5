"""Constrained decoding: of the likeliest tokens, the first that an answer can go on with (PICARD, arXiv 2109.05093)."""

import re
from functools import cache
from string import ascii_uppercase

from torch import Tensor
from transformers import PreTrainedTokenizerBase

from oraclecoder.model.nano_tokenizer import CAPITAL
from oraclecoder.task import Grammar

NUM_TRIED = 2048
"""So many of the likeliest tokens may be tried for one place."""
BROKEN = "\ufffd"
"""Stands for a character of which not all bytes are there yet."""
BYTE = re.compile(r"<0x([0-9A-F]{2})>")
LONGEST_LETTER = 4
"""Bytes of a letter at most."""


class Spelling:
    """What tokens say, alone and together."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        self._tokenizer = tokenizer
        self.silent = frozenset(tokenizer.all_special_ids)
        self.following = cache(self._following)
        self.together = cache(lambda *tokens: self.text(list(tokens)))

    def text(self, tokens: list[int]) -> str:
        """The text of a row of tokens."""
        return str(self._tokenizer.decode(tokens, skip_special_tokens=True))

    def after(self, before: list[int], text: str, token: int) -> str:
        """The text of a row of tokens whose own text is known, and one more; only what is in doubt is spelt out."""
        piece = self.following(token)
        if not text or text.endswith(BROKEN) or BROKEN in piece:
            return self.text([*before, token])
        if not text.endswith(CAPITAL) and CAPITAL not in piece:
            return text + piece
        last = self.together(before[-1])
        if not last or not text.endswith(last):
            return self.text([*before, token])
        return text.removesuffix(last) + self.together(before[-1], token)

    def bytes_at_end(self, tokens: list[int]) -> bytes:
        """What the last tokens say that stand for a byte each, as Llama 2 spells letters that it has no token for."""
        found = b""
        for name in reversed(self._tokenizer.convert_ids_to_tokens(tokens[-LONGEST_LETTER:])):
            if not (byte := BYTE.fullmatch(name)):
                break
            found = bytes.fromhex(byte[1]) + found
        return found

    def _following(self, token: int) -> str:
        """What a token adds to one that is whole; nothing where it says nothing."""
        return self.text([token, token])[len(self.text([token])) :]


class Constraint:
    """Keeps one answer within a grammar, and gives up one that nothing can go on with, or that needs it too often."""

    def __init__(self, grammar: Grammar | None, spelling: Spelling, ends: set[int]) -> None:
        self.grammar, self.spelling, self.ends = grammar, spelling, ends
        self.num_corrected = 0
        self.given_up = False
        self._last: tuple[list[int], str] = ([], "")

    def choose(self, before: list[int], scores: Tensor) -> int:
        """The token of the highest score [vocabulary] that may follow the tokens before it."""
        best = int(scores.argmax())
        if self.grammar is None:
            return best
        text = self._last[1] if before == self._last[0] else self.spelling.text(before)
        chosen = best
        if not self._may_follow(self.grammar, before, text, best):
            self.num_corrected += 1
            most = self.grammar.max_corrections
            tried = most is None or self.num_corrected <= most
            found = self._search(self.grammar, before, text, scores) if tried else None
            self.given_up = found is None
            chosen = best if found is None else found
        self._last = [*before, chosen], self.spelling.after(before, text, chosen)
        return chosen

    def _search(self, grammar: Grammar, before: list[int], text: str, scores: Tensor) -> int | None:
        """The likeliest other token that may follow; one whose first character may not is not tried."""
        opens: dict[str, bool] = {"": True, BROKEN: True, CAPITAL: True}
        for token in scores.topk(min(NUM_TRIED, len(scores))).indices.tolist()[1:]:
            letter = self.spelling.following(token)[:1]
            if letter not in opens:
                opens[letter] = text.endswith(CAPITAL) or grammar.begins(text + letter)
            if opens[letter] and self._may_follow(grammar, before, text, token):
                return int(token)
        return None

    def _may_follow(self, grammar: Grammar, before: list[int], text: str, token: int) -> bool:
        if token in self.ends:
            return grammar.ends(text)
        if token in self.spelling.silent:
            return False
        text = self.spelling.after(before, text, token)
        if text.endswith(BROKEN):
            whole, begun = text[:-1], b""
            if whole.endswith(BROKEN):
                whole, begun = text.rstrip(BROKEN), self.spelling.bytes_at_end([*before, token])
                if len(begun) != len(text) - len(whole):
                    return False
            letters = (letter for letter in grammar.letters if letter.encode().startswith(begun))
            return any(grammar.begins(whole + letter) for letter in letters)
        if text.endswith(CAPITAL):  # the nano's mark of a capital, whose letter is the next token
            return any(grammar.begins(text[:-1] + letter) for letter in ascii_uppercase)
        return grammar.begins(text)
