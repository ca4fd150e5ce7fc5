"""Which route a model can take: tried on the model itself, once, rather than looked up by name."""

import logging
from typing import Any
from weakref import WeakKeyDictionary

import torch
from torch import nn
from transformers import DynamicCache
from transformers.cache_utils import DynamicLayer, DynamicSlidingWindowLayer

from oraclecoder.config import Route
from oraclecoder.model.adapter import base_of
from oraclecoder.model.prefix_routes import ROUTES, Batch, padded_logits

logger = logging.getLogger(__name__)
_TRIED: WeakKeyDictionary[nn.Module, dict[Route, bool]] = WeakKeyDictionary()


def choose_route(model: Any, route: Route, *, gradient_checkpointing: bool = False) -> Route:
    """The route that was asked for, or for `auto` the fastest one that is exact on this model.

    Gradient checkpointing throws caches away, so that it leaves the packed route.
    """
    if route is not Route.auto:
        return route
    wanted = Route.packed if gradient_checkpointing else Route.prefix
    chosen = wanted if is_exact(model, wanted) else Route.padded
    reason = "gradient checkpointing keeps no cache" if gradient_checkpointing else "the fastest"
    logger.info("training.route=auto chose %s (%s)", chosen.value, reason if chosen is wanted else "the only one")
    return chosen


def is_exact(model: Any, route: Route) -> bool:
    """Whether the route gives this model's scores; tried once per base, with one warning if it does not."""
    tried = _TRIED.setdefault(base_of(model), {})
    if route not in tried:
        tried[route] = _try(model, route)
        if not tried[route]:
            logger.warning(
                "%s cannot share a prefix between questions (route %s); it is repeated for each of them, at its cost",
                type(base_of(model)).__name__,
                route.value,
            )
    return tried[route]


@torch.no_grad()
def _try(model: Any, route: Route) -> bool:
    """Whether two short branches score the same by this route and by the padded one."""
    device, training = model.device, model.training
    ids = torch.arange(8, device=device) % model.get_input_embeddings().weight.shape[0]
    ones = torch.ones(2, 3, dtype=torch.long, device=device)
    branches = torch.stack([ids[5:8], ids[4:7]])
    batch = Batch(ids[None, :5], ones[:1, :1].expand(1, 5), ones[:, 0] * 0, branches, ones, ones)
    model.eval()
    try:
        if route is Route.prefix and not _caches_plainly(model, ids):
            return False
        expected, found = padded_logits(model, batch), ROUTES[route](model, batch, None)
        return bool((expected - found).abs().max() <= 0.05 * expected.abs().max())
    except (TypeError, ValueError, AttributeError, RuntimeError, IndexError):
        return False
    finally:
        model.train(training)


def _caches_plainly(model: Any, ids: torch.Tensor) -> bool:
    """Whether every layer keeps keys and values of its tokens, and nothing else."""
    cache = model(input_ids=ids[None, :3], use_cache=True).past_key_values
    return all(type(layer) in (DynamicLayer, DynamicSlidingWindowLayer) for layer in cache.layers)


def sliding_window(model: Any) -> int | None:
    """How many tokens back the narrowest layer looks, if not at all of them."""
    layers = DynamicCache(config=model.config).layers
    return min((layer.sliding_window for layer in layers if isinstance(layer, DynamicSlidingWindowLayer)), default=None)
