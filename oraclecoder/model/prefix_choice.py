"""Which route a model can take: tried on the model itself, once, rather than looked up by name."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

import torch
from torch import nn
from transformers import DynamicCache
from transformers.cache_utils import DynamicLayer, DynamicSlidingWindowLayer

from oraclecoder.config import Route
from oraclecoder.errors import ConfigError
from oraclecoder.model.adapter import base_of
from oraclecoder.model.prefix_routes import ROUTES, Batch, branch_logits, padded_logits, read_prefixes

logger = logging.getLogger(__name__)
_TRIED: WeakKeyDictionary[nn.Module, dict[str, bool]] = WeakKeyDictionary()
_SAID: set[str] = set()
NOT_SHARED = "cannot share a prefix between questions; it is repeated for each of them, at its cost"
NOT_KEPT = "cannot go on from a cache; every token reads its whole row again, at its cost"
LITTLE, ROUNDING = 1e-3, {torch.bfloat16: 0.2, torch.float16: 0.05}
"""How far scores of two routes may be apart, as a share of what another prefix changes. Rounding grows with depth: a
random 7B Llama in NF4 and bf16 is at 0.05."""
BY_LENGTH = {"longrope", "dynamic"}
"""Rotations that differ with the length of the whole row, which no two routes have in common."""


def choose_route(model: Any, route: Route, *, gradient_checkpointing: bool = False) -> Route:
    """The route that was asked for, or for `auto` the fastest one whose scores are exact on this model.

    Gradient checkpointing throws caches away, so that it leaves the packed route.

    Raises:
        ConfigError: if the route that was asked for gives other scores than padded rows.
    """
    if route is not Route.auto:
        if route is not Route.padded and not teaches(model, route):
            raise ConfigError(
                f"training.route={route.value} gives other scores than padded rows on {kind_of(model)}; set "
                "training.route=auto"
            )
        return route
    wanted = [Route.packed] if gradient_checkpointing else [Route.prefix, Route.packed]
    chosen = next((one for one in wanted if teaches(model, one)), Route.padded)
    if chosen is Route.padded:
        say_once(f"{kind_of(model)} {NOT_SHARED}", logging.WARNING)
    reason = "gradient checkpointing keeps no cache" if gradient_checkpointing else "the fastest"
    say_once(f"training.route=auto chose {chosen.value} ({reason if chosen is wanted[0] else 'what is left'})")
    return chosen


def scoring_route(model: Any) -> Route:
    """The route by which a model's scores are taken: with a shared prefix wherever that is exact."""
    return Route.prefix if teaches(model, Route.prefix) else Route.padded


def say_once(sentence: str, level: int = logging.INFO) -> None:
    """Log a sentence, once in a process however many models it is true of."""
    if sentence not in _SAID:
        _SAID.add(sentence)
        logger.log(level, "%s", sentence)


def kind_of(model: Any) -> str:
    """The class of the base, as messages call it."""
    return type(base_of(model)).__name__


def is_exact(model: Any, route: Route) -> bool:
    """Whether the route gives this model's scores; tried once per base."""
    return _tried(model, route.value, lambda batch: _is_near(model, batch, ROUTES[route], cached=route is Route.prefix))


def goes_on(model: Any) -> bool:
    """Whether the model goes on from its own cache of a row as if it read the whole row; tried once per base."""
    return _tried(model, "cache", lambda batch: _is_near(model, batch, _continued, cached=True))


def teaches(model: Any, route: Route) -> bool:
    """Whether a model can be trained by a route, which is what `PrefixModel` asks of one that is named."""
    return is_exact(model, route) and (
        route is not Route.prefix or _tried(model, "training", lambda batch: _trains(model, batch))
    )


@torch.no_grad()
def _tried(model: Any, what: str, trial: Callable[[Batch], bool]) -> bool:
    """What a trial on two short branches finds, made once per base; what a model cannot do raises, which is a no."""
    tried = _TRIED.setdefault(base_of(model), {})
    if what not in tried:
        training = model.training
        model.eval()
        try:
            tried[what] = trial(_small_batch(model))
        except torch.OutOfMemoryError:
            raise
        except (TypeError, ValueError, AttributeError, RuntimeError, IndexError) as error:
            logger.debug("%s, trial of %s: %r", kind_of(model), what, error)
            tried[what] = False
        finally:
            model.train(training)
    return tried[what]


def _small_batch(model: Any) -> Batch:
    ids = torch.arange(8, device=model.device) * model.get_input_embeddings().weight.shape[0] // 8
    ones = torch.ones(2, 3, dtype=torch.long, device=model.device)
    return Batch(
        ids[None, :5], ones[:1, :1].expand(1, 5), ones[:, 0] * 0, torch.stack([ids[5:8], ids[4:7]]), ones, ones
    )


def _is_near(model: Any, batch: Batch, way: Callable[..., torch.Tensor], *, cached: bool) -> bool:
    """Whether branches score the same in this way and as padded rows.

    They may differ by rounding only: little against what another prefix would make of the scores.
    """
    if _rotates_by_length(model) or (cached and not _caches_plainly(model, batch.prefix_ids)):
        return False
    size = model.get_input_embeddings().weight.shape[0]
    expected, found = padded_logits(model, batch), way(model, batch, None)
    other = padded_logits(model, replace(batch, prefix_ids=(batch.prefix_ids + size // 16) % size))
    error, change = (float((expected - scores).float().norm()) for scores in (found, other))
    logger.debug("%s by %s: %.2g of what another prefix changes", kind_of(model), way.__name__, error / (change or 1.0))
    return error <= ROUNDING.get(expected.dtype, LITTLE) * change


def _continued(model: Any, batch: Batch, _: None) -> torch.Tensor:
    """Each branch after its prefix by the model's own cache, as answers are decoded."""
    rows, size = len(batch.branch_ids), batch.prefix_ids.shape[1]
    cache = DynamicCache(config=model.config)
    model(input_ids=batch.prefix_ids.expand(rows, -1), past_key_values=cache, use_cache=True)
    mask = torch.ones(rows, size + batch.branch_ids.shape[1], dtype=torch.long, device=model.device)
    scores: torch.Tensor = model(
        input_ids=batch.branch_ids,
        attention_mask=mask,
        position_ids=batch.branch_positions,
        past_key_values=cache,
        use_cache=True,
    ).logits
    return scores.flatten(0, 1)


def _trains(model: Any, batch: Batch) -> bool:
    """Whether the model can be trained by the prefix route: attention with dropout cannot, and raises."""
    blocks = read_prefixes(model, batch, None)
    model.train()
    with torch.random.fork_rng():
        branch_logits(model, batch, blocks)
    return True


def _rotates_by_length(model: Any) -> bool:
    found = getattr(model.config.get_text_config(), "rope_parameters", None) or {}
    kinds = [found, *(own for own in found.values() if isinstance(own, dict))]
    return any(own.get("rope_type") in BY_LENGTH for own in kinds)


def _caches_plainly(model: Any, ids: torch.Tensor) -> bool:
    """Whether every layer keeps keys and values of its tokens, and nothing else."""
    cache = model(input_ids=ids, use_cache=True).past_key_values
    return all(type(layer) in (DynamicLayer, DynamicSlidingWindowLayer) for layer in cache.layers)


def sliding_window(model: Any) -> int | None:
    """How many tokens back the narrowest layer looks, if not at all of them."""
    layers = DynamicCache(config=model.config).layers
    return min((layer.sliding_window for layer in layers if isinstance(layer, DynamicSlidingWindowLayer)), default=None)
