from typing import Any

import yaml

_MAX_BYTES = 1024 * 1024
_MAX_PAIRS = 200_000
_MERGE = "tag:yaml.org,2002:merge"
_NULL = "tag:yaml.org,2002:null"
_INT = "tag:yaml.org,2002:int"


def _check_size(root: yaml.Node) -> None:
    """Refuse documents that grow out of hand when merge keys are carried out."""
    sizes: dict[int, int] = {}
    total = 0

    def size(node: yaml.Node) -> int:
        """The number of pairs of a mapping after merging."""
        nonlocal total
        if id(node) in sizes:
            return sizes[id(node)]
        sizes[id(node)] = 0  # a mapping that merges itself stops here
        result = 0
        for key, value in node.value:
            if key.tag != _MERGE:
                result += 1
            elif isinstance(value, yaml.MappingNode):
                result += size(value)
            elif isinstance(value, yaml.SequenceNode):
                result += sum(
                    size(part) for part in value.value if isinstance(part, yaml.MappingNode)
                )
            if result > _MAX_PAIRS:
                raise ValueError("the file merges too much")
        total += result
        if total > _MAX_PAIRS:
            raise ValueError("the file merges too much")
        sizes[id(node)] = result
        return result

    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            size(node)
            for pair in node.value:
                waiting.extend(pair)
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        elif node.tag == _INT and len(node.value) > 4300:
            raise ValueError("the file has a number that is too long")


def _parse(data: bytes) -> Any:
    """The document in `data`; {} if there is none."""
    try:
        loader = yaml.SafeLoader(data)
        try:
            node = loader.get_single_node()
            if node is None or (node.tag == _NULL and node.value == ""):
                return {}
            _check_size(node)
            return loader.construct_document(node)
        finally:
            loader.dispose()
    except Exception as error:
        # PyYAML lets a good deal more than YAMLError out on odd input
        # (RecursionError, KeyError for "!!bool x", IndexError for "!!int ''").
        raise ValueError(f"not a usable YAML file: {error}") from error


def _merge(defaults: dict, values: dict, where: str) -> dict:
    for key in values:
        if key not in defaults:
            raise ValueError(f"unknown setting: {where}{key}")
    result = {}
    for key, default in defaults.items():
        name = f"{where}{key}"
        if isinstance(default, dict):
            value = values.get(key, {})
            if type(value) is not dict:
                raise ValueError(f"{name} must be a mapping")
            result[key] = _merge(default, value, name + ".")
        elif isinstance(default, list):
            value = values.get(key, default)
            if type(value) is not list or not all(isinstance(item, str) for item in value):
                raise ValueError(f"{name} must be a list of strings")
            result[key] = list(value)
        else:
            value = values.get(key, default)
            if type(value) is not type(default):
                raise ValueError(f"{name} must be of type {type(default).__name__}")
            result[key] = value
    return result


def load_settings(path: str, defaults: dict) -> dict:
    """`defaults`, overlaid with what the YAML file at `path` says."""
    with open(path, "rb") as file:
        data = file.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise ValueError("the file is too big for settings")
    values = _parse(data)
    if type(values) is not dict:
        raise ValueError("the top level of the file is not a mapping")
    return _merge(defaults, values, "")
