import email
from email.header import decode_header, make_header
from email.utils import parseaddr
from urllib.parse import urlparse

from bs4 import BeautifulSoup


def decode(value):
    try:
        return str(make_header(decode_header(value)))
    except Exception:
        return value


def warnings_for(raw, domain):
    domain = domain.lower()
    msg = email.message_from_bytes(raw)
    codes = set()
    name, addr = parseaddr(str(msg.get("From", "")))
    sender = addr.split("@")[-1].lower()
    if domain in decode(name).lower() and not sender.endswith(domain):
        codes.add("name")
    _, reply_addr = parseaddr(str(msg.get("Reply-To", "")))
    if reply_addr and reply_addr.split("@")[-1].lower() != sender:
        codes.add("reply")
    for part in msg.walk():
        if part.get_content_type() != "text/html":
            continue
        payload = part.get_payload(decode=True) or b""
        try:
            html = payload.decode(part.get_content_charset() or "utf-8", "replace")
        except LookupError:
            html = payload.decode("utf-8", "replace")
        for a in BeautifulSoup(html, "lxml").find_all("a"):
            try:
                url = urlparse(a.get("href", "").lower())
            except ValueError:
                url = urlparse("")
            if domain in a.get_text().lower() and not (url.scheme in ("http", "https") and domain in url.netloc):
                codes.add("link")
    return sorted(codes)
