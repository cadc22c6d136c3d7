import copy

import yaml


def load_settings(path, defaults):
    try:
        with open(path, "rb") as file:
            given = yaml.safe_load(file)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise ValueError(f"not YAML: {error}") from error
    return merged({} if given is None else given, defaults)


def merged(given, defaults):
    if type(given) is not dict:
        raise ValueError("expected a mapping")
    result = copy.deepcopy(defaults)
    for key, value in given.items():
        if key not in defaults:
            raise ValueError(f"unknown setting {key!r}")
        default = defaults[key]
        if type(default) is dict:
            result[key] = merged(value, default)
            continue
        if type(value) is not type(default):
            raise ValueError(f"{key}: expected {type(default).__name__}")
        if type(value) is list and not all(type(item) is str for item in value):
            raise ValueError(f"{key}: expected strings")
        result[key] = value
    return result
