import re
from email.errors import MessageError
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.utils import parseaddr

from bs4 import BeautifulSoup

HTTP = re.compile(r"\s*https?:[/\\]{2}(?P<authority>[^/\\?#\s]*)", re.IGNORECASE)


def same(host, domain):
    host = host.strip().lower().rstrip(".")
    return host == domain or host.endswith(f".{domain}")


def shown(value):
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError, MessageError):
        return value


def mailbox(message, header):
    """Shown name and domain of the first address, or two empty strings."""
    try:
        name, address = parseaddr(str(message.get(header, "")))
    except (ValueError, IndexError):
        return "", ""
    return shown(name), address[address.rfind("@") + 1 :].lower()


def html_parts(message):
    stack = [message]
    while stack:
        part = stack.pop()
        if part.is_multipart():
            stack.extend(part.get_payload())
        elif part.get_content_type() == "text/html":
            body = part.get_payload(decode=True) or b""
            charset = str(part.get_param("charset") or "utf-8")
            try:
                yield body.decode(charset, errors="replace")
            except (LookupError, ValueError):
                yield body.decode("latin-1")


def misleads(link, domain):
    if domain not in link.get_text().lower():
        return False
    match = HTTP.match(link.get("href") or "")
    host = re.sub(r":\d*$", "", match["authority"].rpartition("@")[2]) if match else ""
    return not same(host, domain)


def warnings_for(raw, domain):
    ours = domain.lower()
    message = BytesParser().parsebytes(raw)
    (name, sender), (_, reply) = mailbox(message, "From"), mailbox(message, "Reply-To")
    found = []
    if any(misleads(a, ours) for html in html_parts(message) for a in BeautifulSoup(html, "lxml").find_all("a")):
        found.append("link")
    if ours in name.lower() and not same(sender, ours):
        found.append("name")
    if reply and reply != sender:
        found.append("reply")
    return found
