"""The progress bar of a run."""

from collections.abc import Callable
from typing import Any

from transformers import TrainerCallback


class Bar(TrainerCallback):
    """Moves the progress bar, also over the steps of a checkpoint that is resumed."""

    def __init__(self, advance: Callable[[int], None]) -> None:
        self.advance, self.done = advance, 0

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Move by the steps since the last call."""
        self.advance(state.global_step - self.done)
        self.done = state.global_step
