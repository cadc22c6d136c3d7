import base64
import quopri
import re
import unicodedata
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from html import unescape

# The letters are written by the very people we warn of, so nothing here relies
# on the structured header parsing of the email package (which can be made to
# fail, or to overlook addresses): it only splits the letter into its parts.


def warnings_for(raw: bytes, domain: str) -> list[str]:
    domain = _host(domain)
    found = set()

    head = _headers(raw)
    senders = _mailboxes(_values(head, "from"))
    sender_domains = {_domain(a) for _, addresses in senders for a in addresses}

    for name, addresses in senders:
        ours = bool(addresses) and all(_is_ours(_domain(a), domain) for a in addresses)
        if not ours and _mentions(name, domain):
            found.add("name")

    for _, addresses in _mailboxes(_values(head, "reply-to")):
        if any(sender_domains != {_domain(a)} for a in addresses):
            found.add("reply")

    for part in _parts(raw):
        if any(
            _mentions(text, domain) and not _leads_to(href, domain)
            for href, text in _links(_html(part))
        ):
            found.add("link")
            break

    return sorted(found)


# --- domains


def _host(host: str) -> str:
    host = host.strip()
    if len(host) <= 255:
        try:
            return host.encode("idna").decode("ascii").lower()
        except UnicodeError:
            pass
    return host.lower()


def _domain(address: str) -> str:
    return _host(address.rpartition("@")[2]) if "@" in address else ""


def _is_ours(host: str, domain: str) -> bool:
    return host == domain or host.endswith("." + domain)


def _mentions(text: str, domain: str) -> bool:
    # Soft hyphens, zero-width spaces and the like are not seen by the reader.
    text = "".join(c for c in text if unicodedata.category(c) != "Cf").casefold()
    if domain.casefold() in text:
        return True
    try:
        shown = domain.encode("ascii").decode("idna")
    except UnicodeError:
        return False
    return shown.casefold() in text


def _leads_to(href: str, domain: str) -> bool:
    # As browsers do; a backslash is a slash to them, but not to everybody.
    href = re.sub(r"[\t\r\n]", "", href).strip("".join(map(chr, range(33))))
    match = re.match(r"https?://([^/?#]*)", href, re.IGNORECASE)
    if not match or "\\" in match[1]:
        return False
    host = re.sub(r":[0-9]*$", "", match[1].rpartition("@")[2])
    return bool(re.fullmatch(r"[\w.-]+", host)) and _is_ours(_host(host), domain)


# --- headers


def _headers(raw: bytes) -> Message:
    """The headers of a letter or part; its payload is left as it is."""
    return BytesParser(policy=compat32).parsebytes(_tidy(raw), headersonly=True)


def _tidy(raw: bytes) -> bytes:
    # "From : ..." is fine with mail programs, but not with the parser.
    end = re.search(rb"\r\n\r\n|\n\n|\r\r", raw)
    end = end.start() if end else len(raw)
    head = re.sub(rb"(?m)^([A-Za-z-]+)[ \t]+:", rb"\1:", raw[:end])
    return head + raw[end:]


def _values(message: Message, name: str) -> list[str]:
    return [
        str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        for key, value in message.raw_items()
        if key.lower() == name
    ]


_ENCODED = r"=\?[^?\s]+\?[bBqQ]\?[^?]*\?="
_TOKEN = re.compile(
    rf'(?P<encoded>{_ENCODED})|(?P<quoted>"(?:[^"\\]|\\.)*+")'
    r"|(?P<comment>\((?:[^()\\]|\\.)*+\))|(?P<angle><[^<>]*>)|(?P<comma>,)"
    r'|(?P<other>\\.|[^\\"(<,=]++|.)',
    re.DOTALL,
)


def _mailboxes(values: list[str]) -> list[tuple[str, list[str]]]:
    """Display name, as shown, and addresses of each mailbox in the headers.

    There is one address, unless somebody tries to be clever, or none.
    """
    boxes = []
    for value in values:
        name: list[str] = []
        bare: list[str] = []  # what may be an address without <>
        angles: list[str] = []
        for match in _TOKEN.finditer(value + ","):
            kind, token = match.lastgroup, match[0]
            at_end = match.end() > len(value)
            if kind == "angle":
                angles.append(token[1:-1].strip())
            elif kind != "comma":
                name.append(token)
                if kind == "other":
                    bare.append(token)
                elif kind == "quoted":
                    bare.append(re.sub(r"\s", "_", token))
            elif angles:
                boxes.append((_shown("".join(name)), angles))
                name, bare, angles = [], [], []
            elif "@" in "".join(bare) or at_end:
                words = "".join(bare).split()
                address = next((w for w in reversed(words) if "@" in w), "")
                shown = "".join(name)
                if address:
                    shown = shown.replace(address, " ")
                    boxes.append((_shown(shown), [address.strip(";")]))
                elif shown.strip():
                    boxes.append((_shown(shown), []))
                name, bare = [], []
            else:  # an unquoted comma in a name
                name.append(token)
    return boxes


