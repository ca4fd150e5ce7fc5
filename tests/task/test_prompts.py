"""Prompts of both tasks: golden texts, shared prefixes, noise, key paths and fitting the window."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from oraclecoder.config import SchemaStyle, TaskConfig, TaskName
from oraclecoder.database.schema import Schema, read_schema
from oraclecoder.errors import DataError
from oraclecoder.records import Example, Links
from oraclecoder.task import TASKS, generation, linking, prompts_for
from oraclecoder.task.fit import ROOM_FOR_QUESTION, Window

LINKING = TaskConfig(
    name=TaskName.schema_linking,
    schema_style=SchemaStyle.ddl,
    num_sample_rows=1,
    max_values=6,
    max_noise_tables=2,
    cut_columns=False,
    max_new_tokens=20,
)
GENERATION = replace(LINKING, name=TaskName.sql_generation)
SCRIPT = """
CREATE TABLE hero (id INTEGER PRIMARY KEY, name TEXT, height REAL);
CREATE TABLE power (id INTEGER PRIMARY KEY, title TEXT);
CREATE TABLE hero_power (hero_id INT REFERENCES hero (id), power_id INT REFERENCES power (id), since INT);
CREATE TABLE weather (day DATE, rain REAL);
CREATE TABLE recipe (dish TEXT, minutes INT, servings INT);
INSERT INTO hero VALUES (1, 'Ada', 1.7);
INSERT INTO power VALUES (1, 'flight');
"""
WHO_FLIES = Example(
    id="made-0",
    index=0,
    question="Who  can fly?",
    database="saga",
    gold_sql="SELECT name FROM hero WHERE id IN\n (SELECT hero_id FROM hero_power ) ;",
    evidence="fly refers to title = 'flight'",
)
HOW_MANY = Example(id="made-1", index=1, question="How many heroes?", database="saga", gold_sql="SELECT 1 FROM hero")

LINKING_PREFIX = """\
Which tables and columns of this SQLite database does a query need that answers the question?
Answer with one line per table, `table: column, column`, tables and columns in alphabetical order.

CREATE TABLE hero (
  id INTEGER PRIMARY KEY,
  name TEXT,
  height REAL
);
-- 1, 'Ada', 1.7
CREATE TABLE power (
  id INTEGER PRIMARY KEY,
  title TEXT
);
-- 1, 'flight'
CREATE TABLE hero_power (
  hero_id INTEGER,
  power_id INTEGER,
  since INTEGER,
  FOREIGN KEY (hero_id) REFERENCES hero (id),
  FOREIGN KEY (power_id) REFERENCES power (id)
);
CREATE TABLE weather (
  day DATE,
  rain REAL
);
CREATE TABLE recipe (
  dish TEXT,
  minutes INTEGER,
  servings INTEGER
);

"""
GENERATION_PREFIX = """\
Write one SQLite query that answers the question about this database. Answer with the query only, on one line.

CREATE TABLE hero (
  id INTEGER PRIMARY KEY,
  name TEXT,
  height REAL
);
-- 1, 'Ada', 1.7
CREATE TABLE hero_power (
  hero_id INTEGER,
  power_id INTEGER,
  since INTEGER,
  FOREIGN KEY (hero_id) REFERENCES hero (id)
);

"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "saga.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(SCRIPT)
    connection.close()
    return path


@pytest.fixture
def saga(path: Path) -> Schema:
    return read_schema(path, num_rows=1)


def test_the_linking_prompt_word_for_word(path: Path) -> None:
    (prompt,) = prompts_for(LINKING, [WHO_FLIES], {"saga": path}).prompts
    assert prompt.prefix == LINKING_PREFIX
    assert prompt.question == (
        "Question: Who can fly?\nEvidence: fly refers to title = 'flight'\nValues: power.title = 'flight'\n"
        "Tables and columns:\n"
    )
    assert prompt.answer == "hero: id, name\nhero_power: hero_id"
    assert prompt.num_dropped == 0


def test_the_generation_prompt_word_for_word(path: Path) -> None:
    (prompt,) = prompts_for(replace(GENERATION, max_noise_tables=0), [WHO_FLIES], {"saga": path}).prompts
    assert prompt.prefix == GENERATION_PREFIX
    assert prompt.question == "Question: Who can fly?\nEvidence: fly refers to title = 'flight'\nSQL:\n"
    assert prompt.answer == "SELECT name FROM hero WHERE id IN (SELECT hero_id FROM hero_power)"


