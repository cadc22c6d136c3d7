import json
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen


def github_profile(username, token, api="https://api.github.com"):
    request = Request(
        f"{api}/users/{quote(username)}",
        headers={"Authorization": f"Bearer {token}", "Accept": "application/vnd.github+json"},
    )
    try:
        with urlopen(request, timeout=10) as response:
            user = json.loads(response.read())
    except HTTPError as e:
        if e.code == 404:
            return None
        raise RuntimeError(f"GitHub said {e.code}") from e
    return {
        "login": user["login"],
        "name": user["name"] if user["name"] else user["login"],
        "public_repos": user["public_repos"],
    }
