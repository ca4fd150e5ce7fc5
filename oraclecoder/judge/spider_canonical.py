"""What the official flags drop before two queries are compared: values, DISTINCT, and which end of a key is named."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from oraclecoder.judge.spider_sql import ColumnUnit, Condition, SpiderQuery, SpiderSchema, Value, ValueUnit

Conditions = tuple[Condition | str, ...]


def canonical(query: SpiderQuery, schema: SpiderSchema) -> SpiderQuery:
    """The query without values and DISTINCT, columns of a foreign key merged if FROM names their table.

    Queries in FROM keep all of it, and those in conditions keep DISTINCT and their columns.
    """
    tables = {table for table in query.tables if isinstance(table, str)}
    merged = {column: other for column, other in schema.merged.items() if column.partition(".")[0] in tables}
    return merge_columns(drop_values(query), merged)


def drop_values(query: SpiderQuery) -> SpiderQuery:
    """The query with no values in its conditions, nor in the queries there and behind a set operation."""
    return replace(
        query,
        join_conditions=on_conditions(query.join_conditions, without_values),
        where=on_conditions(query.where, without_values),
        having=on_conditions(query.having, without_values),
        combined=query.combined and (query.combined[0], drop_values(query.combined[1])),
    )


def on_conditions(conditions: Conditions, change: Callable[[Condition], Condition]) -> Conditions:
    """The conditions changed; one that stands where `and` or `or` should is left as it is."""
    return tuple(
        condition if index % 2 or isinstance(condition, str) else change(condition)
        for index, condition in enumerate(conditions)
    )


def without_values(condition: Condition) -> Condition:
    """The condition with only the queries among its values."""
    return condition._replace(value=without_value(condition.value), second_value=without_value(condition.second_value))


def without_value(value: Value) -> Value:
    """The query without its own values, or None for any other value."""
    return drop_values(value) if isinstance(value, SpiderQuery) else None


def merge_columns(query: SpiderQuery, merged: Mapping[str, str]) -> SpiderQuery:
    """The query and those behind set operations with columns replaced and DISTINCT dropped."""

    def column(unit: ColumnUnit) -> ColumnUnit:
        return ColumnUnit(unit.aggregate, merged.get(unit.column, unit.column), None)

    def value(unit: ValueUnit) -> ValueUnit:
        return ValueUnit(unit.operator, column(unit.first), unit.second and column(unit.second))

    def condition(found: Condition) -> Condition:
        return found._replace(unit=value(found.unit))

    return replace(
        query,
        select=tuple((aggregate, value(unit)) for aggregate, unit in query.select),
        join_conditions=on_conditions(query.join_conditions, condition),
        where=on_conditions(query.where, condition),
        group_by=tuple(column(unit) for unit in query.group_by),
        having=on_conditions(query.having, condition),
        order_by=query.order_by and (query.order_by[0], tuple(value(unit) for unit in query.order_by[1])),
        distinct=None,
        combined=query.combined and (query.combined[0], merge_columns(query.combined[1], merged)),
    )
