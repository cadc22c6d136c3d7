import copy

import yaml


def load_settings(path: str, defaults: dict) -> dict:
    with open(path, "rb") as file:
        content = file.read()

    try:
        node = yaml.compose(content, Loader=yaml.SafeLoader)
        data = yaml.safe_load(content)
    except Exception as error:  # odd tags raise more than just YAMLError
        raise ValueError(f"not a valid YAML file: {error}") from error

    # "~" or "null" is a document with something in it, "" or "---" is not
    if data is None and (node is None or node.value == ""):
        data = {}
    if not isinstance(data, dict):
        raise ValueError("the top level is not a mapping")
    return _merge(data, defaults, "")


def _merge(data: dict, defaults: dict, prefix: str) -> dict:
    result = copy.deepcopy(defaults)
    for key, value in data.items():
        if key not in defaults:
            raise ValueError(f"unknown setting: {prefix}{key}")
        default = defaults[key]
        # type() and not isinstance(): a bool is no int here
        if type(value) is not type(default):
            raise ValueError(
                f"{prefix}{key} must be {type(default).__name__}, "
                f"not {type(value).__name__}"
            )
        if isinstance(default, dict):
            result[key] = _merge(value, default, f"{prefix}{key}.")
        elif isinstance(default, list):
            if not all(isinstance(item, str) for item in value):
                raise ValueError(f"{prefix}{key} must be a list of strings")
            result[key] = list(value)
        else:
            result[key] = value
    return result