def _shown(text: str) -> str:
    """A display name without quotes and with encoded words decoded."""
    text = re.sub(r"\\(.)|\"", lambda m: m[1] or "", text, flags=re.DOTALL)
    text = re.sub(r"\r?\n(?=[ \t])", "", text)
    result = []
    pos = 0
    pending, pending_charset = b"", ""  # a character may be spread over two words
    for match in re.finditer(_ENCODED, text):
        between = text[pos : match.start()]
        pos = match.end()
        charset, encoding, data = match[0][2:-2].split("?")
        charset = charset.partition("*")[0].lower()
        octets = data.encode("ascii", "ignore")
        if encoding in "bB":
            octets = _base64(octets)
        else:
            octets = quopri.decodestring(octets, header=True)
        if pending_charset and (between.strip() or charset != pending_charset):
            result.append(_decode(pending, pending_charset))
            pending = b""
        if between.strip() or not pending_charset:
            result.append(between)
        pending += octets
        pending_charset = charset
    if pending_charset:
        result.append(_decode(pending, pending_charset))
    result.append(text[pos:])
    return "".join(result)


# --- bodies


def _parts(raw: bytes) -> list[Message]:
    """All parts that are not multipart themselves."""
    # Very deep nesting is slow and then too much for the parser, and some
    # odd parameters make it raise.
    if len(re.findall(rb"(?i)boundary|message/", raw)) <= 200:
        try:
            parts = []
            todo = [BytesParser(policy=compat32).parsebytes(_tidy(raw))]
            while todo:
                part = todo.pop()
                if isinstance(part.get_payload(), list):
                    todo.extend(part.get_payload())
                else:
                    parts.append(part)
            return parts
        except Exception:
            pass
    # Take whatever stands between two lines that may be boundaries for a part.
    return [
        _headers(chunk.lstrip(b"\r\n")) for chunk in re.split(rb"(?m)^--.*$", raw)
    ]


def _html(part: Message) -> str:
    """The text of a text/html part, "" for others."""
    types = [v for v in _values(part, "content-type") if re.match(r"\s*text/html\b", v, re.I)]
    if not types:
        return ""
    encodings = " ".join(_values(part, "content-transfer-encoding")).lower().split()
    encoding = re.sub(r"[^\w-].*", "", encodings[0]) if encodings else ""

    del part["content-transfer-encoding"]
    try:
        data = part.get_payload(decode=True)  # the bytes as they came
        if encoding == "base64":
            data = _base64(data)
        elif encoding == "quoted-printable":
            data = quopri.decodestring(data)
        elif encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
            part["content-transfer-encoding"] = encoding
            data = part.get_payload(decode=True)
    except Exception:
        payload = part.get_payload()
        data = str(payload).encode("utf-8", "surrogateescape")

    try:
        charset = part.get_content_charset() or ""
    except Exception:
        charset = ""
    return _decode(data, charset)


def _base64(data: bytes) -> bytes:
    data = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    if len(data) % 4 == 1:
        data = data[:-1]
    return base64.b64decode(data + b"=" * (-len(data) % 4))


def _decode(data: bytes, charset: str) -> str:
    # These two are not meant for texts, and decoding long ones takes forever.
    if charset and (charset not in ("punycode", "idna") or len(data) < 65536):
        try:
            return data.decode(charset, "replace")
        except Exception:
            pass
    return data.decode("utf-8", "replace")


# --- HTML

_MARKUP = re.compile(
    r"""
      <!--(?:-?>|.*?(?:--!?>|\Z))                   # comment
    | <(?:[!?]|/(?![a-zA-Z]))[^>]*(?:>|\Z)          # what browsers take for one
    | <(?P<slash>/?)(?P<tag>[a-zA-Z][^\s/>]*+)
      (?P<attributes>(?:
          \s*+=\s*+(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^\s>"'][^\s>]*+)?+
        | [^=>\s]++
        | \s++
      )*+)
      (?:>|\Z)
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s>]*+)))?""",
)
# Elements whose content is text to the end tag, and not shown in the letter.
_RAW = ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")


def _links(html: str) -> list[tuple[str, str]]:
    """href and shown text of the a elements that have an href."""
    links = []
    href: str | None = None
    text: list[str] = []
    pos = 0

    def finish() -> None:
        if href is not None:
            links.append((href, re.sub(r"\s+", " ", unescape("".join(text)))))

    html = html.replace("\0", "")
    while match := _MARKUP.search(html, pos):
        text.append(html[pos : match.start()])
        pos = match.end()
        tag = (match["tag"] or "").lower()
        if tag == "a":
            finish()  # an a element also ends where the next one begins
            href, text = None, []
            if not match["slash"]:
                href = _href(match["attributes"])
        elif tag in _RAW and not match["slash"]:
            end = re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE).search(html, pos)
            if end:
                if tag in ("textarea", "xmp"):
                    text.append(html[pos : end.start()])
                pos = end.start()
            # without an end we read on, rather than miss what follows
    text.append(html[pos:])
    finish()
    return links


def _href(attributes: str) -> str | None:
    for match in _ATTRIBUTE.finditer(attributes):
        if match[1].lower() == "href":
            return unescape(match[2] or match[3] or match[4] or "")
    return None
