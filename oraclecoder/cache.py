"""Where things that can be made again are kept."""

import os
from pathlib import Path


def cache_folder() -> Path:
    """$ORACLECODER_CACHE, else ~/.cache/oraclecoder."""
    return Path(os.environ.get("ORACLECODER_CACHE") or Path.home() / ".cache" / "oraclecoder")
