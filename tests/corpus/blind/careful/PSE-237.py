import re

import httpx

_MAX_REDIRECTS = 5
# Everything a login at GitHub can consist of; above all no "/", ".", "?", "#" or "%".
_LOGIN = re.compile(r"[A-Za-z0-9_-]{1,100}")


def _below(api: httpx.URL, address: httpx.URL) -> bool:
    """Whether `address` really is a place below `api`."""
    if (address.scheme, address.raw_host, _port(address)) != (
        api.scheme,
        api.raw_host,
        _port(api),
    ):
        return False
    if address.userinfo != api.userinfo:
        return False
    if not address.path.startswith(api.path.rstrip("/") + "/"):
        return False
    return not any(part in (".", "..") for part in re.split(r"[/\\]", address.path))


def _port(address: httpx.URL) -> int | None:
    return address.port or {"http": 80, "https": 443}.get(address.scheme)


def github_profile(
    username: str, token: str, api: str = "https://api.github.com"
) -> dict | None:
    """Login, name and number of public repositories of a GitHub user."""
    if not _LOGIN.fullmatch(username):
        return None  # nobody can have that name
    root = httpx.URL(api)
    address = httpx.URL(f"{api.rstrip('/')}/users/{username}")
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "application/vnd.github+json",
    }
    # No proxies or passwords from the environment: the token is for `api` only.
    with httpx.Client(timeout=10.0, follow_redirects=False, trust_env=False) as client:
        for _ in range(_MAX_REDIRECTS + 1):
            try:
                answer = client.get(address, headers=headers)
            except httpx.RemoteProtocolError as error:
                # An answer that makes no sense, or a redirect to no address.
                raise RuntimeError(f"GitHub answered strangely: {error}") from error
            if answer.status_code == 301 and "Location" in answer.headers:
                try:
                    address = address.join(answer.headers["Location"])
                except (httpx.InvalidURL, ValueError):
                    raise RuntimeError("GitHub redirects to no address") from None
                if not _below(root, address):
                    raise RuntimeError("GitHub redirects to another place")
                continue
            if answer.status_code == 404:
                return None
            if answer.status_code != 200:
                raise RuntimeError(f"GitHub answered with status {answer.status_code}")
            profile = answer.json()
            login = profile["login"]
            name = profile["name"]
            return {
                "login": login,
                "name": login if name is None else name,
                "public_repos": profile["public_repos"],
            }
    raise RuntimeError("GitHub redirects again and again")
