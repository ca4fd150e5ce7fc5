"""Which texts the linker's answer may begin with: sorted lines of names that the schema has."""

from collections.abc import Iterable, Sequence

from oraclecoder.database.schema import Schema
from oraclecoder.task.describe import letters_beyond_ascii, quote_name


class LinksGrammar:
    """The answers that `links.write_links` can write over one schema.

    Tables stand in alphabetical order, each once, and so do the columns of a line: every answer is finite.
    """

    max_corrections = None

    def __init__(self, schema: Schema) -> None:
        self._columns = {
            quote_name(table.name): _in_order(column.name for column in table.columns) for table in schema.tables
        }
        self._tables = _in_order(table.name for table in schema.tables)
        self.letters = letters_beyond_ascii(schema)

    def begins(self, text: str) -> bool:
        """Whether an answer begins with this text."""
        return self._read(text, whole=False)

    def ends(self, text: str) -> bool:
        """Whether this text is a whole answer."""
        return self._read(text, whole=True)

    def _read(self, text: str, *, whole: bool) -> bool:
        lines = text.split("\n")
        tables: Sequence[str] = self._tables
        for number, line in enumerate(lines):
            is_last = number == len(lines) - 1
            table = next((name for name in tables if line.startswith(f"{name}:")), None)
            if table is None:
                return is_last and not whole and any(f"{name}:".startswith(line) for name in tables)
            tables = tables[tables.index(table) + 1 :]
            rest = line[len(table) + 1 :]
            if not self._read_columns(rest, self._columns[table], whole=whole or not is_last):
                return False
        return True

    def _read_columns(self, text: str, columns: Sequence[str], *, whole: bool) -> bool:
        """Whether " column, column" lists some of these columns in this order, or with `whole` off begins to."""
        if not text:
            return True  # a table of which no column is named
        before = " "
        while True:
            found = next((name for name in columns if _follows(text, before + name)), None)
            if found is None:
                return not whole and any(f"{before}{name}".startswith(text) for name in columns)
            text, columns = text[len(before) + len(found) :], columns[columns.index(found) + 1 :]
            before = ", "
            if not text:
                return True


def _in_order(names: Iterable[str]) -> list[str]:
    """Names as an answer writes them, in the order in which it does."""
    return [quote_name(name) for name in sorted(names, key=str.lower)]


def _follows(text: str, wanted: str) -> bool:
    """Whether the text starts with this name and goes on with the next one, or with nothing."""
    return text.startswith(wanted) and text[len(wanted) : len(wanted) + 1] in ("", ",")