def test_values_are_shown_of_tables_that_are_shown_and_no_more_than_asked_for(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO hero VALUES (9, 'Lea D''Or', 1.8)")
    connection.close()
    example = replace(WHO_FLIES, question="Can Lea D'Or do flight?", evidence="")
    said = "Question: Can Lea D'Or do flight?\n"

    def question(config: TaskConfig, links: Links | None) -> str:
        (prompt,) = prompts_for(config, [example], {"saga": path}, links={example.id: links}, asking=True).prompts
        return prompt.question

    assert question(GENERATION, None) == f"{said}Values: hero.name = 'Lea D''Or', power.title = 'flight'\nSQL:\n"
    assert question(GENERATION, Links(("hero",), ())) == f"{said}Values: hero.name = 'Lea D''Or'\nSQL:\n"
    assert question(replace(GENERATION, max_values=1), None) == f"{said}Values: hero.name = 'Lea D''Or'\nSQL:\n"
    assert question(replace(GENERATION, max_values=0), None) == f"{said}SQL:\n"
    assert question(GENERATION, Links(("recipe",), ())) == f"{said}SQL:\n"


@pytest.mark.parametrize("config", [LINKING, GENERATION])
def test_asking_reads_the_prompt_of_training_without_its_answer(config: TaskConfig, path: Path) -> None:
    config = replace(config, max_noise_tables=0)
    (learnt,) = prompts_for(config, [WHO_FLIES], {"saga": path}).prompts
    gold = {WHO_FLIES.id: Links(("hero", "hero_power"), ())}
    (asked,) = prompts_for(config, [WHO_FLIES], {"saga": path}, links=gold, asking=True).prompts
    assert asked == replace(learnt, answer="")


def test_asking_never_looks_at_the_gold_query(path: Path) -> None:
    for config in (LINKING, GENERATION):
        for gold in ("SELECT broken FROM nowhere", "", WHO_FLIES.gold_sql):
            example = replace(WHO_FLIES, gold_sql=gold)
            (prompt,) = prompts_for(config, [example], {"saga": path}, asking=True).prompts
            assert all(f"CREATE TABLE {name} (" in prompt.prefix for name in ("hero", "power", "weather", "recipe"))
            assert prompt.answer == ""


def test_a_broken_gold_query_is_left_out_of_training_with_the_reason(path: Path) -> None:
    broken = replace(HOW_MANY, gold_sql="SELECT wings FROM hero")
    made = prompts_for(LINKING, [broken, WHO_FLIES], {"saga": path})
    assert [prompt.example_id for prompt in made.prompts] == ["made-0"]
    assert "no such column: wings" in made.left_out["made-1"]


def test_tables_on_the_key_path_are_shown_and_without_links_all(saga: Schema) -> None:
    shown = generation.linked_schema(saga, Links(("power", "hero"), ()), cut_columns=False)
    assert [table.name for table in shown.tables] == ["hero", "power", "hero_power"]
    assert generation.linked_schema(saga, None, cut_columns=False) is saga
    assert generation.linked_schema(saga, Links(), cut_columns=True) is saga


def test_cutting_columns_leaves_linked_ones_and_keys(saga: Schema) -> None:
    links = Links(("hero", "power"), (("hero", "name"),))
    shown = generation.linked_schema(saga, links, cut_columns=True)
    assert [[column.name for column in table.columns] for table in shown.tables] == [
        ["id", "name"],
        ["id"],
        ["hero_id", "power_id"],
    ]


def test_noise_is_drawn_once_per_seed_and_linked_tables(saga: Schema) -> None:
    shown = saga.keep(["hero"])

    def draw(seed: int, max_tables: int = 2) -> tuple[str, ...]:
        noisy = generation.add_noise(shown, saga, max_tables=max_tables, seed=seed)
        assert "hero" in [table.name for table in noisy.tables]
        return tuple(table.name for table in noisy.tables if table.name != "hero")

    drawn = [draw(seed) for seed in range(60)]
    assert drawn == [draw(seed) for seed in range(60)]
    assert {len(names) for names in drawn} == {0, 1, 2}
    assert {name for names in drawn for name in names} == {"power", "hero_power", "weather", "recipe"}
    assert draw(1, max_tables=0) == ()
    assert max(len(draw(seed, max_tables=10)) for seed in range(60)) == 4


def test_noise_brings_no_cut_column_back(saga: Schema) -> None:
    shown = generation.linked_schema(saga, Links(("hero",), (("hero", "name"),)), cut_columns=True)
    noisy = generation.add_noise(shown, saga, max_tables=10, seed=3)
    assert [column.name for column in noisy.tables[0].columns] == ["id", "name"]
    assert all(table in saga.tables for table in noisy.tables[1:])


def test_questions_of_one_schema_share_the_prefix_byte_for_byte(shared_data: Path) -> None:
    rows = json.loads((shared_data / "spider/dev.json").read_text())
    examples = [
        Example(f"dev-{i}", i, row["question"], row["db_id"], row["query"])
        for i, row in enumerate(rows)
        if row["db_id"] in ("concert_singer", "pets_1", "world_1")
    ]
    databases = {e.database: shared_data / f"spider/database/{e.database}/{e.database}.sqlite" for e in examples}
    for style in SchemaStyle:
        linked = prompts_for(replace(LINKING, schema_style=style), examples, databases).prompts
        assert len(linked) == len(examples) == 45 + 42 + 120
        assert len({prompt.prefix for prompt in linked}) == 3
        written = prompts_for(replace(GENERATION, schema_style=style), examples, databases).prompts
        assert len({prompt.prefix for prompt in written}) == 12
        assert all(prompt.prefix.endswith("\n") and prompt.question.endswith(":\n") for prompt in linked + written)


def count_words(text: str) -> int:
    return len(text.split())


def test_a_small_window_drops_rows_then_the_columns_of_unlinked_tables(path: Path) -> None:
    links: dict[str, Links | None] = {"made-1": Links(("hero", "power"), ())}

    def fit(max_tokens: int) -> tuple[str, int]:
        window = Window(count_words, max_tokens)
        (prompt,) = prompts_for(GENERATION, [HOW_MANY], {"saga": path}, links=links, asking=True, window=window).prompts
        return prompt.prefix, prompt.num_dropped

    whole, none_dropped = fit(10_000)
    length = count_words(whole) + ROOM_FOR_QUESTION + GENERATION.max_new_tokens
    assert none_dropped == 0
    assert fit(length) == (whole, 0)
    no_rows = whole.replace("-- 1, 'Ada', 1.7\n", "").replace("-- 1, 'flight'\n", "")
    assert fit(length - 1) == (no_rows, 2)
    assert fit(length - 8) == (no_rows.replace("  since INTEGER,\n", ""), 3)


def test_what_cannot_fit_is_left_out_and_says_how_much_it_takes(path: Path) -> None:
    made = prompts_for(LINKING, [HOW_MANY], {"saga": path}, window=Window(count_words, 200))
    assert made.prompts == ()
    assert "the window holds 200" in made.left_out["made-1"]


def test_linking_is_not_taught_to_name_a_column_that_it_is_not_shown(saga: Schema) -> None:
    def write(links: Links, max_tokens: int) -> int:
        window = Window(count_words, max_tokens)
        return linking.write_prompt(HOW_MANY, saga, LINKING, links=links, asking=False, window=window).num_dropped

    whole = count_words(linking.write_prompt(HOW_MANY, saga, LINKING, links=None, asking=True).prefix)
    length = whole + ROOM_FOR_QUESTION + LINKING.max_new_tokens
    hidden = Links(("hero",), (("hero", "height"),))
    assert write(hidden, length) == 0
    assert write(Links(("hero",), (("hero", "id"),)), length - 8) == 2 + 2
    with pytest.raises(DataError, match="made-1: a linked column does not fit"):
        write(hidden, length - 8)


def test_a_long_question_makes_room_for_itself_only(path: Path) -> None:
    long = replace(WHO_FLIES, id="made-2", question="why " * 400)
    (whole,) = prompts_for(LINKING, [HOW_MANY], {"saga": path}, asking=True).prompts
    window = Window(count_words, count_words(whole.prefix) + 420)
    made = prompts_for(LINKING, [HOW_MANY, WHO_FLIES, long], {"saga": path}, asking=True, window=window)
    assert [prompt.num_dropped > 0 for prompt in made.prompts] == [False, False, True]
    assert made.num_shortened == 1


def test_answers_are_read_and_scored(saga: Schema) -> None:
    gold = Links(("hero",), (("hero", "name"),))
    read = TASKS[TaskName.schema_linking].read_answer
    assert linking.score(read("HERO: Name", saga), gold) == dict.fromkeys(
        ("tables_exact", "tables_recalled", "columns_exact", "columns_recalled"), 1.0
    )
    assert linking.score(read("hero: id, name\npower:", saga), gold) == {
        "tables_exact": 0.0,
        "tables_recalled": 1.0,
        "columns_exact": 0.0,
        "columns_recalled": 1.0,
    }
    assert set(linking.score(read("no idea", saga), gold).values()) == {0.0}
    assert generation.read_answer("```sql\nselect 1 ;```", saga) == "select 1"
