from email import message_from_bytes, policy
from urllib.parse import urlparse

from bs4 import BeautifulSoup


def ours(host, domain):
    host = (host or "").lower()
    return host == domain or host.endswith("." + domain)


def warnings_for(raw, domain):
    domain = domain.lower()
    message = message_from_bytes(raw, policy=policy.default)
    result = set()
    senders = message["From"].addresses if message["From"] else ()
    replies = message["Reply-To"].addresses if message["Reply-To"] else ()
    for sender in senders:
        if domain in sender.display_name.lower() and not ours(sender.domain, domain):
            result.add("name")
        if any(reply.domain.lower() != sender.domain.lower() for reply in replies):
            result.add("reply")
    for part in message.walk():
        if part.get_content_type() == "text/html":
            soup = BeautifulSoup(part.get_content(), "html.parser")
            for link in soup.find_all("a"):
                url = urlparse(link.get("href", ""))
                if domain in link.get_text().lower():
                    if url.scheme not in ("http", "https") or not ours(url.hostname, domain):
                        result.add("link")
    return sorted(result)
