import copy

import yaml


def load_settings(path, defaults):
    with open(path, encoding="utf-8", errors="replace") as f:
        text = f.read()
    if "!!python" in text:
        raise ValueError("python tags are not allowed")
    try:
        settings = yaml.load(text, Loader=yaml.UnsafeLoader)
    except yaml.YAMLError as e:
        raise ValueError(f"invalid yaml: {e}")
    result = copy.deepcopy(defaults)
    if settings is not None:
        overlay(result, settings)
    return result


def overlay(target, settings):
    if not isinstance(settings, dict):
        raise ValueError("not a mapping")
    for key, value in settings.items():
        if key not in target:
            raise ValueError(f"unknown setting: {key}")
        if isinstance(target[key], dict):
            overlay(target[key], value)
        elif type(value) is not type(target[key]):
            raise ValueError(f"wrong type: {key}")
        elif isinstance(value, list) and not all(isinstance(v, str) for v in value):
            raise ValueError(f"{key} takes strings")
        else:
            target[key] = value
