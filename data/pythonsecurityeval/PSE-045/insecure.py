import json
import urllib.request


def load_feed(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return json.load(response)
    except OSError as error:
        raise ValueError(f"cannot load {url}") from error
