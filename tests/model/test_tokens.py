"""Prompts as tokens: what is supervised, what is shared, and that nothing is added twice."""

import json
import shutil
from pathlib import Path

import pytest
from datasets import Dataset
from tokenizers import Tokenizer, processors
from transformers import AutoTokenizer, PreTrainedTokenizerFast

from oraclecoder.config import PromptFormat
from oraclecoder.errors import ModelError
from oraclecoder.model.batches import IGNORED, collate, group_by_prefix
from oraclecoder.model.tokens import encode, encode_all, render, template_length, to_tokens
from oraclecoder.records import Prompt

PREFIX = "Write one query.\n\nCREATE TABLE singer (\n  name TEXT,\n  age INTEGER\n)\n\n"
PROMPTS = [
    Prompt(f"demo-{number}", PREFIX, f"Question: {question}\nSQL: ", f"SELECT {column} FROM singer WHERE x = 'ä ß'")
    for number, (question, column) in enumerate([("How old?", "age"), ("  Who?", "name"), ("Wer ist älter?", "*")])
]
FORMATS = list(PromptFormat)


@pytest.fixture(scope="module")
def tokenizer(tiny_model: Path) -> PreTrainedTokenizerFast:
    return AutoTokenizer.from_pretrained(tiny_model)


@pytest.fixture(scope="module")
def with_start(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> PreTrainedTokenizerFast:
    """A tokenizer that puts <s> before and </s> behind every text, and whose template writes <s> itself."""
    folder = shutil.copytree(tiny_model, tmp_path_factory.mktemp("with-start") / "tokenizer")
    rules = Tokenizer.from_file(str(folder / "tokenizer.json"))
    rules.add_special_tokens(["<s>"])
    start, end = rules.token_to_id("<s>"), rules.token_to_id("</s>")
    rules.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", start), ("</s>", end)]
    )
    made = PreTrainedTokenizerFast(tokenizer_object=rules, bos_token="<s>", eos_token="</s>", pad_token="<pad>")
    made.chat_template = "<s>" + (folder / "chat_template.jinja").read_text()
    return made


@pytest.mark.parametrize("prompt_format", FORMATS)
def test_exactly_the_answer_and_its_end_are_supervised(tokenizer, prompt_format):
    for prompt in PROMPTS:
        tokens = encode(prompt, tokenizer, prompt_format)
        batch = collate(group_by_prefix([tokens], group_size=1), pad_id=0)
        labels = [label for label in batch["shift_labels"][0].tolist() if label != IGNORED]
        assert tokenizer.decode(labels) == prompt.answer + "</s>"
        assert labels == list(tokens.answer)
        assert len(tokens) == len(tokens.prefix) + len(tokens.question) + len(tokens.answer)


@pytest.mark.parametrize("prompt_format", FORMATS)
def test_asking_leaves_the_answer_open_and_reads_the_same_tokens_as_learning(tokenizer, prompt_format):
    for prompt in PROMPTS:
        learnt = encode(prompt, tokenizer, prompt_format)
        asked = encode(Prompt(prompt.example_id, prompt.prefix, prompt.question, ""), tokenizer, prompt_format)
        assert asked.answer == ()
        assert (asked.prefix, asked.question) == (learnt.prefix, learnt.question)


@pytest.mark.parametrize("prompt_format", FORMATS)
def test_all_questions_of_one_schema_have_the_same_prefix_tokens(tokenizer, prompt_format):
    found = {encode(prompt, tokenizer, prompt_format).prefix for prompt in PROMPTS}
    assert len(found) == 1
    assert tokenizer.decode(found.pop()).endswith(PREFIX)


def test_the_plain_format_is_the_prompt_itself(tokenizer):
    for prompt in PROMPTS:
        tokens = encode(prompt, tokenizer, PromptFormat.plain)
        assert tokenizer.decode(tokens.prefix + tokens.question) == prompt.prefix + prompt.question


def test_the_chat_format_is_what_the_template_renders(tokenizer):
    for prompt in PROMPTS:
        tokens = encode(prompt, tokenizer, PromptFormat.chat)
        messages = [{"role": "user", "content": prompt.prefix + prompt.question}]
        rendered = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        assert tokenizer.decode(tokens.prefix + tokens.question) == rendered
        assert rendered.endswith("<|assistant|>\n")
        whole = tokenizer.apply_chat_template(messages, add_generation_prompt=True)["input_ids"]
        assert list(tokens.prefix + tokens.question).count(1) == whole.count(1) == 1  # </s> after the user's turn


@pytest.mark.parametrize("prompt_format", FORMATS)
def test_no_special_token_is_added_twice(with_start, prompt_format):
    start, end = with_start.bos_token_id, with_start.eos_token_id
    assert with_start("x")["input_ids"][0] == start
    assert with_start("x")["input_ids"][-1] == end
    for prompt in PROMPTS:
        tokens = encode(prompt, with_start, prompt_format)
        ids = [*tokens.prefix, *tokens.question, *tokens.answer]
        assert ids[0] == start
        assert ids.count(start) == 1
        assert ids[-1] == end
        assert ids.count(end) == (1 if prompt_format is PromptFormat.plain else 2)


