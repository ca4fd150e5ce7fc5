"""What every section shares: a check at birth, and plain values for YAML, JSON and hashing."""

from dataclasses import asdict, is_dataclass
from enum import Enum
from typing import Any, TypeVar, get_type_hints

from oraclecoder.errors import ConfigError


def require(condition: bool, message: str) -> None:
    """Raise ConfigError with this sentence unless the condition holds."""
    if not condition:
        raise ConfigError(message)


def to_plain(value: Any) -> Any:
    """Configuration as dictionaries, lists and plain values, for YAML, JSON and hashing."""
    if is_dataclass(value) and not isinstance(value, type):
        return to_plain(asdict(value))
    if isinstance(value, dict):
        return {key: to_plain(child) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(child) for child in value]
    return value.value if isinstance(value, Enum) else value


Section = TypeVar("Section")


def from_plain(schema: type[Section], values: dict[str, Any]) -> Section:
    """A section of the configuration from what `to_plain` made of it.

    Raises:
        ConfigError: if a key is missing or unknown, as when another version wrote it.
    """
    types = get_type_hints(schema)
    if types.keys() != values.keys():
        odd = sorted(types.keys() ^ values.keys())
        raise ConfigError(
            f"{schema.__name__} was written by another version, {odd[0]} differs; train again with rerun=true"
        )
    return schema(**{name: _from_plain(types[name], value) for name, value in values.items()})


def _from_plain(wanted: Any, value: Any) -> Any:
    """One value: a section of its own, a choice by its name, or plain already."""
    if is_dataclass(wanted) and isinstance(wanted, type):
        return from_plain(wanted, value)
    return wanted(value) if isinstance(wanted, type) and issubclass(wanted, Enum) else value
