"""An adapter on disk: saved whole or not at all, and read through before use. Knows nothing of peft."""

import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from safetensors import SafetensorError, safe_open

from oraclecoder.errors import AdapterError
from oraclecoder.fingerprint import digest_file
from oraclecoder.records import give_usual_mode, read_json, write_json

WEIGHTS = "adapter_model.safetensors"
PEFT_CONFIG = "adapter_config.json"
IDENTITY = "identity.json"


@dataclass(frozen=True)
class AdapterIdentity:
    """What an adapter was made for; adapters merge and serve only where this agrees. `sha256` is of its weights."""

    base_name: str
    base_fingerprint: str
    task: str
    prompt_version: str
    sha256: str = ""


def finish_adapter(temporary: Path, folder: Path, identity: AdapterIdentity) -> None:
    """Seal an adapter that was written under a temporary name: identity, hash, flush to disk, rename."""
    sealed = asdict(identity) | {"sha256": digest_file(temporary / WEIGHTS)}
    write_json(temporary / IDENTITY, sealed)
    for path in temporary.iterdir():
        give_usual_mode(path)
        with path.open("rb") as file:
            os.fsync(file.fileno())
    give_usual_mode(temporary)
    if not folder.exists():
        temporary.rename(folder)
        return
    old = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.")) / folder.name
    try:
        folder.rename(old)  # away as a whole, so that no part of it is ever seen
        temporary.rename(folder)
    except BaseException:
        if not folder.exists():
            old.rename(folder)
        raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)


def read_identity(folder: Path) -> AdapterIdentity:
    """What the adapter in this folder was made for.

    Raises:
        AdapterError: if the folder is not an adapter of ours.
    """
    if not (folder / IDENTITY).is_file():
        raise AdapterError(f"{folder} holds no {IDENTITY}, so it is not a finished adapter; train it again")
    return AdapterIdentity(**read_json(folder / IDENTITY))


def check_adapter(folder: Path, *, base_fingerprint: str | None = None) -> AdapterIdentity:
    """Read an adapter through and return its identity.

    Raises:
        AdapterError: if it is missing, truncated, altered, not finite, or made for another base.
    """
    identity = read_identity(folder)
    try:
        json.loads((folder / PEFT_CONFIG).read_text(encoding="utf-8"))
        with safe_open(folder / WEIGHTS, framework="pt") as file:
            broken = [name for name in file.keys() if not file.get_tensor(name).isfinite().all()]  # noqa: SIM118
    except (OSError, SafetensorError, ValueError) as error:
        raise AdapterError(f"the adapter {folder} is truncated or damaged ({error}); train it again") from error
    if broken:
        raise AdapterError(
            f"the adapter {folder} is not finite in {len(broken)} tensors, first {broken[0]}; discard it"
        )
    if digest_file(folder / WEIGHTS) != identity.sha256:
        raise AdapterError(f"the weights of {folder} are not those that were saved (hash differs); train it again")
    if base_fingerprint is not None and base_fingerprint != identity.base_fingerprint:
        raise AdapterError(
            f"the adapter {folder} was made for base {identity.base_name} ({identity.base_fingerprint}), not for this "
            f"one ({base_fingerprint}); load it with its own base"
        )
    return identity
