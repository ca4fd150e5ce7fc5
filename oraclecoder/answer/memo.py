"""Answers that were given already, found by what was asked: the same question is never decoded twice."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from oraclecoder.config import AnswerConfig
from oraclecoder.fingerprint import digest_value
from oraclecoder.model.decode import Completion, Decoding
from oraclecoder.records import Prompt, read_json_lines, write_json_lines

FILE = "answers.jsonl"
BATCHING = ("max_rows", "max_batch_tokens")
ANSWER_VERSION = 2
"""To be raised when decoding or a grammar comes to other answers, so that old ones are not taken for new."""


class Memo:
    """The completions of one adapter (or of several that answer together) by prompt and decoding."""

    def __init__(self) -> None:
        self._known: dict[str, list[Completion]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def get(self, prompt: Prompt, decoding: Decoding, answer: AnswerConfig) -> list[Completion] | None:
        """What was answered to this prompt, if it was asked."""
        return self._known.get(_key(prompt, decoding, answer))

    def put(self, prompt: Prompt, decoding: Decoding, answer: AnswerConfig, found: Sequence[Completion]) -> None:
        """Remember the samples that were answered to a prompt."""
        self._known[_key(prompt, decoding, answer)] = list(found)

    def update(self, other: "Memo") -> None:
        """Remember what another memo of the same panel knows."""
        self._known.update(other._known)

    def write(self, path: Path) -> None:
        """One line a prompt; `read` gives it back."""
        write_json_lines(path, [{"key": key, "found": [asdict(one) for one in found]} for key, found in self._items()])

    def _items(self) -> list[tuple[str, list[Completion]]]:
        return sorted(self._known.items())

    @classmethod
    def read(cls, path: Path) -> "Memo":
        """What `write` wrote; nothing if the file is not there."""
        memo = cls()
        if path.is_file():
            for row in read_json_lines(path):
                memo._known[row["key"]] = [Completion(**one) for one in row["found"]]
        return memo


def _key(prompt: Prompt, decoding: Decoding, answer: AnswerConfig) -> str:
    """What decides an answer beside the weights; how rows were batched does not."""
    settings = {name: value for name, value in asdict(decoding).items() if name not in BATCHING}
    return digest_value([ANSWER_VERSION, prompt.prefix, prompt.question, settings, answer.constrained])
