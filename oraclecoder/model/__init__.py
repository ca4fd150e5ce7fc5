"""Base models, adapters, tokens, the prefix engine and generation: where torch begins."""

import logging

# When imported, it advises an optional download; with int8 on a CPU, it warns once per layer and call.
logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