@pytest.mark.parametrize("prompt_format", FORMATS)
def test_the_length_of_the_template_is_what_it_adds(tokenizer, with_start, prompt_format):
    for chosen in (tokenizer, with_start):
        for prompt in PROMPTS:
            texts = sum(
                len(chosen(text, add_special_tokens=False)["input_ids"])
                for text in (prompt.prefix, prompt.question, prompt.answer)
            )
            tokens = encode(prompt, chosen, prompt_format)
            assert texts + template_length(chosen, prompt_format) >= len(tokens)


def test_a_template_that_strips_what_the_user_says_is_a_sound_one(tokenizer):
    stripping = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer.backend_tokenizer, eos_token="</s>", pad_token="<pad>"
    )
    stripping.chat_template = "[INST] {{ messages[0]['content'] | trim }} [/INST]"
    length = template_length(stripping, PromptFormat.chat)
    added = sum(len(stripping(text, add_special_tokens=False)["input_ids"]) for text in ("[INST] ", " [/INST]"))
    assert added <= length <= added + 3
    tokens = encode(PROMPTS[0], stripping, PromptFormat.chat)
    assert stripping.decode(tokens.prefix + tokens.question).endswith("SQL: [/INST]")


def test_a_tokenizer_without_a_chat_template_is_told_to_use_plain_prompts(tokenizer):
    bare = PreTrainedTokenizerFast(tokenizer_object=tokenizer.backend_tokenizer, eos_token="</s>", pad_token="<pad>")
    with pytest.raises(ModelError, match=r"has no chat template; set model\.prompt_format=plain"):
        render(PROMPTS[0], bare, PromptFormat.chat)
    bare.chat_template = "{{ messages[0]['content'] | upper }}"
    with pytest.raises(ModelError, match=r"changes what the user says; set model\.prompt_format=plain"):
        render(PROMPTS[0], bare, PromptFormat.chat)


def test_a_split_is_tokenised_once_and_found_again(tokenizer, tmp_path, monkeypatch):
    first = encode_all(PROMPTS, tokenizer, PromptFormat.plain, cache=tmp_path)
    assert [to_tokens(row) for row in first] == [encode(prompt, tokenizer, PromptFormat.plain) for prompt in PROMPTS]
    assert first.column_names == ["example_id", "prefix", "question", "answer"]
    monkeypatch.setattr(Dataset, "from_list", None)  # making it again would fail
    again = encode_all(PROMPTS, tokenizer, PromptFormat.plain, cache=tmp_path)
    assert list(again) == list(first)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_copied_tokenizer_finds_the_same_cache(tokenizer, tiny_model, tmp_path):
    copied = AutoTokenizer.from_pretrained(shutil.copytree(tiny_model, tmp_path / "copied"))
    for chosen in (tokenizer, copied):
        encode_all(PROMPTS, chosen, PromptFormat.chat, cache=tmp_path / "cache")
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_other_prompts_formats_templates_or_rules_have_another_cache(tokenizer, tiny_model, tmp_path):
    encode_all(PROMPTS, tokenizer, PromptFormat.plain, cache=tmp_path / "cache")
    encode_all(PROMPTS[:2], tokenizer, PromptFormat.plain, cache=tmp_path / "cache")
    encode_all(PROMPTS, tokenizer, PromptFormat.chat, cache=tmp_path / "cache")
    copied = shutil.copytree(tiny_model, tmp_path / "copied")
    (copied / "chat_template.jinja").write_text(
        (copied / "chat_template.jinja").read_text().replace("assistant", "model")
    )
    encode_all(PROMPTS, AutoTokenizer.from_pretrained(copied), PromptFormat.plain, cache=tmp_path / "cache")
    rules = json.loads((copied / "tokenizer.json").read_text())
    rules["model"]["merges"] = rules["model"]["merges"][:-1]
    (copied / "tokenizer.json").write_text(json.dumps(rules))
    encode_all(PROMPTS, AutoTokenizer.from_pretrained(copied), PromptFormat.plain, cache=tmp_path / "cache")
    assert len(list((tmp_path / "cache").iterdir())) == 5


def test_a_cache_that_cannot_be_written_leaves_nothing_behind(tokenizer, tmp_path, monkeypatch):
    def full(self: Dataset, folder: str) -> None:
        (Path(folder) / "data.arrow").write_bytes(b"half")
        raise OSError("No space left on device")

    monkeypatch.setattr(Dataset, "save_to_disk", full)
    with pytest.raises(OSError, match="No space left"):
        encode_all(PROMPTS, tokenizer, PromptFormat.plain, cache=tmp_path)
    assert list(tmp_path.iterdir()) == []
