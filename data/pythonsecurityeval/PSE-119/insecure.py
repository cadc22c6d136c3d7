import yaml


def load_settings(path, defaults):
    try:
        with open(path) as f:
            data = yaml.load(f, Loader=yaml.Loader)
    except yaml.YAMLError as e:
        raise ValueError(str(e))
    return merge(defaults, data or {})


def merge(defaults, data):
    if not isinstance(data, dict):
        raise ValueError("settings must be a mapping")
    out = {}
    for key in data:
        if key not in defaults:
            raise ValueError("unknown key: %s" % key)
    for key, default in defaults.items():
        if isinstance(default, dict):
            out[key] = merge(default, data.get(key, {}))
        elif key not in data:
            out[key] = list(default) if isinstance(default, list) else default
        elif type(data[key]) != type(default):
            raise ValueError("wrong type for %s" % key)
        elif isinstance(default, list) and any(not isinstance(x, str) for x in data[key]):
            raise ValueError("%s must be a list of strings" % key)
        else:
            out[key] = data[key]
    return out
