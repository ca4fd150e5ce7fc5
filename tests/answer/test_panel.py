"""Panels of real adapters: a committee answers, members vote, and no question is put to one of them twice."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from oraclecoder.answer.memo import Memo
from oraclecoder.answer.panel import Memos, Panel, link_together, seated, write_sql_together
from oraclecoder.answer.stages import Linked
from oraclecoder.answer.voting import vote_links
from oraclecoder.config import (
    AnswerConfig,
    Attention,
    DType,
    LimitsConfig,
    LoraConfig,
    LoraVariant,
    ModelConfig,
    PromptFormat,
    Quantization,
    Schedule,
    SchemaStyle,
    TaskConfig,
    TaskName,
    TrunkConfig,
    Vote,
)
from oraclecoder.model.adapter import add_adapter, save_adapter
from oraclecoder.model.adapter_files import AdapterIdentity
from oraclecoder.model.base import Base, load_base
from oraclecoder.model.decode import Completion, Decoding
from oraclecoder.records import Example, Links, Prompt

LIMITS = LimitsConfig(10_000_000, 10, 1000, 1_000_000, 10**9, 1)
ANSWER = AnswerConfig(8, 8192, False, 0, True, 0)
EXAMPLES = [Example(f"q{number}", number, text, "music", "SELECT age FROM singer") for number, text in
            enumerate(["How old are singers?", "Who is old?", "How many are there?"])]  # fmt: skip


@pytest.fixture(scope="module")
def databases(tmp_path_factory) -> dict[str, Path]:
    path = tmp_path_factory.mktemp("databases") / "music.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE singer (name TEXT, age INTEGER); INSERT INTO singer VALUES ('Ada', 30);")
    connection.close()
    return {"music": path}


@pytest.fixture(scope="module")
def base(tiny_model: Path) -> Base:
    return load_base(
        ModelConfig(
            name=str(tiny_model),
            revision=None,
            prompt_format=PromptFormat.plain,
            quantization=Quantization.none,
            compute_dtype=DType.float32,
            attention=Attention.sdpa,
            max_length=2048,
            trust_remote_code=False,
        )
    )


@pytest.fixture(scope="module")
def adapters(base: Base, tmp_path_factory) -> tuple[Path, ...]:
    """Three adapters that say different things."""
    folder = tmp_path_factory.mktemp("adapters")
    lora = LoraConfig(
        4, 8, 0.0, ["all-linear"], 1e-4, 16, 1e-5, 0.0, LoraVariant.plain, TrunkConfig(0.0, 16, Schedule.constant)
    )
    for number in range(3):
        model = add_adapter(base, lora, seed=number)
        torch.manual_seed(number)
        for name, parameter in model.named_parameters():
            if "lora_B" in name:
                torch.nn.init.normal_(parameter, std=0.2)
        save_adapter(model, folder / str(number), AdapterIdentity("tiny", base.fingerprint, "any", "1"))
        model.unload()
    return tuple(folder / str(number) for number in range(3))


def task(name: TaskName) -> TaskConfig:
    return TaskConfig(name, SchemaStyle.ddl, 1, 6, 0, False, 8)


def texts(base, panel, databases, memos=None) -> dict[str, list[str]]:
    with seated(base, panel, task(TaskName.sql_generation), ANSWER, memos or Memos()) as (answerer,):
        return {key: [one.text for one in found] for key, found in answerer.complete_all(EXAMPLES, databases).items()}


def test_a_committee_of_one_with_its_copy_says_what_it_says_alone(base, adapters, databases):
    alone = texts(base, Panel(adapters[:1]), databases)
    assert alone != texts(base, Panel(adapters[1:2]), databases)
    assert alone != texts(base, Panel((None,)), databases)
    assert texts(base, Panel((adapters[0], adapters[0]), Vote.logits), databases) == alone
    heavy = Panel(adapters[:2], Vote.logits, (1.0, 1e-6))
    assert texts(base, heavy, databases) == alone


def test_what_another_version_answered_is_asked_again(base, adapters, databases, monkeypatch):
    memos, panel = Memos(), Panel(adapters[:1])
    said = texts(base, panel, databases, memos)
    for found in memos.of(panel)._known.values():
        found[:] = [Completion("SELECT 1", 3, -1.0, True)]
    assert {text for own in texts(base, panel, databases, memos).values() for text in own} == {"SELECT 1"}
    monkeypatch.setattr("oraclecoder.answer.memo.ANSWER_VERSION", 0)
    assert texts(base, panel, databases, memos) == said


def test_passes_are_counted(adapters):
    assert Panel(adapters, Vote.logits).num_passes == 3
    assert Panel(adapters, Vote.execution, num_samples=4).num_passes == 12


def test_links_of_a_vote_are_the_vote_of_the_members_links(base, adapters, databases):
    each, linker = [], task(TaskName.schema_linking)
    for adapter in adapters:
        with seated(base, Panel((adapter,)), linker, ANSWER, Memos()) as answerers:
            each.append(link_together(answerers, Vote.none, EXAMPLES, databases))
    done: list[int] = []
    with seated(base, Panel(adapters, Vote.union), linker, ANSWER, Memos()) as answerers:
        found = link_together(answerers, Vote.union, EXAMPLES, databases, advance=done.append)
    assert sum(done) == len(EXAMPLES)
    assert found == {e.id: vote_links([one[e.id] for one in each], Vote.union) for e in EXAMPLES}


def test_queries_of_members_and_samples_are_executed_and_voted_on(base, adapters, databases):
    panel = Panel(adapters[:2], Vote.execution, num_samples=3, temperature=1.0)
    with seated(base, panel, task(TaskName.sql_generation), ANSWER, Memos()) as answerers:
        found = write_sql_together(answerers, panel.vote, EXAMPLES, databases, None, limits=LIMITS)
    assert [prediction.id for prediction in found] == [example.id for example in EXAMPLES]
    for prediction in found:
        assert len(prediction.candidates) == 6
        assert len(set(prediction.candidates)) > 1
        assert prediction.sql in prediction.candidates
        assert prediction.seconds > 0


def test_members_draw_their_samples_apart_but_answer_greedily_what_they_answered_before(base, adapters, databases):
    same = (adapters[0], adapters[0])

    def said(temperature: float) -> list[dict[str, list[str]]]:
        panel = Panel(same, Vote.execution, num_samples=1, temperature=temperature)
        with seated(base, panel, task(TaskName.sql_generation), ANSWER, Memos()) as answerers:
            found = [answerer.complete_all(EXAMPLES, databases) for answerer in answerers]
        return [{key: [one.text for one in own] for key, own in each.items()} for each in found]

    sampled, again, greedy = said(1.0), said(1.0), said(0.0)
    assert sampled == again
    assert all(sampled[0][e.id] != sampled[1][e.id] for e in EXAMPLES)
    assert greedy[0] == greedy[1]


def test_a_member_that_is_in_doubt_has_one_vote_for_each_sample_as_one_that_is_not(base, adapters, databases):
    panel = Panel(adapters[:2], Vote.execution, num_samples=3, temperature=1.0)
    doubting, linked = replace(ANSWER, whole_schema_below=0.9), {e.id: Linked(Links(("singer",)), "") for e in EXAMPLES}
    with seated(base, panel, task(TaskName.sql_generation), doubting, Memos()) as answerers:
        found = write_sql_together(answerers, panel.vote, EXAMPLES, databases, linked, limits=LIMITS)
    assert [len(prediction.candidates) for prediction in found] == [6, 6, 6]


def test_the_most_frequent_result_is_answered(base, adapters, databases):
    """The members' answers are put into their memos, as if they had been given before."""
    memos = Memos()
    said = [("SELECT 1", -1.0), ("SELECT 30", -9.0), ("SELECT age FROM singer", -8.0)]
    for adapter, (sql, likelihood) in zip(adapters, said, strict=True):
        panel = Panel((adapter,))
        with seated(base, panel, task(TaskName.sql_generation), ANSWER, memos) as (answerer,):
            answerer.complete(EXAMPLES, databases)
        memo = memos.of(panel)
        for found in memo._known.values():
            found[:] = [Completion(sql, 3, likelihood, True)]
    with seated(base, Panel(adapters, Vote.execution), task(TaskName.sql_generation), ANSWER, memos) as answerers:
        found = write_sql_together(answerers, Vote.execution, EXAMPLES, databases, None, limits=LIMITS)
    assert {prediction.sql for prediction in found} == {"SELECT age FROM singer"}


