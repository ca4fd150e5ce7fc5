"""Base models, adapters, tokens, the prefix engine and generation: where torch begins."""
