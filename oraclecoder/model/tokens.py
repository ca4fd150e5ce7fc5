"""Prompts to tokens: prefix, question and answer apart, so that a prefix is the same for all its questions."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transformers import PreTrainedTokenizerBase, PreTrainedTokenizerFast

from oraclecoder.config import PromptFormat
from oraclecoder.errors import ModelError
from oraclecoder.fingerprint import digest_value
from oraclecoder.records import Prompt

if TYPE_CHECKING:
    from datasets import Dataset

Ids = tuple[int, ...]


@dataclass(frozen=True)
class Tokens:
    """One example as token ids; `answer` ends in the end-of-text token, or is empty when asking."""

    example_id: str
    prefix: Ids
    question: Ids
    answer: Ids

    def __len__(self) -> int:
        return len(self.prefix) + len(self.question) + len(self.answer)


def render(prompt: Prompt, tokenizer: PreTrainedTokenizerBase, prompt_format: PromptFormat) -> tuple[str, str, str]:
    """The three texts as the model sees them. In chat format the template is rendered once and split at the prefix.

    Raises:
        ModelError: if the tokenizer has no chat template, or one that changes what the user says.
    """
    if prompt_format is PromptFormat.plain:
        return prompt.prefix, prompt.question, prompt.answer
    name = tokenizer.name_or_path
    if tokenizer.chat_template is None:
        raise ModelError(f"the tokenizer of {name} has no chat template; set model.prompt_format=plain")
    messages = [{"role": "user", "content": prompt.prefix + prompt.question}]
    text = str(tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True))
    start = text.find(prompt.prefix)
    if start < 0:
        raise ModelError(f"the chat template of {name} changes what the user says; set model.prompt_format=plain")
    end = start + len(prompt.prefix)
    return text[:end], text[end:], prompt.answer


def encode(prompt: Prompt, tokenizer: PreTrainedTokenizerBase, prompt_format: PromptFormat) -> Tokens:
    """One prompt as tokens. Special tokens are added to the start of a plain prefix only."""
    prefix, question, answer = render(prompt, tokenizer, prompt_format)
    special = prompt_format is PromptFormat.plain
    start = tokenizer(prefix, add_special_tokens=special)["input_ids"]
    if special and start and start[-1] == tokenizer.eos_token_id:
        start = start[:-1]
    rest = tokenizer(question, add_special_tokens=False)["input_ids"]
    end = [*tokenizer(answer, add_special_tokens=False)["input_ids"], tokenizer.eos_token_id] if answer else []
    return Tokens(prompt.example_id, tuple(start), tuple(rest), tuple(end))


def template_length(tokenizer: PreTrainedTokenizerBase, prompt_format: PromptFormat) -> int:
    """Tokens that the format adds to prefix, question and answer."""
    said, asked = "said", " asked"  # visible, as templates strip what a user says
    spoken = sum(len(tokenizer(text, add_special_tokens=False)["input_ids"]) for text in (said, asked))
    return len(encode(Prompt("", said, asked, ""), tokenizer, prompt_format)) - spoken + 1


def encode_all(
    prompts: Sequence[Prompt], tokenizer: PreTrainedTokenizerBase, prompt_format: PromptFormat, *, cache: Path
) -> "Dataset":
    """All prompts as a `datasets.Dataset` with columns example_id, prefix, question, answer.

    It is made once: the folder below `cache` bears the hash of the prompts, the tokenizer and the format.
    """
    from datasets import Dataset, load_from_disk

    identity = digest_value([[asdict(prompt) for prompt in prompts], _rules(tokenizer), prompt_format.value])
    folder = cache / identity
    if not folder.is_dir():
        rows = [asdict(encode(prompt, tokenizer, prompt_format)) for prompt in prompts]
        _save_whole(Dataset.from_list(rows), folder)
    return load_from_disk(str(folder))


def _rules(tokenizer: PreTrainedTokenizerBase) -> list[Any]:
    """Everything that decides how a text becomes tokens, wherever the tokenizer was loaded from."""
    fast = isinstance(tokenizer, PreTrainedTokenizerFast)
    words = tokenizer.backend_tokenizer.to_str() if fast else [tokenizer.name_or_path, tokenizer.get_vocab()]
    return [words, tokenizer.special_tokens_map, tokenizer.chat_template]


def _save_whole(dataset: "Dataset", folder: Path) -> None:
    """Save under a temporary name and rename, so that a half-written cache is never read."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = tempfile.mkdtemp(dir=folder.parent, prefix=".tokens-")
    try:
        dataset.save_to_disk(temporary)
        Path(temporary).rename(folder)
    except BaseException as error:
        shutil.rmtree(temporary, ignore_errors=True)
        if not (isinstance(error, OSError) and folder.is_dir()):  # another process may have been faster
            raise


def to_tokens(row: dict[str, Any]) -> Tokens:
    """One row of the dataset as tokens."""
    return Tokens(row["example_id"], tuple(row["prefix"]), tuple(row["question"]), tuple(row["answer"]))
