"""`$jsonSchema`: the part of it that validators of collections use."""

from __future__ import annotations

from typing import Any

from pythonsecurityeval.testkit.judge.doubles.mongo.errors import MongoError
from pythonsecurityeval.testkit.judge.doubles.mongo.matching import Context
from pythonsecurityeval.testkit.judge.doubles.mongo.order import key, type_of

_IGNORED = {"title", "description", "bsonType", "type", "required", "properties", "additionalProperties", "items"}
_JSON = {"boolean": "bool", "integer": "int"}
_NUMBERS = {"int", "long", "double", "decimal"}


def conforms(value: Any, schema: dict[str, Any], context: Context) -> bool:
    """Whether a value is as a schema says.

    Raises:
        MongoError: The schema says something that is not understood.
    """
    context.work.spend(len(schema) + 1)
    if not _typed(value, schema.get("bsonType", schema.get("type"))):
        return False
    if isinstance(value, dict) and not _fields(value, schema, context):
        return False
    items = schema.get("items")
    if isinstance(value, list) and items is not None and not all(conforms(item, items, context) for item in value):
        return False
    return all(_rule(value, name, operand, context) for name, operand in schema.items() if name not in _IGNORED)


def _typed(value: Any, wanted: Any) -> bool:
    if wanted is None:
        return True
    name = type_of(value)[0]
    names = {_JSON.get(w, w) for w in (wanted if isinstance(wanted, list) else [wanted])}
    return name in names or ("number" in names and name in _NUMBERS)


def _fields(value: dict[str, Any], schema: dict[str, Any], context: Context) -> bool:
    properties = schema.get("properties", {})
    if any(name not in value for name in schema.get("required", [])):
        return False
    if schema.get("additionalProperties") is False and set(value) - set(properties):
        return False
    return all(conforms(value[name], inner, context) for name, inner in properties.items() if name in value)


def _rule(value: Any, name: str, operand: Any, context: Context) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    match name:
        case "enum":
            return key(value) in {key(item) for item in operand}
        case "minimum" | "maximum":
            return not is_number or (value >= operand if name == "minimum" else value <= operand)
        case "minLength" | "maxLength":
            return not isinstance(value, str) or (
                len(value) >= operand if name == "minLength" else len(value) <= operand
            )
        case "minItems" | "maxItems":
            return not isinstance(value, list) or (
                len(value) >= operand if name == "minItems" else len(value) <= operand
            )
        case "pattern":
            return not isinstance(value, str) or context.search(str(operand), "", value)
        case "allOf":
            return all(conforms(value, inner, context) for inner in operand)
        case "anyOf":
            return any(conforms(value, inner, context) for inner in operand)
        case "not":
            return not conforms(value, operand, context)
    raise MongoError(9, f"Unknown $jsonSchema keyword: {name}")
