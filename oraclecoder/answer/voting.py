"""Several answers become one: links by who names them, queries by what they return."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from oraclecoder.answer.stages import Linked
from oraclecoder.config import Vote
from oraclecoder.database.compare import spider_agree
from oraclecoder.database.execute import Outcome
from oraclecoder.records import Links
from oraclecoder.task.links import write_links

ENOUGH: dict[Vote, Callable[[int, int], bool]] = {
    Vote.union: lambda named, readers: named >= 1,
    Vote.majority: lambda named, readers: 2 * named > readers,
    Vote.intersection: lambda named, readers: named == readers,
}
"""Whether a table or column that so many of the readable members name is linked."""


def vote_links(found: Sequence[Linked], vote: Vote) -> Linked:
    """What members link together; one whose answer does not parse has no vote. No table at all is no answer."""
    readable = [one.links for one in found if one.links is not None]
    enough = ENOUGH[vote]

    def named(values: Sequence[Sequence]) -> list:
        counted = dict.fromkeys(sorted(value for own in values for value in set(own)), 0)
        for own in values:
            for value in set(own):
                counted[value] += 1
        return [value for value, count in counted.items() if enough(count, len(readable))]

    tables = named([links.tables for links in readable])
    columns = [pair for pair in named([links.columns for links in readable]) if pair[0] in tables]
    if not tables:
        return Linked(None, "")
    links = Links(tuple(tables), tuple(columns))
    return Linked(links, write_links(links))


@dataclass(frozen=True)
class Ballot:
    """A query, how likely it was, what it returns, and whether the whole schema was shown for it."""

    sql: str
    log_likelihood: float
    outcome: Outcome
    whole_schema: bool = False


def vote_sql(ballots: Sequence[Ballot]) -> Ballot:
    """The query whose result most have; among equals the likelier one. Queries that fail have no vote.

    Queries that find nothing have one only where all find nothing (as in execution-guided decoding, arXiv 1807.03100).
    Results agree as in Spider's test suites, in order if either query orders its rows.
    """
    groups: list[list[Ballot]] = []
    finding = [ballot for ballot in ballots if ballot.outcome.finds]
    for ballot in finding or ballots:
        if ballot.outcome.rows is not None:
            home = next((group for group in groups if _agree(group[0], ballot)), None)
            if home is None:
                groups.append([ballot])
            else:
                home.append(ballot)
    if not groups:
        return max(ballots, key=lambda ballot: ballot.log_likelihood)
    winners = max(groups, key=lambda group: (len(group), max(ballot.log_likelihood for ballot in group)))
    return max(winners, key=lambda ballot: ballot.log_likelihood)


def _agree(first: Ballot, second: Ballot) -> bool:
    assert first.outcome.rows is not None
    assert second.outcome.rows is not None
    ordered = any("order by" in ballot.sql.lower() for ballot in (first, second))
    return spider_agree(first.outcome.rows, second.outcome.rows, ordered)
