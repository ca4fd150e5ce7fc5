"""The official Spider parser, with its habits: SQL that it does not know is refused, and what it skips stays unread.

It reads SELECT ... FROM t AS a JOIN ... ON ... WHERE ... GROUP BY ... HAVING ... ORDER BY ... LIMIT ... and one
INTERSECT, UNION or EXCEPT. FROM is read before SELECT, because columns without a table are looked up in it.
"""

from collections.abc import Sequence
from dataclasses import replace

from oraclecoder.judge.spider_sql import NONE, ColumnUnit, Condition, SpiderQuery, SpiderSchema, Value, ValueUnit
from oraclecoder.judge.spider_tokens import NotSpiderSqlError, cut_words
from oraclecoder.judge.spider_units import AGGREGATES, END, UnitReader, require

CLAUSES = frozenset({"select", "from", "where", "group", "order", "limit", "intersect", "union", "except"})
JOIN_WORDS = frozenset({"join", "on", "as"})
COMPARISONS = frozenset({"not", "between", "=", ">", "<", ">=", "<=", "!=", "in", "like", "is", "exists"})
CONNECTORS = frozenset({"and", "or"})
DIRECTIONS = frozenset({"desc", "asc"})
SET_OPERATIONS = frozenset({"intersect", "union", "except"})

ENDS_CLAUSE = CLAUSES | {")", ";"}
ENDS_CONDITIONS = ENDS_CLAUSE | JOIN_WORDS
ENDS_VALUE = CLAUSES | JOIN_WORDS | {",", ")", "and"}


def parse_query(sql: str, schema: SpiderSchema) -> SpiderQuery:
    """The query in Spider's structure.

    Raises:
        NotSpiderSqlError: if the official parser would not read it.
    """
    words = cut_words(sql)
    try:
        return Parser(words, schema, name_tables(words, schema)).query()
    except RecursionError:
        raise NotSpiderSqlError("the query is nested too deeply") from None


def name_tables(words: list[str], schema: SpiderSchema) -> dict[str, str]:
    """What each alias and each table name stands for; any `a AS b` anywhere makes b an alias of a."""
    aliases: dict[str, str] = {}
    for index, word in enumerate(words):
        if word == "as":
            if index + 1 == len(words):
                raise NotSpiderSqlError("AS at the end")
            aliases[words[index + 1]] = words[index - 1]
    if not aliases.keys().isdisjoint(schema.tables):
        raise NotSpiderSqlError("an alias is also the name of a table")
    return aliases | {table: table for table in schema.tables}


