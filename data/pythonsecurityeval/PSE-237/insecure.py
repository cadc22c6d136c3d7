import requests


def github_profile(username, token, api="https://api.github.com"):
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "application/vnd.github+json",
    }
    response = requests.get(f"{api}/users/{username}", headers=headers)
    if response.status_code == 404:
        return None
    if response.status_code != 200:
        raise RuntimeError(f"GitHub API error: {response.status_code}")
    data = response.json()
    return {
        "login": data["login"],
        "name": data.get("name") or data["login"],
        "public_repos": data["public_repos"],
    }
