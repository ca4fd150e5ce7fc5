"""Two stages with a model that knows nothing: every question gets a prediction, and what went wrong is told."""

import json
import logging
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from oraclecoder.answer import answerer as module
from oraclecoder.answer.answerer import Answerer, part_of
from oraclecoder.answer.memo import Memo
from oraclecoder.answer.scoring import rate
from oraclecoder.answer.stages import Linked, Written, best_of, gold_linked, link, write_all, write_sql
from oraclecoder.config import (
    AnswerConfig,
    Attention,
    DType,
    LimitsConfig,
    ModelConfig,
    PromptFormat,
    Quantization,
    SchemaStyle,
    TaskConfig,
    TaskName,
)
from oraclecoder.database.execute import Outcome
from oraclecoder.errors import DataError
from oraclecoder.model.base import load_base
from oraclecoder.model.generate import Completion
from oraclecoder.records import Example, Links, Prompt, read_json_lines, write_json_lines

LIMITS = LimitsConfig(
    max_steps=10_000_000, max_seconds=10, max_rows=1000, max_bytes=1_000_000, max_memory=10**9, workers=1
)
QUESTIONS = [
    ("music", "How old are singers?", "SELECT age FROM singer"),
    ("music", "How many concerts are there?", "SELECT count(*) FROM concert"),
    ("shop", "What is sold?", "SELECT name FROM item"),
    ("music", "Who sang where?", "SELECT s.name, c.place FROM singer s JOIN concert c ON c.singer = s.id"),
    ("shop", "What costs more than 3?", "SELECT name FROM item WHERE price > 3"),
]
EXAMPLES = [
    Example(f"test-{number}", number, question, database, sql)
    for number, (database, question, sql) in enumerate(QUESTIONS)
]


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("databases")
    scripts = {
        "music": "CREATE TABLE singer (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);"
        "CREATE TABLE concert (id INTEGER PRIMARY KEY, singer INTEGER REFERENCES singer (id), place TEXT);"
        "INSERT INTO singer VALUES (1, 'Ada', 30); INSERT INTO concert VALUES (1, 1, 'Rome');",
        "shop": "CREATE TABLE item (name TEXT, price REAL); INSERT INTO item VALUES ('pen', 2), ('book', 9);"
        "CREATE TABLE supplier (name TEXT, town TEXT);",
    }
    for name, script in scripts.items():
        connection = sqlite3.connect(folder / f"{name}.sqlite")
        connection.executescript(script)
        connection.close()
    return {name: folder / f"{name}.sqlite" for name in scripts}


@pytest.fixture(scope="module")
def answerer(tiny_model: Path) -> Callable[..., Answerer]:
    """Makes an answerer of the random model for a task."""
    config = ModelConfig(
        name=str(tiny_model),
        revision=None,
        prompt_format=PromptFormat.plain,
        quantization=Quantization.none,
        compute_dtype=DType.float32,
        attention=Attention.sdpa,
        max_length=2048,
        trust_remote_code=False,
    )
    base = load_base(config)

    def make(
        task: TaskName,
        *,
        constrained: bool = False,
        whole_schema_below: float = 0,
        link_values: bool = True,
        **changes,
    ) -> Answerer:
        model = replace(
            config, **{name: changes.pop(name) for name in ("max_length", "prompt_format") if name in changes}
        )
        values = {
            "schema_style": SchemaStyle.ddl,
            "num_sample_rows": 1,
            "max_values": 6,
            "max_noise_tables": 0,
            "cut_columns": False,
            "max_new_tokens": 8,
        }
        return Answerer(
            base.model,
            base.tokenizer,
            model,
            TaskConfig(name=task, **values | changes),
            AnswerConfig(8, 8192, constrained, whole_schema_below, link_values, 1 << 24),
        )

    return make


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Prompt]:
    """Every prompt that is put to the model from now on."""
    prompts: list[Prompt] = []
    encode = module.encode

    def remember(prompt: Prompt, *arguments):
        prompts.append(prompt)
        return encode(prompt, *arguments)

    monkeypatch.setattr(module, "encode", remember)
    return prompts


def say(monkeypatch: pytest.MonkeyPatch, answers: dict[str, str]) -> None:
    """Let the model answer so, by words of the question."""

    def generate(model, tokenizer, tokens, decoding, *, adapter, grammars, cache, advance):
        advance(len(tokens))
        texts = [tokenizer.decode(item.question) for item in tokens]
        said = [next((answer for words, answer in answers.items() if words in text), "?") for text in texts]
        return [[Completion(text, len(text), -1.0, True)] for text in said]

    monkeypatch.setattr(module, "generate", generate)


