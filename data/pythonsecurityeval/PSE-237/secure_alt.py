import json
import re
import urllib.error
import urllib.request
from urllib.parse import urlsplit

LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-_]{0,98}[A-Za-z0-9])?")


class Within(urllib.request.HTTPRedirectHandler):
    """Follows redirects within one host only."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def github_profile(username, token, api="https://api.github.com"):
    if not LOGIN.fullmatch(username):
        return None
    request = urllib.request.Request(f"{api}/users/{username}")
    request.add_header("Accept", "application/vnd.github+json")
    request.add_header("Authorization", "Bearer " + token)
    try:
        with urllib.request.build_opener(Within).open(request, timeout=8) as answer:
            profile = json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise RuntimeError("no profile") from error
    profile["name"] = profile["name"] or profile["login"]
    return {key: profile[key] for key in ("login", "name", "public_repos")}
