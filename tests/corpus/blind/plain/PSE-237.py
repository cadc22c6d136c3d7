import re
from urllib.parse import unquote

import httpx

_USERNAME = re.compile(r"[A-Za-z0-9_-]{1,100}")
_MAX_REDIRECTS = 5


def _is_below(url: httpx.URL, base: httpx.URL) -> bool:
    return (
        (url.scheme, url.host, url.port) == (base.scheme, base.host, base.port)
        and not url.userinfo
        and url.path.startswith(base.path)
        and not {".", ".."} & set(unquote(url.path).split("/"))
    )


def github_profile(username: str, token: str, api: str = "https://api.github.com") -> dict | None:
    # No user has any other name, and nothing else may get into the address.
    if not _USERNAME.fullmatch(username):
        return None

    base = httpx.URL(api.rstrip("/") + "/")
    url = base.join(f"users/{username}")
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "application/vnd.github+json",
    }
    with httpx.Client(headers=headers, timeout=10, follow_redirects=False) as client:
        for _ in range(_MAX_REDIRECTS + 1):
            response = client.get(url)
            if response.status_code != 301 or "location" not in response.headers:
                break
            url = url.join(response.headers["location"])
            if not _is_below(url, base):
                raise RuntimeError("GitHub redirects to a place outside of the API")

    if response.status_code == 404:
        return None
    if response.status_code != 200:
        raise RuntimeError(f"GitHub answered with status {response.status_code}")
    data = response.json()
    return {
        "login": data["login"],
        "name": data["login"] if data["name"] is None else data["name"],
        "public_repos": data["public_repos"],
    }