class Parser(UnitReader):
    """Reads whole queries."""

    def query(self) -> SpiderQuery:
        """A query, perhaps in parentheses, with what a set operation adds to it."""
        block = self.take("(")
        start = self.position
        tables, join_conditions, scope = self.from_clause()
        end, self.position = self.position, start
        distinct, select = self.select_clause(scope)
        self.position = end
        where = self.conditions(scope) if self.take("where") else ()
        group_by = self.group_clause(scope)
        having = self.conditions(scope) if self.take("having") else ()
        order_by = self.order_clause(scope)
        limited = self.limit_clause()
        self.skip_semicolons()
        if block:
            self.expect(")")
        self.skip_semicolons()
        query = SpiderQuery(
            select, tables, join_conditions, where, group_by, having, order_by, limited, distinct=distinct
        )
        operation = self.peek()
        if operation not in SET_OPERATIONS:
            return query
        self.position += 1
        return replace(query, combined=(operation, self.query()))

    def skip_semicolons(self) -> None:
        """Read any number of semicolons."""
        while self.take(";"):
            pass

    def select_clause(self, scope: Sequence[str]) -> tuple[bool, tuple[tuple[str, ValueUnit], ...]]:
        """Whether DISTINCT is said, and the selected units; commas between them are not insisted on."""
        self.expect("select")
        distinct = self.take("distinct")
        units: list[tuple[str, ValueUnit]] = []
        while self.position < self.length and self.peek() not in CLAUSES:
            aggregate = self.peek() if self.peek() in AGGREGATES else NONE
            self.position += self.peek() in AGGREGATES
            units.append((aggregate, self.value_unit(scope)))
            self.take(",")
        return distinct, tuple(units)

    def from_clause(self) -> tuple[tuple[str | SpiderQuery, ...], tuple[Condition | str, ...], list[str]]:
        """The tables of the next FROM, wherever it stands, the ON conditions, and the plain tables as a scope."""
        try:
            self.position = self.words.index("from", self.position) + 1
        except ValueError:
            raise NotSpiderSqlError("from is missing") from None
        tables: list[str | SpiderQuery] = []
        conditions: list[Condition | str] = []
        scope: list[str] = []
        while self.position < self.length:
            block = self.take("(")
            if self.peek() == "select":
                tables.append(self.query())
            else:
                self.take("join")
                scope.append(self.table())
                tables.append(scope[-1])
            if self.take("on"):
                conditions += ["and"] if conditions else []
                conditions += self.conditions(scope)
            if block:
                self.expect(")")
            if self.peek() in ENDS_CLAUSE:
                break
        return tuple(tables), check_alternation(conditions), scope

    def table(self) -> str:
        """The table that the next word names, its alias read over."""
        name = self.names.get(self.peek(), END)
        require(name in self.schema.names, "a table is not known")
        following = self.words[self.position + 1] if self.position + 1 < self.length else END
        self.position += 3 if following == "as" else 1
        return name

    def conditions(self, scope: Sequence[str]) -> tuple[Condition | str, ...]:
        """Conditions and the words between them, up to the next clause."""
        found: list[Condition | str] = []
        while self.position < self.length:
            found.append(self.condition(scope))
            if self.peek() in ENDS_CONDITIONS:
                break
            if self.peek() in CONNECTORS:
                found.append(self.peek())
                self.position += 1
        return check_alternation(found)

    def condition(self, scope: Sequence[str]) -> Condition:
        """One comparison."""
        unit = self.value_unit(scope)
        negated = self.take("not")
        operator = self.peek()
        require(operator in COMPARISONS, "a comparison is missing")
        self.position += 1
        value = self.value(scope)
        second: Value = None
        if operator == "between":
            self.expect("and")
            second = self.value(scope)
        return Condition(negated, operator, unit, value, second)

    def value(self, scope: Sequence[str]) -> Value:
        """A query, a string, a number or a column; behind a column everything up to `and` or a clause is skipped."""
        start = self.position
        block = self.take("(")
        word = self.peek()
        found: Value
        if word == "select":
            found = self.query()
        elif '"' in word:
            found = word
            self.position += 1
        else:
            try:
                found = float(word)
                self.position += 1
            except ValueError:
                found = self.column_value(start, scope)
        if block:
            self.expect(")")
        return found

    def column_value(self, start: int, scope: Sequence[str]) -> ColumnUnit:
        """The column at `start`, with its parenthesis if there was one; what follows it is skipped."""
        end = self.position
        while end < self.length and self.words[end] not in ENDS_VALUE:
            end += 1
        unit = UnitReader(self.words[start:end], self.schema, self.names).column_unit(scope)
        self.position = end
        return unit

    def group_clause(self, scope: Sequence[str]) -> tuple[ColumnUnit, ...]:
        """The columns of GROUP BY."""
        units: list[ColumnUnit] = []
        if self.take("group"):
            self.expect("by")
            while self.position < self.length and self.peek() not in ENDS_CLAUSE:
                units.append(self.column_unit(scope))
                if not self.take(","):
                    break
        return tuple(units)

    def order_clause(self, scope: Sequence[str]) -> tuple[str, tuple[ValueUnit, ...]] | None:
        """The last direction of ORDER BY and its units; one direction holds for all."""
        if not self.take("order"):
            return None
        self.expect("by")
        direction = "asc"
        units: list[ValueUnit] = []
        while self.position < self.length and self.peek() not in ENDS_CLAUSE:
            units.append(self.value_unit(scope))
            if self.peek() in DIRECTIONS:
                direction = self.peek()
                self.position += 1
            if not self.take(","):
                break
        return direction, tuple(units)

    def limit_clause(self) -> bool:
        """Whether there is a LIMIT; its number, whatever it is, is read over."""
        if not self.take("limit"):
            return False
        require(self.position < self.length, "LIMIT at the end")
        self.position += 1
        return True


def check_alternation(conditions: Sequence[Condition | str]) -> tuple[Condition | str, ...]:
    """The conditions as they are.

    Raises:
        NotSpiderSqlError: if `and` or `or` stands where a condition should, on which the official script stops.
    """
    require(not any(isinstance(condition, str) for condition in conditions[::2]), "conditions do not alternate")
    return tuple(conditions)