def test_the_first_member_whose_query_finds_something_answers_and_later_ones_are_not_asked(base, adapters, databases):
    memos = Memos()
    said = ["SELECT age FROM singer WHERE age > 99", "SELECT 7", "SELECT 8"]
    for adapter, sql in zip(adapters, said, strict=True):
        panel = Panel((adapter,))
        with seated(base, panel, task(TaskName.sql_generation), ANSWER, memos) as (answerer,):
            answerer.complete(EXAMPLES[:1] if sql == "SELECT 7" else EXAMPLES, databases)
        for found in memos.of(panel)._known.values():
            found[:] = [Completion(sql, 3, -1.0, True)]
    done: list[int] = []
    with seated(base, Panel(adapters, Vote.first), task(TaskName.sql_generation), ANSWER, memos) as answerers:
        (first,) = write_sql_together(answerers, Vote.first, EXAMPLES[:1], databases, None, limits=LIMITS)
        found = write_sql_together(
            [answerers[2], answerers[0]], Vote.first, EXAMPLES, databases, None, limits=LIMITS, advance=done.append
        )
    assert first.sql == "SELECT 7"
    assert {prediction.sql for prediction in found} == {"SELECT 8"}
    assert sum(done) == len(EXAMPLES)
    nothing = [answerers[0], answerers[0]]
    done.clear()
    (none,) = write_sql_together(nothing, Vote.first, EXAMPLES[:1], databases, None, limits=LIMITS, advance=done.append)
    assert none.sql == said[0]
    assert sum(done) == 1


