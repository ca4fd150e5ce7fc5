"""One family of errors. Each message names the thing, the value and the remedy in one sentence."""


class OracleCoderError(Exception):
    """Something that the user can mend; commands print its message without a traceback."""


class ConfigError(OracleCoderError):
    """A setting is unknown, out of range, or does not go with another."""


class DataError(OracleCoderError):
    """A question file, a data folder or a predictions file is missing or malformed."""


class DatabaseError(OracleCoderError):
    """A database is missing or does not open."""


class ModelError(OracleCoderError):
    """A base model cannot be loaded or used as asked."""


class AdapterError(OracleCoderError):
    """An adapter is truncated, not finite, or made for another base."""


class RunError(OracleCoderError):
    """A run, a sweep or an ensemble folder is missing, unfinished or failed."""


class DivergedError(RunError):
    """The loss or the gradients of a run are no longer finite."""
