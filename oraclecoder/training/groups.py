"""From the questions of a split to what the trainer reads: groups of tokens that share a prefix."""

import logging
from collections.abc import Sequence

from transformers import PreTrainedTokenizerBase

from oraclecoder.answer.answerer import window
from oraclecoder.cache import cache_folder
from oraclecoder.config import TrainConfig
from oraclecoder.dataset import Dataset
from oraclecoder.errors import DataError
from oraclecoder.model.batches import Group, group_to_learn
from oraclecoder.model.tokens import encode_all, to_tokens
from oraclecoder.records import Example
from oraclecoder.task import prompts_for

logger = logging.getLogger(__name__)


def read_groups(
    config: TrainConfig, tokenizer: PreTrainedTokenizerBase, dataset: Dataset, examples: Sequence[Example]
) -> list[Group]:
    """The examples as groups of tokens, shuffled if they are learnt; what does not fit or cannot be read is counted.

    Raises:
        DataError: if none is left.
    """
    prompts = prompts_for(
        config.task, examples, dataset.databases, window=window(tokenizer, config.model), seed=config.seed
    )
    part = "train" if examples is dataset.train else "validation"
    if prompts.left_out:
        example, reason = next(iter(prompts.left_out.items()))
        logger.warning("%d of %d %s examples are left out, first %s: %s",
                       len(prompts.left_out), len(examples), part, example, reason)  # fmt: skip
    if prompts.num_shortened:
        logger.info(
            "%d of %d %s prompts drop sample rows or columns to fit", prompts.num_shortened, len(examples), part
        )
    if not prompts.prompts:
        raise DataError(f"none of the {len(examples)} {part} examples can be used; see the warnings above")
    rows = encode_all(prompts.prompts, tokenizer, config.model.prompt_format, cache=cache_folder() / "tokens")
    seed = config.seed if part == "train" else None
    return group_to_learn(map(to_tokens, rows), config.training, seed=seed)
