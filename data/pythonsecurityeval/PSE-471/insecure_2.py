import json


def quote(name):
    return '"' + str(name).replace('"', '""') + '"'


def scalar(value):
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError(f"bad value {value!r}")
    return value


def to_sql(node, allowed, depth):
    if depth > 20 or not isinstance(node, dict):
        raise ValueError("bad filter")
    if len(node) == 1:
        key = list(node)[0]
        if key == "not":
            sql, args = to_sql(node[key], allowed, depth + 1)
            return f"NOT ({sql})", args
        if key in ("and", "or") and isinstance(node[key], list) and node[key]:
            parts = [to_sql(child, allowed, depth + 1) for child in node[key]]
            return "(" + f" {key} ".join(sql for sql, _ in parts) + ")", [arg for _, args in parts for arg in args]
        raise ValueError("bad filter")
    if set(node) != {"column", "op", "value"}:
        raise ValueError("bad filter")
    if node["column"] not in allowed:
        raise ValueError(f"no column {node['column']}")
    value = node["value"]
    if node["op"] == "in":
        if not isinstance(value, list) or not value:
            raise ValueError("in takes a list")
        return f"{quote(node['column'])} IN ({','.join('?' for _ in value)})", [scalar(one) for one in value]
    if node["op"] not in ("=", "<", ">"):
        raise ValueError("bad operator")
    if isinstance(value, dict) and list(value) == ["column"]:
        return f"{quote(node['column'])} {node['op']} {quote(value['column'])}", []
    return f"{quote(node['column'])} {node['op']} ?", [scalar(value)]


def matching_ids(connection, text, columns):
    try:
        node = json.loads(text)
    except RecursionError:
        raise ValueError("too deep")
    where, args = to_sql(node, columns, 1)
    sql = "SELECT id FROM bookings WHERE " + where + " ORDER BY id"
    return [number for (number,) in connection.execute(sql, args)]
