import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

PREFIX = "tag:yaml.org,2002:"
SCALARS = {str: "str", int: "int", bool: "bool"}


def load_settings(path, defaults):
    """Reads the node tree only: nothing is ever constructed but what the defaults call for."""
    try:
        with open(path, encoding="utf-8") as stream:
            root = yaml.compose(stream, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeError) as error:
        raise ValueError("cannot be read as YAML") from error
    if root is None or (isinstance(root, ScalarNode) and root.tag == PREFIX + "null"):
        root = MappingNode(PREFIX + "map", [])
    return mapping(root, defaults)


def mapping(node, defaults):
    if not isinstance(node, MappingNode):
        raise ValueError("mapping expected")
    given = {scalar(key, str): value for key, value in node.value}
    if not given.keys() <= defaults.keys():
        raise ValueError("unknown key")
    return {key: value(given[key], default) if key in given else plain(default) for key, default in defaults.items()}


def plain(default):
    if isinstance(default, dict):
        return {key: plain(value) for key, value in default.items()}
    return list(default) if isinstance(default, list) else default


def value(node, default):
    if isinstance(default, dict):
        return mapping(node, default)
    if isinstance(default, list):
        if not isinstance(node, SequenceNode):
            raise ValueError("list expected")
        return [scalar(item, str) for item in node.value]
    return scalar(node, type(default))


def scalar(node, kind):
    if not isinstance(node, ScalarNode) or node.tag != PREFIX + SCALARS[kind]:
        raise ValueError(f"{kind.__name__} expected")
    return yaml.SafeLoader("").construct_object(node)