def test_what_was_answered_is_not_asked_again_and_comes_back_from_a_file(base, adapters, databases, tmp_path):
    memos, panel = Memos(), Panel(adapters[:1])
    first = texts(base, panel, databases, memos)
    memos.of(panel).write(tmp_path / "answers.jsonl")
    again = Memo.read(tmp_path / "answers.jsonl")
    assert len(again) == len(EXAMPLES)
    for found in again._known.values():
        found[:] = [Completion("remembered", 1, 0.0, True)]
    assert set(map(tuple, texts(base, panel, databases, Memos({panel: again})).values())) == {("remembered",)}
    assert texts(base, panel, databases, Memos({panel: Memo.read(tmp_path / "answers.jsonl")})) == first
    assert len(Memo.read(tmp_path / "nothing.jsonl")) == 0


def test_another_prompt_or_decoding_is_another_question_but_another_batch_is_not():
    memo, prompt = Memo(), Prompt("a", "schema\n", "question", "")
    memo.put(prompt, Decoding(8, max_rows=4), ANSWER, [Completion("yes", 1, 0.0, True)])
    assert memo.get(Prompt("b", "schema\n", "question", ""), Decoding(8, max_rows=64), ANSWER) is not None
    assert memo.get(prompt, Decoding(9), ANSWER) is None
    assert memo.get(prompt, Decoding(8), replace(ANSWER, constrained=True)) is None
    assert memo.get(prompt, Decoding(8, temperature=0.5), ANSWER) is None
    assert memo.get(Prompt("a", "schema\n", "other", ""), Decoding(8), ANSWER) is None
