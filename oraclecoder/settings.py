"""From conf/ to the configuration classes: where Hydra is known, besides its sweeper plugin."""

import dataclasses
import difflib
import logging
import typing
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import hydra
from hydra.core.config_store import ConfigStore
from hydra.errors import CompactHydraException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from oraclecoder.config import EvaluateConfig, MergeConfig, TrainConfig
from oraclecoder.errors import ConfigError, OracleCoderError

PACKAGE = Path(__file__).parent
CONF = PACKAGE / "conf" if (PACKAGE / "conf").is_dir() else PACKAGE.parent / "conf"
SCHEMAS: dict[str, type] = {"train": TrainConfig, "merge": MergeConfig, "evaluate": EvaluateConfig}

Config = TypeVar("Config")


def register_schemas() -> None:
    """Let Hydra check every key and type against the configuration classes."""
    for name, schema in SCHEMAS.items():
        ConfigStore.instance().store(name=f"{name}_schema", node=schema)


def to_config(values: DictConfig, schema: type[Config]) -> Config:
    """The composed values as a checked dataclass.

    Raises:
        ConfigError: one sentence on the first key that is unknown or the first value that does not fit.
    """
    refuse_unknown(values, schema, "")
    try:
        return OmegaConf.to_object(values)  # type: ignore[return-value]
    except OmegaConfBaseException as error:
        raise ConfigError(f"{error.full_key or 'the configuration'}: {str(error).splitlines()[0]}") from None


def refuse_unknown(values: DictConfig, schema: type, where: str) -> None:
    """Refuse keys that the class does not have, which Hydra accepts after a plus sign.

    Raises:
        ConfigError: names the key and the nearest known one.
    """
    types = typing.get_type_hints(schema)
    known = [field.name for field in dataclasses.fields(schema)]
    for key in values:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1, cutoff=0.5)
            remedy = f"did you mean {where}{near[0]}?" if near else f"known are {', '.join(known)}"
            raise ConfigError(f"there is no setting {where}{key}; {remedy}")
        child = values._get_node(key)
        if isinstance(child, DictConfig) and dataclasses.is_dataclass(types[str(key)]):
            refuse_unknown(child, types[str(key)], f"{where}{key}.")


def command(name: str) -> Callable[[Callable[[Any], Any]], Callable[[], None]]:
    """Make a plain function of a configuration class the command `name`, whose values are composed from conf/.

    A user's mistake ends in its one sentence and exit code 1; HYDRA_FULL_ERROR=1 shows the traceback.
    """
    register_schemas()

    def decorate(function: Callable[[Any], Any]) -> Callable[[], None]:
        @wraps(function)
        def job(values: DictConfig) -> Any:
            try:
                return function(to_config(values, SCHEMAS[name]))
            except OracleCoderError as error:
                logging.getLogger(function.__module__).debug("failed", exc_info=True)
                raise CompactHydraException(str(error)) from error

        return hydra.main(config_path=str(CONF), config_name=name, version_base="1.3")(job)

    return decorate
