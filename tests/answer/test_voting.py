"""Votes: who names a table links it, and what most queries return is the answer."""

import pytest

from oraclecoder.answer.stages import Linked
from oraclecoder.answer.voting import Ballot, vote_links, vote_sql
from oraclecoder.config import Vote
from oraclecoder.database.execute import Outcome, Reason
from oraclecoder.records import Links

FIRST = Linked(Links(("item", "singer"), (("item", "name"), ("singer", "age"))), "")
SECOND = Linked(Links(("singer",), (("singer", "age"), ("singer", "name"))), "")
THIRD = Linked(Links(("concert", "singer"), (("concert", "place"), ("singer", "name"))), "")
UNREADABLE = Linked(None, "?")


@pytest.mark.parametrize(
    ("vote", "tables", "columns"),
    [
        (
            Vote.union,
            ("concert", "item", "singer"),
            (("concert", "place"), ("item", "name"), ("singer", "age"), ("singer", "name")),
        ),
        (Vote.majority, ("singer",), (("singer", "age"), ("singer", "name"))),
        (Vote.intersection, ("singer",), ()),
    ],
)
def test_links_are_voted_on_by_the_members_that_can_be_read(vote, tables, columns):
    found = vote_links([FIRST, UNREADABLE, SECOND, THIRD], vote)
    assert found.links == Links(tables, columns)
    assert found.text.startswith(f"{tables[0]}:")


def test_half_is_no_majority_and_nothing_in_common_is_no_answer():
    assert vote_links([FIRST, SECOND], Vote.majority).links == Links(("singer",), (("singer", "age"),))
    other = Linked(Links(("concert",)), "")
    assert vote_links([SECOND, other], Vote.intersection) == Linked(None, "")
    assert vote_links([UNREADABLE, UNREADABLE], Vote.union) == Linked(None, "")


def ballot(sql: str, likelihood: float, *rows: tuple) -> Ballot:
    return Ballot(sql, likelihood, Outcome(rows=rows))


def failed(sql: str, likelihood: float) -> Ballot:
    return Ballot(sql, likelihood, Outcome(rows=None, reason=Reason.error, problem="no such table"))


def test_the_result_that_most_have_wins_and_its_likeliest_query_is_taken():
    one = ballot("SELECT 1", -9.0, (1,))
    same = ballot("SELECT 1 + 0", -3.0, (1,))
    other = ballot("SELECT 2", -0.1, (2,))
    assert vote_sql([one, other, same]) == same


def test_a_tie_goes_to_the_likelier_and_failures_have_no_vote():
    assert vote_sql([ballot("a", -2.0, (1,)), ballot("b", -1.0, (2,))]).sql == "b"
    assert vote_sql([failed("x", -0.1), failed("x", -0.1), ballot("a", -50.0, (1,))]).sql == "a"
    assert vote_sql([failed("x", -3.0), failed("y", -2.0)]).sql == "y"


def test_what_finds_nothing_has_a_vote_only_where_all_find_nothing():
    nothing, null = ballot("a", -1.0), ballot("b", -1.0, (None,))
    assert vote_sql([nothing, nothing, null, ballot("c", -9.0, (0,))]).sql == "c"
    assert vote_sql([nothing, nothing, null, failed("d", -0.1)]).sql == "a"


def test_the_order_of_rows_counts_where_a_query_orders_them():
    up, down = ballot("SELECT n FROM t ORDER BY n", -1.0, (1,), (2,)), ballot("SELECT n FROM t", -5.0, (2,), (1,))
    third = ballot("SELECT n FROM t LIMIT 9", -6.0, (1,), (2,))
    assert vote_sql([up, down]).sql == up.sql
    assert vote_sql([down, third, up]).sql == down.sql
