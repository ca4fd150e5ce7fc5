"""Where local files are mirrored."""

from dataclasses import dataclass
from enum import Enum


class Tracker(Enum):
    """Weights & Biases, or local files only."""

    wandb = "wandb"
    none = "none"


class WandbMode(Enum):
    """offline needs no account."""

    offline = "offline"
    online = "online"


@dataclass
class TrackingConfig:
    """Where a copy of the local files goes."""

    name: Tracker
    mode: WandbMode
    project: str
    entity: str | None
