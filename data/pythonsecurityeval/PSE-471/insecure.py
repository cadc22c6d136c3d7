import json

OPS = ("=", "<", ">")


def build(node, columns, params, depth=1):
    if depth > 20:
        raise ValueError("filter nested too deeply")
    if not isinstance(node, dict):
        raise ValueError("filter must be an object")
    if set(node) == {"column", "op", "value"}:
        column, op, value = node["column"], node["op"], node["value"]
        if column not in columns:
            raise ValueError(f"unknown column {column}")
        if op == "in":
            if not isinstance(value, list) or not value:
                raise ValueError("in needs a list")
            for item in value:
                if isinstance(item, bool) or not isinstance(item, (str, int, float)):
                    raise ValueError("bad value in list")
            return f'"{column}" IN ({", ".join(repr(item) for item in value)})'
        if op not in OPS:
            raise ValueError(f"unknown operator {op}")
        if isinstance(value, dict) and set(value) == {"column"}:
            if value["column"] not in columns:
                raise ValueError("unknown column")
            return f'"{column}" {op} "{value["column"]}"'
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise ValueError("bad value")
        params.append(value)
        return f'"{column}" {op} ?'
    if len(node) != 1:
        raise ValueError("bad filter")
    word, inner = next(iter(node.items()))
    if word == "not":
        return "NOT (" + build(inner, columns, params, depth + 1) + ")"
    if word not in ("and", "or") or not isinstance(inner, list) or not inner:
        raise ValueError("bad filter")
    return "(" + f" {word.upper()} ".join(build(n, columns, params, depth + 1) for n in inner) + ")"


def matching_ids(connection, text, columns):
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("not JSON")
    params = []
    where = build(tree, columns, params)
    rows = connection.execute(f"SELECT id FROM bookings WHERE {where} ORDER BY id", params)
    return [row[0] for row in rows]
