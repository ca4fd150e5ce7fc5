"""What the gate chooses among: each member, merges of them, and members who answer together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from oraclecoder.config import EnsembleConfig, MergeMethod, Vote
from oraclecoder.ensemble.methods import METHODS, Merged, merge
from oraclecoder.ensemble.team import Team, member_names, training_steps
from oraclecoder.ensemble.weights import greedy_soup, search, softmax, uniform
from oraclecoder.model.factors import read_factors


class Kind(StrEnum):
    """What answers: one member, one adapter made of several, several adapters, or one that was taught by them."""

    single = "single"
    merged = "merged"
    committee = "committee"
    distilled = "distilled"


@dataclass(frozen=True)
class Candidate:
    """One way of answering a task. `weights` are by member, best first; 0 leaves one out.

    `adapter` is one that was trained for it in `own_steps`, where it is made of no members' deltas.
    """

    name: str
    kind: Kind
    weights: tuple[float, ...]
    method: MergeMethod = MergeMethod.average
    rank: int | None = None
    scale: float = 1.0
    density: float = 1.0
    seed: int = 0
    vote: Vote = Vote.none
    num_samples: int = 1
    temperature: float = 0.0
    adapter: Path | None = None
    own_steps: int = 0

    @property
    def members(self) -> list[int]:
        """The members that take part, by number."""
        return [number for number, weight in enumerate(self.weights) if weight > 0]

    @property
    def num_passes(self) -> int:
        """Forward passes a token of the answer, against one adapter's one."""
        return len(self.members) * self.num_samples if self.kind is Kind.committee else 1

    def steps(self, team: Team) -> int:
        """Optimizer steps that it took to have it."""
        return training_steps([team.runs[number] for number in self.members]) + self.own_steps


def make(candidate: Candidate, team: Team) -> Merged:
    """The one adapter that a merge comes to, or that was trained."""
    if candidate.adapter is not None:
        return Merged(read_factors(candidate.adapter), 1.0)
    return merge(
        team.adapters,
        candidate.weights,
        method=candidate.method,
        rank=candidate.rank,
        scale=candidate.scale,
        density=candidate.density,
        seed=candidate.seed,
    )


def singles(team: Team) -> list[Candidate]:
    """Each member, best first."""
    count = len(team.runs)
    return [
        Candidate(name, Kind.single, _only(number, count))
        for number, name in enumerate(member_names([run.status.lr_ratio for run in team.runs]))
    ]


def _only(number: int, count: int) -> tuple[float, ...]:
    return tuple(float(other == number) for other in range(count))


LINK_VOTES = (Vote.union, Vote.majority, Vote.intersection)
QUERY_VOTES = (Vote.first, Vote.execution)


def committees(team: Team, config: EnsembleConfig) -> list[Candidate]:
    """Members who answer together: by averaged logits, by votes on links, or by what queries return."""
    equal = tuple(uniform(len(team.runs)))
    possible = (Vote.logits, *(QUERY_VOTES if team.task == "sql_generation" else LINK_VOTES))
    votes = [vote for vote in possible if vote in config.votes]
    found = [Candidate(_named(vote), Kind.committee, equal, vote=vote) for vote in votes]
    if config.samples and Vote.execution in votes:
        name = f"vote: execution of {config.samples} samples each"
        vote = Candidate(name, Kind.committee, equal, vote=Vote.execution, num_samples=config.samples)
        found.append(replace(vote, temperature=config.sample_temperature))
    return found if len(equal) > 1 else []


def _named(vote: Vote) -> str:
    special = {Vote.logits: "committee of logits", Vote.first: "first that finds something"}
    return special.get(vote, f"vote: {vote.value}")


Loss = Callable[[Candidate], float]


def merges(team: Team, config: EnsembleConfig, loss: Loss) -> Iterator[Candidate]:
    """The merges of the members, each once; `loss` is asked where weights are looked for."""
    equal = uniform(len(team.runs))
    if len(equal) < 2:
        return
    softer = softmax(team.scores, config.temperature)
    greedy = greedy_soup(team.scores, lambda weights: loss(_averaged("greedy soup", weights)))
    found = [_averaged("average", equal)]
    found += [_averaged("average at the members' rank", equal, rank=team.rank)]
    found += [_averaged("softmax", softer)] if _apart(softer, equal) else []
    found += [_averaged("greedy soup", greedy)] if _apart(greedy, equal) and sum(map(bool, greedy)) > 1 else []
    found += [_averaged(f"average x {scale:g}", equal, scale=scale) for scale in config.scales]
    for method in [method for method in METHODS if method is not MergeMethod.average]:
        name = f"{method.value.upper()} (density {config.density:g})"
        own = {"method": method, "density": config.density, "seed": config.seed}
        found.append(_averaged(name, equal, **own))
    yield from found
    if config.search:
        start = min(found, key=loss)
        coefficients = [start.scale * weight for weight in start.weights]
        weights, scale = search(
            coefficients if start.method is MergeMethod.average else equal,
            lambda tried: loss(_averaged("search", tried)),
            max_evaluations=config.search_evaluations,
        )
        yield _averaged("search", weights, scale=scale)


def _averaged(name: str, weights: Sequence[float], **changes) -> Candidate:
    return Candidate(name, Kind.merged, tuple(weights), **changes)


def _apart(first: Sequence[float], second: Sequence[float]) -> bool:
    return max(abs(a - b) for a, b in zip(first, second, strict=True)) > 0.01
