from urllib.parse import quote

import requests


def github_profile(username, token, api="https://api.github.com"):
    if username.strip(".") == "":
        return None
    response = requests.get(
        f"{api}/users/{quote(username, safe='')}",
        headers={"Accept": "application/vnd.github+json", "Authorization": f"Bearer {token}"},
        timeout=10,
    )
    if response.status_code == 404:
        return None
    if response.status_code != 200:
        raise RuntimeError(f"GitHub answers {response.status_code}")
    user = response.json()
    return {
        "login": user["login"],
        "name": user["login"] if user["name"] is None else user["name"],
        "public_repos": user["public_repos"],
    }
