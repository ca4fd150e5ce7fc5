"""The invented corpus: its queries run, its held-out words stay out, and nothing of the real data is in it."""

import re
import sqlite3
from pathlib import Path
from random import Random

import pytest

from oraclecoder.config import SchemaStyle
from oraclecoder.database.schema import read_schema
from oraclecoder.dataset import demo
from oraclecoder.dataset.catalogue import TEMPLATES
from oraclecoder.dataset.elsewhere import counts, is_elsewhere, is_known_schema
from oraclecoder.dataset.invented import World
from oraclecoder.dataset.invented_asker import Asker
from oraclecoder.dataset.invented_children import childless, children
from oraclecoder.dataset.invented_corpus import INTENTS, STAGES, lesson, stage_at
from oraclecoder.dataset.invented_fields import KINDS
from oraclecoder.dataset.invented_joins import join_select
from oraclecoder.dataset.invented_schemas import Inventor
from oraclecoder.dataset.lexicon import Lexicon, held_out, plural
from oraclecoder.records import read_json
from oraclecoder.task.describe import describe
from oraclecoder.task.links import gold_links

LAST = STAGES[-1][-1]


def worlds(seed: int, count: int) -> list[tuple[Random, World]]:
    random = Random(seed)
    inventor = Inventor(random, Lexicon(random, invented=0.4))
    return [
        (random, inventor.world(random.randint(1, 7), num_rows=3, ordinary=random.choice((0.0, 0.9, 1.0))))
        for _ in range(count)
    ]


def test_every_invented_query_runs_on_its_schema():
    for random, world in worlds(1, 60):
        connection = sqlite3.connect(":memory:")
        connection.executescript(describe(world.schema, SchemaStyle.ddl, 0))
        asker = Asker(random, world, aliased=random.random() < 0.5)
        for _ in range(10):
            connection.execute(asker.ask(INTENTS).sql)


def test_what_a_query_reads_is_what_sqlite_reads():
    for random, world in worlds(2, 30):
        asker = Asker(random, world)
        for _ in range(5):
            asked = asker.ask(INTENTS)
            links = gold_links(asked.sql, world.schema)
            assert {table for table, _ in asked.reads} == set(links.tables), asked.sql
            assert {read for read in asked.reads if read[1]} == set(links.columns), asked.sql


def test_each_sort_of_question_is_asked():
    sqls = [
        Asker(random, world).ask({intent: 1}).sql
        for random, world in worlds(3, 6)
        if len(world.entities) > 4
        for intent in list(INTENTS)[:9]
        for _ in range(40)
    ]
    for wanted in ("ORDER BY", "LIMIT", "GROUP BY", "HAVING", "count(DISTINCT", "LIKE", "BETWEEN", "(SELECT avg"):
        assert any(wanted in sql for sql in sqls), wanted


def test_the_same_seed_gives_the_same_lesson():
    first, second = (lesson(Random(7), LAST, num_drills=5) for _ in range(2))
    assert first == second
    assert first != lesson(Random(8), LAST, num_drills=5)


def test_words_held_out_are_not_in_training_and_fill_the_measured_lessons():
    seen = Lexicon(Random(1), invented=0.5)
    unseen = Lexicon(Random(1), invented=0.5, unseen=True)
    assert not any(held_out(seen.thing()) for _ in range(500))
    assert all(held_out(unseen.thing()) for _ in range(500))


def test_lessons_get_harder_and_short_trainings_see_every_stage():
    assert [stage_at(step, progress=0.1).max_tables for step in (0, 100, 300, 600)] == [2, 3, 4, 6]
    assert stage_at(20, progress=0.95) == LAST


