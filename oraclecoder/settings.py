"""From conf/ to the configuration classes: where Hydra is known, besides its sweeper plugin."""

import dataclasses
import difflib
import os
import sys
import traceback
import typing
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import hydra
from hydra.core.config_store import ConfigStore
from hydra.core.hydra_config import HydraConfig
from hydra.errors import HydraException
from hydra.types import RunMode
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from oraclecoder.config import AskConfig, EvaluateConfig, MergeConfig, PretrainConfig, TrainConfig
from oraclecoder.errors import ConfigError, OracleCoderError

PACKAGE = Path(__file__).parent
CONF = PACKAGE / "conf" if (PACKAGE / "conf").is_dir() else PACKAGE.parent / "conf"
SCHEMAS: dict[str, type] = {
    "train": TrainConfig,
    "merge": MergeConfig,
    "evaluate": EvaluateConfig,
    "ask": AskConfig,
    "pretrain": PretrainConfig,
}

RESUMABLE = ("train", "pretrain")
CONFIG_SEARCH_PATH = "\nConfig search path"  # Hydra lists the folders it searched; the choices before are enough

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
        return typing.cast(Config, OmegaConf.to_object(values))
    except OmegaConfBaseException as error:
        raise ConfigError(f"{error.full_key or 'the configuration'}: {str(error).splitlines()[0]}") from None


def refuse_unknown(values: DictConfig, schema: type, where: str) -> None:
    """Refuse keys that the class does not have, which Hydra accepts after a plus sign.

    Raises:
        ConfigError: names the key and the nearest known one.
    """
    types = typing.get_type_hints(schema)
    known = [field.name for field in dataclasses.fields(schema)]
    for key in map(str, values):
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            remedy = f"did you mean {where}{near[0]}?" if near else f"known are {', '.join(known)}"
            raise ConfigError(f"there is no setting {where}{key}; {remedy}")
        child = values._get_node(key)
        if isinstance(child, DictConfig) and dataclasses.is_dataclass(types[key]):
            refuse_unknown(child, types[key], f"{where}{key}.")


def refuse_unknown_overrides(arguments: Sequence[str], schema: type) -> None:
    """Refuse `key=value` arguments whose key is not in the class, before Hydra advises to add it with a plus sign.

    Raises:
        ConfigError: names the key and the nearest known one.
    """
    for argument in arguments:
        key = argument.partition("=")[0].lstrip("+~")
        if "=" in argument and "." in key and not key.startswith(("hydra.", "-")):
            outer: type = schema
            names = key.split(".")
            for depth, name in enumerate(names):
                refuse_unknown(OmegaConf.create({name: None}), outer, "".join(f"{n}." for n in names[:depth]))
                inner = typing.get_type_hints(outer)[name]
                if not dataclasses.is_dataclass(inner):
                    break
                outer = typing.cast(type, inner)


def command(name: str) -> Callable[[Callable[[Any], Any]], Callable[[], None]]:
    """Make a plain function of a configuration class the command `name`, whose values are composed from conf/.

    A mistake ends in one sentence and exit code 1; HYDRA_FULL_ERROR=1 shows the traceback as well.
    """
    register_schemas()

    def decorate(function: Callable[[Any], Any]) -> Callable[[], None]:
        failures: list[Exception] = []

        @wraps(function)
        def job(values: DictConfig) -> Any:
            try:
                return function(to_config(values, SCHEMAS[name]))
            except Exception as error:
                if HydraConfig.get().mode is RunMode.MULTIRUN:
                    clear_frames(error)
                    raise
                failures.append(error)  # raised below, as Hydra would print a line of its own first

        start = hydra.main(config_path=str(CONF), config_name=name, version_base="1.3")(job)

        def run() -> None:
            failures.clear()
            start()
            if failures:
                raise failures[0]

        @wraps(function)
        def main() -> None:
            if os.environ.get("HYDRA_FULL_ERROR"):
                run()
                return
            os.environ["HYDRA_FULL_ERROR"] = "1"  # Hydra then raises, and the sentence below is all that is printed
            try:
                refuse_several_processes()
                refuse_unknown_overrides(sys.argv[1:], SCHEMAS[name])
                run()
            except KeyboardInterrupt:
                sys.exit("interrupted" + ("; the same command goes on from here" if name in RESUMABLE else ""))
            except Exception as error:
                sys.exit(sentence(error))
            finally:
                del os.environ["HYDRA_FULL_ERROR"]

        return main

    return decorate


def clear_frames(error: BaseException) -> None:
    """Let go of everything that the calls behind an error hold: Hydra keeps the error of a lost job until the sweep
    ends, and with them its model."""
    seen: BaseException | None = error
    while seen is not None:
        traceback.clear_frames(seen.__traceback__)
        seen = seen.__cause__ or seen.__context__


def refuse_several_processes() -> None:
    """Refuse torchrun: each process would wait for the run's folder that another one has locked.

    Raises:
        ConfigError: if this process is one of several.
    """
    count = os.environ.get("WORLD_SIZE", "1")
    if count != "1":
        raise ConfigError(
            f"this command works in one process and was started as one of WORLD_SIZE={count}; start it without "
            "torchrun (its Trainer shares steps between processes where you call oraclecoder.training.trainer.fit)"
        )


def sentence(error: Exception) -> str:
    """What to tell the user of an error: the message alone if it is made for users, else with its type."""
    if isinstance(error, OracleCoderError):
        return str(error)
    if isinstance(error, HydraException):
        cause = (
            f": {str(error.__cause__).splitlines()[0]}" if isinstance(error.__cause__, OmegaConfBaseException) else ""
        )
        return f"{str(error).split(CONFIG_SEARCH_PATH)[0]}{cause}"
    return f"{type(error).__name__}: {error} (HYDRA_FULL_ERROR=1 shows where)"