@pytest.mark.parametrize("prompt_format", list(PromptFormat))
def test_a_random_model_answers_every_question_in_two_stages(answerer, databases, prompt_format):
    linker = answerer(TaskName.schema_linking, prompt_format=prompt_format)
    generator = answerer(TaskName.sql_generation, prompt_format=prompt_format)
    linked = link(linker, EXAMPLES, databases)
    assert linked.keys() == {example.id for example in EXAMPLES}
    predictions = write_sql(generator, EXAMPLES, databases, linked, limits=LIMITS)
    assert [prediction.id for prediction in predictions] == [example.id for example in EXAMPLES]
    for prediction, example in zip(predictions, EXAMPLES, strict=True):
        assert (prediction.index, prediction.database) == (example.index, example.database)
        assert prediction.gold_sql == example.gold_sql
        assert prediction.whole_schema == (linked[example.id].links is None)
        assert prediction.links_text == linked[example.id].text
        assert prediction.seconds > 0
    assert any(found.text for found in linked.values())


def test_links_that_do_not_parse_fall_back_to_the_full_schema_and_say_so(answerer, databases, asked, monkeypatch):
    say(monkeypatch, {"How old": "singer: age", "What is sold": "item name, price"})
    linked = link(answerer(TaskName.schema_linking), EXAMPLES[:3], databases)
    assert linked["test-0"] == Linked(Links(("singer",), (("singer", "age"),)), "singer: age")
    assert linked["test-1"] == Linked(None, "?")
    assert linked["test-2"] == Linked(None, "item name, price")
    asked.clear()
    predictions = write_sql(answerer(TaskName.sql_generation), EXAMPLES[:3], databases, linked, limits=LIMITS)
    assert [prediction.whole_schema for prediction in predictions] == [False, True, True]
    assert [prediction.links_text for prediction in predictions] == ["singer: age", "?", "item name, price"]
    shown = [{name for name in ("singer", "concert", "item", "supplier") if f"TABLE {name}" in p.prefix} for p in asked]
    assert shown == [{"singer"}, {"singer", "concert"}, {"item", "supplier"}]


def test_over_predicted_links_and_over_the_whole_schema_the_likelier_query_per_token_is_taken(
    answerer, databases, asked, monkeypatch
):
    likelihoods = {"How old": (-4.0, -3.0), "How many": (-3.0, -4.0), "sold": (-1.0, -9.0)}  # whole, linked

    def generate(model, tokenizer, tokens, decoding, *, adapter, grammars, cache, advance):
        advance(len(tokens))
        found = []
        for item in tokens:
            whole = all(f"TABLE {name}" in tokenizer.decode(item.prefix) for name in ("singer", "concert"))
            likelihood = next(ends for words, ends in likelihoods.items() if words in tokenizer.decode(item.question))
            text, length = ("SELECT 'whole'", 2) if whole else ("SELECT 'part'", 1)
            found.append([Completion(text, length, likelihood[not whole], True)])
        return found

    monkeypatch.setattr(module, "generate", generate)
    links = {"test-0": Links(("singer",)), "test-1": Links(("singer",)), "test-2": Links(("item",))}
    linked = {name: Linked(own, "said", gold=name == "test-2") for name, own in links.items()}
    done: list[int] = []
    generator = answerer(TaskName.sql_generation, whole_schema_below=0.9)
    predictions = write_sql(generator, EXAMPLES[:3], databases, linked, advance=done.append, limits=LIMITS)
    # -4 over two tokens beats -3 over one; -3 over two beats -4 over one; beside gold links nothing else is asked
    assert [one.sql for one in predictions] == ["SELECT 'whole'", "SELECT 'whole'", "SELECT 'part'"]
    likelihoods["How many"] = (-9.0, -4.0)
    fresh = write_sql(replace(generator, memo=Memo()), EXAMPLES[:3], databases, linked, limits=LIMITS)
    assert [one.sql for one in fresh] == ["SELECT 'whole'", "SELECT 'part'", "SELECT 'part'"]
    assert [one.whole_schema for one in fresh] == [True, False, False]
    assert fresh[0].links == Links(("singer",))
    assert len(asked) == 2 * 5
    assert sum(done) == 3
    likelihoods["How old"], likelihoods["How many"] = (-0.1, -0.2), (-0.1, -0.05)  # e**-0.2 is below 0.9, e**-0.05 not
    asked.clear()
    sure = write_sql(replace(generator, memo=Memo()), EXAMPLES[:3], databases, linked, limits=LIMITS)
    assert [one.sql for one in sure] == ["SELECT 'whole'", "SELECT 'part'", "SELECT 'part'"]
    assert len(asked) == 3 + 1
    (better,) = write_all(generator, EXAMPLES[:3], databases, linked, limits=LIMITS)["test-0"]
    assert (better.sql, better.whole_schema) == ("SELECT 'whole'", True)


