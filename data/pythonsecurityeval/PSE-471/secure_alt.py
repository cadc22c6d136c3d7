import json
import operator

from sqlalchemy import and_, column, literal, not_, or_, select, table
from sqlalchemy.dialects import sqlite

COMPARE = {"=": operator.eq, "<": operator.lt, ">": operator.gt}
JOIN = {"and": and_, "or": or_}


class Reader:
    def __init__(self, columns):
        self.columns = columns

    def column(self, name):
        if type(name) is str and name in self.columns:
            return column(name)
        raise ValueError(f"unknown column {name!r}")

    def value(self, value):
        if isinstance(value, dict) and list(value) == ["column"]:
            return self.column(value["column"])
        return self.constant(value)

    def constant(self, value):
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            return literal(value)
        raise ValueError("a value has a wrong type")

    def filter(self, node, depth=1):
        if depth > 20 or type(node) is not dict:
            raise ValueError("not a filter")
        keys = sorted(node)
        if keys == ["not"]:
            return not_(self.filter(node["not"], depth + 1).self_group())
        if keys in (["and"], ["or"]) and type(node[keys[0]]) is list and node[keys[0]]:
            return JOIN[keys[0]](*[self.filter(inner, depth + 1) for inner in node[keys[0]]])
        if keys != ["column", "op", "value"]:
            raise ValueError("unknown keys")
        left, value = self.column(node["column"]), node["value"]
        if node["op"] == "in" and type(value) is list and value:
            return or_(*[left == self.constant(one) for one in value])
        if type(node["op"]) is not str or node["op"] not in COMPARE:
            raise ValueError("unknown operator")
        return COMPARE[node["op"]](left, self.value(value))


def matching_ids(connection, text, columns):
    try:
        where = Reader(columns).filter(json.loads(text))
    except RecursionError as error:
        raise ValueError("too deep") from error
    query = select(column("id")).select_from(table("bookings")).where(where).order_by(column("id"))
    compiled = query.compile(dialect=sqlite.dialect())
    return [row[0] for row in connection.execute(str(compiled), [compiled.params[name] for name in compiled.positiontup])]
