import email
import email.errors
from email.header import decode_header
from email.utils import getaddresses
from html.parser import HTMLParser
from urllib.parse import urlsplit


def text_of(data, charset):
    try:
        return data.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def decoded(value):
    try:
        pieces = decode_header(str(value))
    except (ValueError, email.errors.HeaderParseError):
        return str(value)
    return "".join(piece if isinstance(piece, str) else text_of(piece, charset) for piece, charset in pieces)


def addresses(message, header):
    """(display name, domain) of each address in a header."""
    found = getaddresses([str(value) for value in message.get_all(header, [])])
    return [(decoded(name), address.rpartition("@")[2].lower()) for name, address in found if address]


def is_ours(host, domain):
    return host == domain or host.endswith("." + domain)


def leads_to_us(href, domain):
    try:
        parts = urlsplit(href.strip().replace("\\", "/"))  # as browsers read it
        return parts.scheme.lower() in ("http", "https") and is_ours((parts.hostname or "").rstrip("."), domain)
    except ValueError:
        return False


class Links(HTMLParser):
    """Collects (href, shown text) of every link."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.open = False

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.found.append([dict(attrs[::-1]).get("href") or "", []])
            self.open = True

    def handle_endtag(self, tag):
        if tag == "a":
            self.open = False

    def handle_data(self, data):
        if self.open:
            self.found[-1][1].append(data)


def links(message):
    for part in message.walk():
        if part.get_content_type() == "text/html" and not part.is_multipart():
            parser = Links()
            parser.feed(text_of(part.get_payload(decode=True) or b"", part.get_param("charset")))
            parser.close()
            for href, text in parser.found:
                yield href, "".join(text)


def warnings_for(raw, domain):
    domain = domain.lower()
    message = email.message_from_bytes(raw)
    senders, replies = addresses(message, "From"), addresses(message, "Reply-To")
    codes = set()
    if any(domain in name.lower() and not is_ours(host, domain) for name, host in senders):
        codes.add("name")
    if any(reply != sender for _, reply in replies for _, sender in senders):
        codes.add("reply")
    if any(domain in text.lower() and not leads_to_us(href, domain) for href, text in links(message)):
        codes.add("link")
    return sorted(codes)