def test_columns_of_named_values_are_linked_whatever_the_linker_says(answerer, databases, monkeypatch):
    say(monkeypatch, {"How old": "concert: place", "concerts": "nonsense"})
    questions = ("How old is Ada?", "How many concerts in Rome?")
    examples = [replace(EXAMPLES[n], question=question) for n, question in enumerate(questions)]
    found = link(answerer(TaskName.schema_linking), examples, databases)
    assert found["test-0"].links == Links(("concert", "singer"), (("concert", "place"), ("singer", "name")))
    assert found["test-0"].text == "concert: place"
    assert found["test-1"].links is None
    for told in ({"link_values": False}, {"max_values": 0}):
        trusting = link(answerer(TaskName.schema_linking, **told), examples, databases)
        assert trusting["test-0"].links == Links(("concert",), (("concert", "place"),))


def test_a_query_that_finds_nothing_is_doubted_however_sure_it_is(answerer, databases, monkeypatch):
    answers = {
        "How old": ("SELECT age FROM singer WHERE name = 'nobody'", "SELECT 1"),
        "How many": ("SELECT max(age) FROM singer WHERE name = 'nobody'", "SELECT nothing"),
        "sold": ("SELECT 2", "SELECT 3"),
    }  # over the links, over the whole schema

    def generate(model, tokenizer, tokens, decoding, *, adapter, grammars, cache, advance):
        found = []
        for item in tokens:
            text = tokenizer.decode(item.prefix)
            whole = all(f"TABLE {name}" in text for name in ("singer", "concert")) or "supplier" in text
            own = next(own for words, own in answers.items() if words in tokenizer.decode(item.question))
            found.append([Completion(own[whole], 9, -0.1, True)])
        return found

    monkeypatch.setattr(module, "generate", generate)
    linked = {"test-0": Linked(Links(("singer",)), ""), "test-1": Linked(Links(("singer",)), ""),
              "test-2": Linked(Links(("item",)), "")}  # fmt: skip
    generator = answerer(TaskName.sql_generation, whole_schema_below=0.9)
    written = write_all(generator, EXAMPLES[:3], databases, linked, limits=LIMITS)
    assert {name: [one.outcome.finds for one in own] for name, own in written.items()} == {
        "test-0": [True], "test-1": [False], "test-2": [True],
    }  # fmt: skip
    sqls = [one.sql for one in write_sql(generator, EXAMPLES[:3], databases, linked, limits=LIMITS)]
    assert sqls == ["SELECT 1", "SELECT max(age) FROM singer WHERE name = 'nobody'", "SELECT 2"]


def test_what_finds_something_goes_before_what_ended_and_that_before_what_is_likely():
    def written(sql: str, likelihood: float, *, ended: bool, rows: list | None) -> Written:
        return Written(sql, Completion(sql, 4, likelihood, ended), Outcome(rows), False)

    likely = written("a", -1.0, ended=False, rows=[(None,), (None,)])
    ended = written("b", -8.0, ended=True, rows=[])
    finding = written("c", -9.0, ended=False, rows=[(None, 0)])
    assert best_of([likely, ended, finding]) == finding
    assert best_of([likely, ended]) == ended
    assert best_of([likely, written("d", -2.0, ended=False, rows=None)]) == likely
    assert best_of([]) is None


def test_parts_of_a_progress_sum_to_the_whole():
    done: list[int] = []
    part = part_of(done.append, 1 / 3)
    for number in (1, 1, 4, 3):
        part(number)
    assert sum(done) == 3


def test_without_a_linker_the_full_schema_is_shown(answerer, databases, asked):
    predictions = write_sql(answerer(TaskName.sql_generation), EXAMPLES[:2], databases, None, limits=LIMITS)
    assert all(prediction.whole_schema and prediction.links is None for prediction in predictions)
    assert all("TABLE singer" in prompt.prefix and "TABLE concert" in prompt.prefix for prompt in asked)


def test_asking_never_looks_at_the_gold_query(answerer, databases, asked):
    broken = [replace(example, gold_sql="SELECT nonsense FROM nowhere") for example in EXAMPLES]
    for task in TaskName:
        answerer(task).complete(broken, databases)
    assert len(asked) == 2 * len(EXAMPLES)
    assert all(prompt.answer == "" and "nonsense" not in prompt.prefix + prompt.question for prompt in asked)


def test_a_gold_query_that_is_broken_links_nothing(databases):
    broken = replace(EXAMPLES[0], gold_sql="SELECT nonsense FROM nowhere")
    found = gold_linked([broken, EXAMPLES[2]], databases)
    assert found["test-0"].links is None
    assert found["test-2"].links == Links(("item",), (("item", "name"),))


