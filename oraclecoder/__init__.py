"""OracleCoder: text-to-SQL models of your own, from open models, measured honestly."""

__version__ = "0.1.0"
