"""The invented corpus: its queries run, its held-out words stay out, and nothing of the real data is in it."""

import re
import sqlite3
from pathlib import Path
from random import Random

import pytest

from experiments.nano.elsewhere import pairs_of, real_schemas, real_texts, texts_of
from oraclecoder.config import SchemaStyle, TaskConfig, TaskName
from oraclecoder.database.schema import Column, Schema, Table, read_schema
from oraclecoder.database.values import CellValue
from oraclecoder.dataset import demo
from oraclecoder.dataset.catalogue import TEMPLATES
from oraclecoder.dataset.elsewhere import Pairs, counts, is_elsewhere, is_known_schema
from oraclecoder.dataset.invented import World
from oraclecoder.dataset.invented_asker import Asker
from oraclecoder.dataset.invented_children import childless, children
from oraclecoder.dataset.invented_corpus import INTENTS, STAGES, lesson, stage_at
from oraclecoder.dataset.invented_fields import KINDS
from oraclecoder.dataset.invented_joins import join_select
from oraclecoder.dataset.invented_schemas import Inventor
from oraclecoder.dataset.lexicon import HELD_OUT, SYNONYMS, VALUES, Lexicon, held_out, plural
from oraclecoder.records import Example, Links
from oraclecoder.task import generation, linking
from oraclecoder.task.describe import describe
from oraclecoder.task.links import gold_links, write_links

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
    askers = [Asker(random, world) for random, world in worlds(3, 12) if len(world.entities) > 4]
    sqls: list[str] = []
    for intent in INTENTS:
        found = [asked.sql for asker in askers for asked in (intent(asker) for _ in range(40)) if asked]
        assert len(found) > 40, intent
        sqls += found
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


def test_no_lesson_of_a_training_says_a_word_held_out():
    """Frames and DDL say four of them, and what is cut to four letters may look like one."""
    words = {word for word in HELD_OUT if len(word) > 4} - {"primary", "other", "spread", "close"}
    assert len(words) > 100
    for number in range(120):
        item = lesson(Random(f"words/{number}"), LAST, num_drills=16)
        text = "\n".join((item.schema_text, *(drill.prompt + drill.answer for drill in item.drills)))
        assert not words & {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", text)}


def test_lists_of_synonyms_and_values_have_no_word_held_out():
    chosen = {choice.lower() for found in (SYNONYMS, VALUES) for choices in found.values() for choice in choices}
    assert len(chosen) > 700
    assert not chosen & HELD_OUT


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
    example = Example("1", 0, "Who lives in Rome?", "town", "SELECT 1", "Rome is a city")
    schema = Schema("town", (Table("person", (Column("city", "TEXT"),), (), ()),))
    links, values = Links(("person",), (("person", "city"),)), ((CellValue("person", "city", "Rome"),),)
    cues = set()
    for task in (linking, generation):
        config = TaskConfig(TaskName.schema_linking, SchemaStyle.ddl, 0, 6, 0, False, 8)
        prompt = task.write_prompt(example, schema, config, links=links, asking=False, values=values)
        cues |= {*re.findall(r"^[A-Z][\w ]+:", prompt.question, re.M), *filter(None, task.INSTRUCTION.splitlines())}
    assert {"Question:", "Evidence:", "Values:", "SQL:", "Tables and columns:"} < cues
    listed = re.compile(r"^(?:\w+|`[^`]+`): ", re.M)
    assert listed.match(write_links(links))
    random = Random(4)
    for _ in range(80):
        item = lesson(random, LAST, num_drills=8)
        for text in (item.schema_text, *(drill.prompt + drill.answer for drill in item.drills)):
            assert not [cue for cue in cues if cue in text]
        assert not [drill for drill in item.drills if listed.search(drill.answer)]


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


def check(corpus, schemas: list[Pairs], texts: list[str]) -> None:
    pairs, asked, written = corpus
    assert all(is_known_schema(real) for real in schemas)
    for real in ({(table.lower(), column.lower()) for table, column in schema} for schema in schemas):
        for invented in pairs:
            assert len(real & invented) < 0.4 * min(len(real), len(invented))
    # "How many books are there?" is what anyone asks; whatever says more must be our own
    said = {text.lower() for text in texts if counts(text)}
    assert not said & (asked | written)
    assert all(map(is_elsewhere, said))


def test_nothing_of_the_demo_is_in_the_corpus(corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert len(demo.database_names()) == 22
    monkeypatch.setenv("ORACLECODER_CACHE", str(tmp_path))
    schemas = [pairs_of(read_schema(path, 0)) for path in demo.build_databases().values()]
    check(corpus, schemas, texts_of(e for split in demo.SPLITS for e in demo.read_questions(split)))


def test_nothing_of_spider_or_bird_is_in_the_corpus(corpus, shared_data: Path):
    schemas, texts = real_schemas(shared_data), real_texts(shared_data)
    assert len(schemas) == 166 + 11 + 69
    assert len(texts) == 2 * (7000 + 1659 + 1034 + 1534 + 500 + 1000)
    check(corpus, schemas, texts)