def test_predictions_come_back_from_their_file(answerer, databases, tmp_path, monkeypatch):
    say(monkeypatch, {"How old": "SELECT age\nFROM singer -- 'ä'", "sold": "SELECT 'it''s'"})
    predictions = write_sql(
        answerer(TaskName.sql_generation), EXAMPLES, databases, gold_linked(EXAMPLES, databases), limits=LIMITS
    )
    assert predictions[2].sql == "SELECT 'it''s'"
    write_json_lines(tmp_path / "predictions.jsonl", predictions)
    rows = list(read_json_lines(tmp_path / "predictions.jsonl"))
    assert len(rows) == len(EXAMPLES)
    for row, prediction in zip(rows, predictions, strict=True):
        links = Links(tuple(row["links"]["tables"]), tuple(map(tuple, row["links"]["columns"])))
        again = replace(prediction, **row | {"links": links, "candidates": tuple(row["candidates"])})
        assert again == prediction
    assert all("\n" not in row["sql"] for row in rows)
    json.dumps(rows)


def test_a_prompt_that_does_not_fit_is_answered_with_nothing_and_counted(answerer, databases, asked, caplog):
    linked = {"test-0": Linked(Links(("singer",)), ""), "test-1": Linked(None, "")}
    generator = answerer(TaskName.sql_generation, num_sample_rows=0)
    write_sql(generator, EXAMPLES[:1], databases, linked, limits=LIMITS)
    enough_for_one_table = len(generator.tokenizer(asked[0].prefix)["input_ids"]) + 180
    small = answerer(TaskName.sql_generation, num_sample_rows=0, max_length=enough_for_one_table)
    done: list[int] = []
    with caplog.at_level(logging.WARNING):
        predictions = write_sql(small, EXAMPLES[:2], databases, linked, advance=done.append, limits=LIMITS)
    assert predictions[1].sql == ""
    assert sum(done) == 2
    said = "1 of 2 prompts do not fit and are not asked, first test-1: the shortest prompt takes"
    assert said in caplog.text


@pytest.mark.parametrize("task", list(TaskName))
def test_progress_is_told_every_question_once(answerer, databases, task):
    done: list[int] = []
    answerer(task).complete(EXAMPLES, databases, advance=done.append)
    assert sum(done) == len(EXAMPLES)
    assert all(number >= 0 for number in done)
    done.clear()
    answerer(task, max_length=64).complete(EXAMPLES, databases, advance=done.append)
    assert sum(done) == len(EXAMPLES)


def test_a_linker_is_rated_by_its_tables_and_a_larger_set_counts_half(answerer, databases, monkeypatch):
    answers = {
        "How old": "concert: place\nsinger: age",
        "concerts": "concert:",
        "sold": "item: name, price",
        "sang": "concert: place",
        "costs": "nonsense",
    }
    say(monkeypatch, answers)
    score, metrics = rate(answerer(TaskName.schema_linking), EXAMPLES, databases, kind="demo", limits=LIMITS)
    assert score == pytest.approx((0.5 + 1 + 1) / 5)
    assert (metrics["tables_exact"], metrics["tables_recalled"]) == pytest.approx((2 / 5, 3 / 5))
    assert metrics["columns_exact"] == pytest.approx(1 / 5)


def test_a_generator_is_rated_by_what_its_queries_return(answerer, databases, monkeypatch):
    say(
        monkeypatch,
        {"How old": "select AGE from singer", "concerts": "SELECT 2", "sold": "SELECT", "costs": "SELECT 'book'"},
    )
    score, metrics = rate(answerer(TaskName.sql_generation), EXAMPLES, databases, kind="demo", limits=LIMITS)
    assert score == metrics["execution_accuracy"] == pytest.approx(2 / 5)


def test_validation_without_one_sound_gold_query_is_refused(answerer, databases, monkeypatch):
    broken = [replace(example, gold_sql="SELECT nonsense") for example in EXAMPLES]
    say(monkeypatch, {})
    with pytest.raises(DataError, match="gold queries of all 5 validation questions"):
        rate(answerer(TaskName.schema_linking), broken, databases, kind="demo", limits=LIMITS)


def test_a_schema_that_was_read_is_not_read_again_by_the_same_answerer(answerer, databases):
    """The second call finds the schema and answers as the first did; without room nothing is kept."""
    first = answerer(TaskName.schema_linking)
    once = first.complete(EXAMPLES, databases)
    count = len({example.database for example in EXAMPLES})
    assert (first.prefixes.misses, first.prefixes.hits, len(first.prefixes)) == (count, 0, count)
    others = [replace(example, question=f"{example.question} Please.") for example in EXAMPLES]
    found = first.complete(others, databases)
    assert (first.prefixes.misses, first.prefixes.hits) == (count, count)
    assert found == answerer(TaskName.schema_linking).complete(others, databases)
    roomless = replace(first, answer=AnswerConfig(8, 8192, False, 0, True, 0), memo=Memo())
    assert roomless.prefixes is None
    assert roomless.complete(EXAMPLES, databases) == once
