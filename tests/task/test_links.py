"""Gold links of tricky queries and of real data, and links as answers."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from oraclecoder.database.schema import Column, Schema, Table, read_schema
from oraclecoder.database.values import CellValue
from oraclecoder.errors import DataError
from oraclecoder.records import Links
from oraclecoder.task.links import gold_links, read_links, with_values, write_links

COLUMNS = {
    "stadium": ("Stadium_id", "Location", "Name", "Capacity"),
    "singer": ("Singer_id", "Name", "Country", "Age"),
    "concert": ("Concert_id", "Theme", "Stadium_id", "Year"),
    "singer_in_concert": ("concert_id", "Singer_id"),
    "order log": ("select", "free seats (%)", "when, exactly"),
}
SCHEMA = Schema("hall", tuple(Table(name, tuple(Column(c, "") for c in names)) for name, names in COLUMNS.items()))


def read_cases() -> list[Any]:
    """(query, answer) of each case, named by what is tricky about it."""
    blocks = (Path(__file__).parent / "links.sql").read_text().split("\n\n")[1:]
    cases = []
    for block in blocks:
        title, *lines = block.strip().splitlines()
        answer = [line.removeprefix("-- =>").strip() for line in lines if line.startswith("-- =>")]
        query = "\n".join(line for line in lines if not line.startswith("-- =>"))
        cases.append(pytest.param(query, "\n".join(answer), id=title.removeprefix("-- ")))
    return cases


@pytest.mark.parametrize(("query", "answer"), read_cases())
def test_the_links_of(query: str, answer: str) -> None:
    links = gold_links(query, SCHEMA)
    assert write_links(links) == answer
    assert read_links(answer, SCHEMA) == links


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT Name FROM nowhere", "no such table: nowhere"),
        ("SELECT Nme FROM singer", "no such column: Nme"),
        ("SELECT Name FROM singer, stadium", "ambiguous column name: Name"),
        ("SELEC Name", "syntax error"),
        ("SELECT 1; SELECT 2", "one statement at a time"),
        ("DROP TABLE singer", "not authorized"),
        ("ATTACH 'x.db' AS x", "not authorized"),
        ("SELECT '\x00'", "SQLite refuses"),
    ],
)
def test_a_query_that_does_not_compile_is_refused_with_the_reason(query: str, reason: str) -> None:
    with pytest.raises(DataError, match=reason) as caught:
        gold_links(query, SCHEMA)
    assert str(caught.value).startswith("hall: ")


def test_the_same_query_twice_has_the_same_links() -> None:
    assert gold_links("SELECT Age FROM singer", SCHEMA) == gold_links("SELECT Age FROM singer", SCHEMA)


def test_links_are_written_sorted_and_quoted_where_needed() -> None:
    links = Links(("singer", "order log"), (("singer", "Name"), ("singer", "Age"), ("order log", "when, exactly")))
    assert write_links(links) == "`order log`: `when, exactly`\nsinger: Age, Name"


def test_values_add_their_columns_unless_they_stand_in_several_tables() -> None:
    links = Links(("b",), (("b", "x"),))
    both = (CellValue("A", "town", "Rome"), CellValue("A", "home", "rome"))
    assert with_values(links, [both]) == Links(("A", "b"), (("A", "home"), ("A", "town"), ("b", "x")))
    assert with_values(links, [(*both, CellValue("c", "town", "Rome"))]) == links
    other = (CellValue("c", "code", "7"),)
    assert with_values(links, [(CellValue("A", "x", "Rome"), CellValue("b", "x", "Rome")), other]) == Links(
        ("b", "c"), (("b", "x"), ("c", "code"))
    )


def test_an_answer_is_read_in_any_case_order_and_spacing() -> None:
    wanted = Links(("concert", "singer"), (("singer", "Age"), ("singer", "Name")))
    assert read_links("\n  SINGER:name,  AGE \nconcert:\n\n", SCHEMA) == wanted
    assert read_links("singer: Name\nconcert:\nsinger: Age", SCHEMA) == wanted
    assert read_links("order log: `select`", SCHEMA) == Links(("order log",), (("order log", "select"),))


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "SELECT Name FROM singer",
        "singer",
        "singer: Name, Wage",
        "singers: Name",
        "singer: Name\nThat is all.",
        "singer: Name,",
        "singer: , Name",
        "singer: Name: Age",
        "singer: Name Age",
        ": Name",
        "```\nsinger: Name\n```",
        "`singer: Name",
    ],
)
def test_an_answer_with_any_flaw_is_not_read(answer: str) -> None:
    assert read_links(answer, SCHEMA) is None


def read_rows(shared_data: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((shared_data / name).read_text(encoding="utf-8"))
    return rows


def database(shared_data: Path, name: str) -> Path:
    if name == "wta_1":
        return shared_data / "spider/wta_1_SCHEMA_ONLY.sqlite"
    return shared_data / f"spider/database/{name}/{name}.sqlite"


FAILING = {
    ("train_spider.json", 3153): "no such table: Ref_Company_Types",
    ("train_spider.json", 4513): "ORDER BY clause should come after INTERSECT not before",
    ("train_spider.json", 4514): "ORDER BY clause should come after INTERSECT not before",
}
"""All golds of Spider without links: the three that do not run on their database either."""


@pytest.mark.parametrize(
    ("file", "num_covered"), [("train_spider.json", 6901), ("train_others.json", 1659), ("dev.json", 1034)]
)
def test_every_gold_of_spider_that_runs_has_links(shared_data: Path, file: str, num_covered: int) -> None:
    covered, failed = 0, {}
    for index, row in enumerate(read_rows(shared_data, f"spider/{file}")):
        path = database(shared_data, row["db_id"])
        if not path.exists():
            continue
        schema = read_schema(path)
        try:
            links = gold_links(row["query"], schema)
        except DataError as error:
            failed[(file, index)] = str(error)
            continue
        assert links.tables
        assert read_links(write_links(links), schema) == links
        covered += 1
    assert covered == num_covered
    assert failed.keys() == {place for place in FAILING if place[0] == file}
    for place, message in failed.items():
        assert FAILING[place] in message


@pytest.mark.parametrize(("file", "count"), [("dev.json", 129), ("mini_dev_sqlite.json", 52)])
def test_every_gold_of_superhero_has_links(shared_data: Path, file: str, count: int) -> None:
    schema = read_schema(shared_data / "bird/dev_databases/superhero/superhero.sqlite")
    rows = [row for row in read_rows(shared_data, f"bird/{file}") if row["db_id"] == "superhero"]
    assert len([gold_links(row["SQL"], schema) for row in rows]) == count


def test_links_agree_with_the_parse_that_spider_ships(shared_data: Path) -> None:
    """All tables agree. Columns differ in 9 of 1,034: `*` (3), OR in a join and a name in both sides (6)."""
    tables_by_name = {entry["db_id"]: entry for entry in read_rows(shared_data, "spider/tables.json")}
    differing: Counter[str] = Counter()
    for row in read_rows(shared_data, "spider/dev.json"):
        entry, tables, columns = tables_by_name[row["db_id"]], set[int](), set[int]()
        collect(row["sql"], tables, columns)
        names = [name.lower() for name in entry["table_names_original"]]
        parsed = [entry["column_names_original"][number] for number in columns - {0}]
        wanted = {(names[table], column.lower()) for table, column in parsed}
        links = gold_links(row["query"], read_schema(database(shared_data, row["db_id"])))
        assert {table.lower() for table in links.tables} == {names[table] for table in tables}, row["query"]
        if {(table.lower(), column.lower()) for table, column in links.columns} != wanted:
            differing["star" if "*" in row["query"].replace("count(*)", "") else "other"] += 1
    assert differing == {"star": 3, "other": 6}


def collect(sql: dict[str, Any], tables: set[int], columns: set[int]) -> None:
    """Gather the table and column numbers of a parsed Spider query and of all queries inside it."""
    for kind, unit in sql["from"]["table_units"]:
        if kind == "table_unit":
            tables.add(unit)
        else:
            collect(unit, tables, columns)
    values = [unit for _, unit in sql["select"][1]] + list(sql["orderBy"][1] if sql["orderBy"] else [])
    for part in (sql["from"]["conds"], sql["where"], sql["having"]):
        for condition in part:
            if isinstance(condition, list):
                values.append(condition[2])
                for value in condition[3:5]:
                    if isinstance(value, dict):
                        collect(value, tables, columns)
                    elif isinstance(value, list):
                        columns.add(value[1])
    columns.update(column[1] for value in values for column in value[1:] if column)
    columns.update(column[1] for column in sql["groupBy"])
    for operation in ("intersect", "union", "except"):
        if sql[operation]:
            collect(sql[operation], tables, columns)