def test_tables_of_one_database_have_different_names_whatever_they_are_cut_to(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("oraclecoder.dataset.invented_fields.shorten", lambda word, random: word[:3])
    random = Random(8)
    inventor = Inventor(random, Lexicon(random, invented=0.0))
    for _ in range(150):
        names = [entity.name.lower() for entity in inventor.world(20, ordinary=1.0).entities]
        assert len(set(names)) == len(names)


def test_no_lesson_has_the_form_of_the_tasks():
    random = Random(4)
    for _ in range(50):
        for drill in lesson(random, LAST, num_drills=8).drills:
            assert not re.search(r"Question:|SQL:|Tables and columns|^\w+: ", drill.prompt)


def test_the_catalogue_has_full_entities_of_known_kinds_and_its_words_are_never_held_out():
    assert len({template.word for template in TEMPLATES}) == len(TEMPLATES) >= 100
    letters = {kind.value[0]: kind for kind in KINDS}
    for template in TEMPLATES:
        assert len(template.columns) >= 6, template.word
        assert {letter for _, letter in template.columns} <= letters.keys(), template.word
        assert len(template.verb) in (0, 2), template.word
        assert not held_out(template.word)


def test_people_do_things_with_what_refers_to_them():
    asked = [
        Asker(random, world).ask({children: 1, childless: 1, join_select: 1}).question
        for random, world in worlds(6, 900)
        for _ in range(8)
        if any(link.entity.person and e.verb for e in world.entities for link in e.links)
    ]
    for words in (" who never ", " did each ", " by ", " who "):
        assert any(words in question for question in asked), words


@pytest.mark.parametrize(
    ("word", "expected"),
    [("city", "cities"), ("box", "boxes"), ("day", "days"), ("person", "people"), ("fish", "fish")],
)
def test_plurals(word: str, expected: str):
    assert plural(word) == expected


@pytest.fixture(scope="module")
def corpus() -> tuple[list[set[tuple[str, str]]], set[str], set[str]]:
    """(table, column) pairs per schema, questions and queries of 1,500 invented databases."""
    random = Random(11)
    pairs, questions, queries = [], set(), set()
    for _ in range(1500):
        inventor = Inventor(random, Lexicon(random, invented=random.choice((0.15, 0.4, 0.8))))
        world = inventor.world(random.randint(2, 6), ordinary=random.choice((0.0, 0.9, 1.0)))
        pairs.append({(t.name.lower(), c.name.lower()) for t in world.schema.tables for c in t.columns})
        for _ in range(4):
            asked = Asker(random, world).ask(INTENTS)
            questions.add(asked.question.lower())
            queries.add(asked.sql.lower())
    return pairs, questions, queries


def check(corpus, schemas: list[set[tuple[str, str]]], questions: set[str], queries: set[str]) -> None:
    pairs, asked, written = corpus
    assert all(is_known_schema(real) for real in schemas)
    for real in schemas:
        for invented in pairs:
            assert len(real & invented) < 0.4 * min(len(real), len(invented))
    # "How many books are there?" is what anyone asks; whatever says more must be our own
    assert not {text for text in (questions & asked) | (queries & written) if counts(text)}
    assert all(is_elsewhere(text) for text in questions | queries if counts(text))


def test_nothing_of_the_demo_is_in_the_corpus(corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert len(demo.database_names()) == 22
    monkeypatch.setenv("ORACLECODER_CACHE", str(tmp_path))
    schemas = [
        {(t.name.lower(), c.name.lower()) for t in read_schema(path, 0).tables for c in t.columns}
        for path in demo.build_databases().values()
    ]
    examples = [e for split in ("train", "test") for e in demo.read_questions(split)]
    check(corpus, schemas, {e.question.lower() for e in examples}, {e.gold_sql.lower() for e in examples})


def test_nothing_of_spider_or_bird_is_in_the_corpus(corpus, shared_data: Path):
    tables = [t for name in ("spider/tables.json", "bird/dev_tables.json") for t in read_json(shared_data / name)]
    schemas = [
        {(t["table_names_original"][n].lower(), c.lower()) for n, c in t["column_names_original"] if n >= 0}
        for t in tables
    ]
    names = ("spider/train_spider.json", "spider/train_others.json", "spider/dev.json", "bird/dev.json")
    rows = [row for name in names for row in read_json(shared_data / name)]
    queries = {str(row.get("query") or row.get("SQL")).lower() for row in rows}
    check(corpus, schemas, {row["question"].lower() for row in rows}, queries)
