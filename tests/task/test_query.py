"""Queries as answers."""

import pytest

from oraclecoder.task.query import read_query, write_query


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("SELECT  name ,  age\nFROM\tsinger ;", "SELECT name, age FROM singer"),
        ("select count ( * ) from t where a  >=  ( 3 )", "select count(*) from t where a >= (3)"),
        ("SELECT a FROM t WHERE b IN (1,2)", "SELECT a FROM t WHERE b IN (1, 2)"),
        ("SELECT 'two  spaces; and --' FROM t -- a comment\n", "SELECT 'two  spaces; and --' FROM t"),
        ('SELECT `a , b` FROM "c  d" /* no\nmatter */ WHERE x = "( y"', 'SELECT `a , b` FROM "c  d" WHERE x = "( y"'),
        (
            "SELECT a\nFROM t\nGROUP\n  BY a\nUNION\nALL SELECT b FROM t WHERE b IS  NOT 'x  y'",
            "SELECT a FROM t GROUP BY a UNION ALL SELECT b FROM t WHERE b IS NOT 'x  y'",
        ),
        ("; SELECT 1; SELECT 2", "SELECT 1"),
        ("-- nothing", ""),
        ("", ""),
    ],
)
def test_a_query_is_written_on_one_tidy_line(sql: str, line: str) -> None:
    assert write_query(sql) == line
    assert write_query(line) == line


@pytest.mark.parametrize(
    "text",
    [
        "SELECT a FROM t",
        "  SELECT a\nFROM t;\n",
        "```sql\nSELECT a\n\nFROM t;\n```\nThis query reads a.",
        "Here it is:\n```\nSELECT a FROM t\n```",
        "```SELECT a FROM t```",
        "```sqlite\nSELECT a FROM t",
        "SELECT a FROM t\n\nThis query reads a.",
        "SELECT a FROM t; SELECT b FROM t;",
    ],
)
def test_the_first_statement_is_read_from(text: str) -> None:
    assert read_query(text) == "SELECT a FROM t"
