"""Members, weights and method of an ensemble, and what is evaluated beside it."""

from dataclasses import dataclass
from enum import Enum

from oraclecoder.config.checks import require


class MergeMethod(Enum):
    """How members become one adapter (one row per function in ensemble/methods.py)."""

    average = "average"
    ties = "ties"
    dare = "dare"


class MemberWeights(Enum):
    """How members are weighted."""

    uniform = "uniform"
    softmax = "softmax"


class EnsembleKind(Enum):
    """What the gate may serve beside the best member: one merged adapter, members who answer together, one adapter
    that was taught by them, or whichever of these is best."""

    merged = "merged"
    committee = "committee"
    distilled = "distilled"
    auto = "auto"


class Vote(Enum):
    """How members answer together: not at all, token by token from their averaged logits, or each for himself.

    Links are then voted on by union, majority or intersection, queries by what they return when they are executed; or
    the first member answers, best first, whose query finds something.
    """

    none = "none"
    logits = "logits"
    union = "union"
    majority = "majority"
    intersection = "intersection"
    execution = "execution"
    first = "first"


@dataclass
class EnsembleConfig:
    """Which members, which candidates, and how the gate chooses among them.

    `method`, `weights`, `rank` and `scale` are those of the merge without the gate; with it they are chosen. `rank`
    null keeps the summed rank, which is exact. `temperature` is that of the softmax of scores. `scales` are what the
    average is multiplied by, `density` is the share of numbers that TIES and DARE keep. `search` looks for weights and
    a scale with so many `search_evaluations` of the loss. `votes` are how members may answer together; `samples` above
    0 adds a vote over so many sampled queries of each member. `loss_questions` caps the questions that losses are taken
    on, `answer_questions` those that are answered in each part of validation, `finalists` the merges that are answered
    and, of all that are answered, those of each measure that linker and generator are paired from.
    `distill` has one adapter taught by the members, on the training questions that each of them left out
    (`dataset.fold`), or on `questions`, a file of JSON lines with question and database; it learns their
    `taught_tokens` likeliest tokens.
    """

    kind: EnsembleKind
    gate: bool
    top_k: int
    method: MergeMethod
    weights: MemberWeights
    temperature: float
    rank: int | None
    scale: float
    scales: list[float]
    density: float
    search: bool
    search_evaluations: int
    votes: list[Vote]
    samples: int
    sample_temperature: float
    loss_questions: int | None
    answer_questions: int | None
    finalists: int
    distill: bool
    questions: str | None
    taught_tokens: int
    seed: int

    def __post_init__(self) -> None:
        for name in ("top_k", "search_evaluations", "finalists", "taught_tokens"):
            value = getattr(self, name)
            require(value >= 1, f"ensemble.{name} must be at least 1, got {value}")
        for name in ("rank", "loss_questions", "answer_questions"):
            value = getattr(self, name)
            require(value is None or value >= 1, f"ensemble.{name} must be at least 1 or null, got {value}")
        for name in ("temperature", "sample_temperature", "scale"):
            value = getattr(self, name)
            require(value > 0, f"ensemble.{name} must be above 0, got {value}")
        require(all(scale > 0 for scale in self.scales), f"ensemble.scales must be above 0, got {self.scales}")
        require(0 < self.density <= 1, f"ensemble.density must be above 0 and at most 1, got {self.density}")
        require(self.samples >= 0, f"ensemble.samples must be at least 0, got {self.samples}")
        refuse_unheard(self)


def refuse_unheard(config: EnsembleConfig) -> None:
    """Refuse combinations in which a setting would silently do nothing."""
    kind, votes = config.kind, [vote.value for vote in config.votes]
    require(
        kind is not EnsembleKind.distilled or (config.distill and config.gate),
        "ensemble.kind=distilled needs ensemble.distill=true and ensemble.gate=true; take ensemble=distilled",
    )
    require(
        kind is not EnsembleKind.committee or config.gate,
        "ensemble.kind=committee needs the gate, as ensemble.gate=false merges; set it to true or take ensemble=merged",
    )
    require(
        not config.distill or (config.gate and kind in (EnsembleKind.distilled, EnsembleKind.auto)),
        f"ensemble.distill=true trains what ensemble.kind={kind.value} with ensemble.gate={str(config.gate).lower()} "
        "cannot serve; take ensemble=distilled or ensemble=auto with the gate",
    )
    require(
        config.questions is None or config.distill,
        f"ensemble.questions={config.questions} is what a student is taught on; set ensemble.distill=true as well",
    )
    refuse_beside_the_gate(config)
    require("none" not in votes, f"ensemble.votes={votes} holds none, with which nobody votes; leave it out")
    require(
        kind is not EnsembleKind.committee or bool(votes),
        "ensemble.kind=committee has nothing to offer with ensemble.votes=[]; name some, as [logits,union,first]",
    )
    require(
        config.samples == 0 or Vote.execution in config.votes,
        f"ensemble.samples={config.samples} are voted on by execution, which ensemble.votes={votes} has not; add it",
    )


def refuse_beside_the_gate(config: EnsembleConfig) -> None:
    """Refuse what only a merge without the gate heeds where there is one, and what only the gate heeds without."""
    without = {"method": MergeMethod.average, "weights": MemberWeights.uniform, "rank": None, "scale": 1.0}
    heeded_by_gate = {"search": False, "samples": 0}
    gate = str(config.gate).lower()
    for name, usual in (without if config.gate else heeded_by_gate).items():
        value = getattr(config, name)
        require(
            value == usual,
            f"ensemble.{name}={getattr(value, 'value', value)} does nothing with ensemble.gate={gate}; "
            f"set ensemble.gate={str(not config.gate).lower()} or leave it out",
        )


class System(Enum):
    """What is evaluated side by side: the base alone, every member, the best member, the ensemble."""

    base = "base"
    members = "members"
    best = "best"
    ensemble = "ensemble"
