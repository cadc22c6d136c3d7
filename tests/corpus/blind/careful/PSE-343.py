"""Warnings for letters that pretend to come from us.

The letters are hostile: everything here takes time linear in the size of the
letter, however it is nested or broken.  That is why neither email.message nor
an HTML library reads them: those follow the nesting by recursion, need
quadratic time for some input, or raise exceptions for some.  Where mail
programs are known to read something in more than one way, every reading is
looked at, so that a letter cannot hide behind the one that is harmless.
"""

import binascii
import encodings
import encodings.aliases
import html
import pkgutil
import re

# --- Charsets -----------------------------------------------------------------

_CHARSETS = frozenset(encodings.aliases.aliases) | frozenset(
    module.name for module in pkgutil.iter_modules(encodings.__path__)
)
# These need quadratic time.
_SLOW_CHARSETS = frozenset({"idna", "punycode"})
_SLOW_LIMIT = 2000


def _knows(charset: str) -> bool:
    """Whether Python knows the charset.

    Asking for others costs an attempt to import them, and Python remembers
    their names forever; so they must not be tried.
    """
    if not 0 < len(charset) <= 60 or not charset.isascii():
        return False
    if not charset.isprintable():
        return False
    name = encodings.normalize_encoding(charset.lower())
    return name in _CHARSETS or name.replace(".", "_") in _CHARSETS


def _decode(data: bytes, charset: str) -> str:
    charset = charset.strip(" \t\"'")
    if _knows(charset):
        name = encodings.normalize_encoding(charset.lower())
        if name not in _SLOW_CHARSETS or len(data) <= _SLOW_LIMIT:
            try:
                return data.decode(charset, "replace")
            except Exception:
                pass  # not a charset for text, or one without "replace"
    return data.decode("utf-8", "replace")


# --- Transfer encodings -------------------------------------------------------

_NO_BASE64 = bytes(
    set(range(256))
    - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
)


def _from_base64(data: bytes) -> bytes:
    """Decode as leniently as possible, going on behind any padding."""
    result = []
    for part in data.translate(None, _NO_BASE64).split(b"="):
        if len(part) % 4 == 1:
            part = part[:-1]
        if part:
            result.append(binascii.a2b_base64(part + b"=" * (-len(part) % 4)))
    return b"".join(result)


def _from_uu(data: bytes) -> bytes:
    begin = re.search(rb"(?:\A|(?<=[\r\n]))begin [^\r\n]*[\r\n]+", data)
    if not begin:
        return data
    result = []
    for line in re.split(rb"[\r\n]+", data[begin.end() :]):
        if line.strip() == b"end":
            break
        if not line:
            continue
        try:
            result.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Some encoders write too much behind the data.
            size = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                result.append(binascii.a2b_uu(line[:size]))
            except binascii.Error:
                pass
    return b"".join(result)


def _transfer_decode(data: bytes, encoding: str) -> bytes:
    encoding = re.sub(r"\(.*", "", encoding, flags=re.S).strip(" \t\"';").lower()
    if encoding == "base64":
        return _from_base64(data)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
        return _from_uu(data)
    return data


# --- The structure of a letter ------------------------------------------------

_LINE = re.compile(rb"([^\r\n]*+)(?:\r\n|\r|\n|\Z)")
_HEADER = re.compile(rb"([!-9;-~]++)[ \t]*+:")
_DASHES = re.compile(rb"(?:\A|(?<=[\r\n]))--([^\r\n]*+)(?:\r\n|\r|\n|\Z)")
_TYPE = re.compile(r"[\s\"']*([^\s;/()\"']+)\s*/\s*([^\s;()\"',]+)")
_PARAM = re.compile(
    r";[\s;]*+([^\s=;]++)\s*+=\s*+(?:\"((?:[^\"\\]|\\.)*+)\"?|([^;]*+))", re.S
)
_KEPT = frozenset(
    {"from", "reply-to", "content-type", "content-transfer-encoding"}
)


class _Entity:
    """The headers of a letter or of a part of it."""

    def __init__(self) -> None:
        self.headers: dict[str, list[str]] = {}  # as latin-1
        self.body = 0  # where its body begins

    def get(self, name: str) -> list[str]:
        return self.headers.get(name, [])

    def some(self, name: str) -> list[str]:
        """The first and the last of the headers of that name."""
        values = self.get(name)
        return list(dict.fromkeys(values[:1] + values[-1:]))


class _Boundaries:
    """The boundaries of the multiparts that are open, the innermost last."""

    def __init__(self) -> None:
        self.levels: list[tuple[list[bytes], bool]] = []
        self.where: dict[bytes, list[int]] = {}

    def push(self, boundaries: list[bytes], digest: bool) -> None:
        for boundary in boundaries:
            self.where.setdefault(boundary, []).append(len(self.levels))
        self.levels.append((boundaries, digest))

    def cut(self, size: int) -> None:
        while len(self.levels) > size:
            for boundary in self.levels.pop()[0]:
                places = self.where[boundary]
                places.pop()
                if not places:
                    del self.where[boundary]

    def find(self, line: bytes) -> tuple[int, bool] | None:
        """For a line behind its "--": which level it separates or ends."""
        line = line.rstrip(b" \t")
        places = self.where.get(line)
        if places:
            return places[-1], False
        if line.endswith(b"--"):
            places = self.where.get(line[:-2].rstrip(b" \t"))
            if places:
                return places[-1], True
        return None


def _read_headers(raw: bytes, pos: int, open_: _Boundaries) -> _Entity:
    entity = _Entity()
    body = -1
    name = None
    value: list[bytes] = []

    def done() -> None:
        if name in _KEPT:
            text = b"".join(value).decode("latin-1")
            entity.headers.setdefault(name, []).append(text)

    first = True
    while pos < len(raw):
        line = _LINE.match(raw, pos)
        text = line[1]
        if not text:
            pos = line.end()
            break
        if text.startswith(b"--") and open_.find(text[2:]):
            break
        if text[:1] in (b" ", b"\t"):
            if name in _KEPT:
                value.append(text)
        else:
            header = _HEADER.match(text)
            if header:
                done()
                name = header[1].decode("ascii").lower()
                value = [text[header.end() :]]
            elif not (first and text.startswith((b"From ", b">From "))):
                # No header.  Some programs take the body to begin here, others
                # go on looking for headers.
                done()
                name = None
                if body < 0:
                    body = pos
        first = False
        pos = line.end()
    done()
    entity.body = pos if body < 0 else body
    return entity


def _types(entity: _Entity, default: str) -> list[tuple[str, str]]:
    """Its types, together with the Content-Type they are from."""
    found = []
    for value in entity.some("content-type"):
        match = _TYPE.match(value)
        if match:
            found.append(((match[1] + "/" + match[2]).lower(), value))
    return found or [(default, "")]


def _param(value: str, wanted: str) -> str | None:
    """A parameter of a Content-Type, also if it is cut up (RFC 2231)."""
    pieces: dict[int, str] = {}
    for match in _PARAM.finditer(value):
        name, star, rest = match[1].lower().partition("*")
        if name != wanted:
            continue
        if match[2] is not None:
            text = re.sub(r"\\(.)", r"\1", match[2], flags=re.S)
        else:
            text = match[3].strip()
        if not star:
            return text
        number = rest.rstrip("*")
        if number == "":
            index = 0
        elif re.fullmatch(r"[0-9]{1,3}", number):
            index = int(number)
        else:
            continue
        if rest.endswith("*") or rest == "":
            if index == 0 and text.count("'") >= 2:
                text = text.split("'", 2)[2]
            text = re.sub(
                r"%([0-9a-fA-F]{2})", lambda m: chr(int(m[1], 16)), text
            )
        pieces.setdefault(index, text)
    if not pieces:
        return None
    return "".join(pieces[index] for index in sorted(pieces))


def _charsets(value: str) -> list[str]:
    charset = _param(value, "charset")
    if charset is None:
        match = re.search(r"charset\s*=\s*[\"']?([^\s;\"']+)", value, re.I)
        charset = match[1] if match else ""
    return [charset]


def _parse(raw: bytes) -> tuple[_Entity, list[tuple[_Entity, bytes]]]:
    """The letter's own headers, and its parts that are text/html."""
    open_ = _Boundaries()
    parts = []
    start = len(raw) - len(raw.lstrip(b"\r\n"))
    top = None
    default = "text/plain"
    pos: int | None = start
    while pos is not None:
        entity = _read_headers(raw, pos, open_)
        if top is None:
            top = entity
        pos = entity.body
        types = _types(entity, default)
        names = [name for name, _ in types]
        if any(
            name in ("message/rfc822", "message/global", "message/news")
            for name in names
        ):
            default = "text/plain"
            # The headers of the letter within follow; the delimiters are
            # the same still.  (An empty line before them is tolerated.)
            if raw[pos : pos + 2] == b"\r\n":
                pos += 2
            elif raw[pos : pos + 1] in (b"\r", b"\n"):
                pos += 1
            if pos < len(raw):
                continue
        boundaries = []
        for name, value in types:
            if name.startswith("multipart/"):
                boundary = _param(value, "boundary")
                if boundary is not None:
                    data = boundary.encode("latin-1", "replace").rstrip()
                    if data not in boundaries:
                        boundaries.append(data)
        if boundaries:
            open_.push(boundaries, "multipart/digest" in names)

        begin = pos if "text/html" in names else None
        pos = None
        end = len(raw)
        for line in _DASHES.finditer(raw, entity.body):
            found = open_.find(line[1])
            if not found:
                continue
            if begin is not None:
                parts.append((entity, raw[begin : line.start()]))
                begin = None
            level, closing = found
            if closing:
                open_.cut(level)
                continue
            open_.cut(level + 1)
            digest = open_.levels[level][1]
            default = "message/rfc822" if digest else "text/plain"
            pos = line.end()
            break
        if begin is not None:
            parts.append((entity, raw[begin:end]))
    return top, parts


# --- Domains ------------------------------------------------------------------


class _Domain:
    def __init__(self, domain: str) -> None:
        domain = domain.strip()
        self.names = {domain.casefold(), domain.lower()}
        try:
            self.names.add(domain.encode("idna").decode("ascii").lower())
            self.names.add(domain.encode("ascii").decode("idna").lower())
        except (UnicodeError, ValueError):
            pass
        self.names.discard("")
        self.ascii = all(name.isascii() for name in self.names)

    def owns(self, host: str | None) -> bool:
        if not host or (self.ascii and not host.isascii()):
            return False
        if not re.fullmatch(r"[\w.-]+", host):
            return False
        host = host.lower()
        return any(
            host == name or host.endswith("." + name) for name in self.names
        )

    def is_in(self, text: str) -> bool:
        """Whether a reader of `text` sees the domain in it."""
        folded = text.casefold()
        texts = [folded]
        visible = _INVISIBLE.sub("", folded)
        if len(visible) != len(folded):
            texts.append(visible)
            if "\u202e" in folded:  # from here on it is shown backwards
                texts.append(visible[::-1])
        return any(name in some for some in texts for name in self.names)


# Characters that are not shown: they may stand within our domain unnoticed.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4"
    "\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


# --- Addresses ----------------------------------------------------------------

_WORD = re.compile(
    r"=\?([^?\s]{1,80})\?([bBqQ])\?([^?]*+|(?:[^?]|\?(?!=)){0,300})\?="
)
_ITEM = re.compile(
    r"(?P<word>" + re.sub(r"\((?!\?)", "(?:", _WORD.pattern) + r")"
    r"|(?P<quoted>\"(?:[^\"\\]|\\.)*+\"?)"
    r"|(?P<angle><(?:\"(?:[^\"\\]|\\.)*+\"?|[^<>\"])*+>?)"
    r"|(?P<open>\()"
    r"|(?P<next>[,;:])"
    r"|(?P<text>[^\"<(,;:=]++|.)",
    re.S,
)
_PAREN = re.compile(r"\\.|[()]", re.S)
_ADDRESS_LIKE = re.compile(r"[^\s<>()\",;:@]{1,100}@([^\s<>()\",;:@]{1,255})")


def _decode_words(text: str) -> str:
    """Decode the encoded words (RFC 2047) in `text`."""
    result: list[str] = []
    pending: list[bytes] = []  # of words of the same charset, one by one
    charset = ""
    pos = 0

    def flush() -> None:
        if pending:
            result.append(_decode(b"".join(pending), charset))
            pending.clear()

    for match in _WORD.finditer(text):
        between = text[pos : match.start()]
        if not pending or between.strip(" \t\r\n"):
            flush()
            result.append(between)
        pos = match.end()
        name = match[1].partition("*")[0].lower()
        if name != charset:
            flush()
            charset = name
        data = match[3].encode("utf-8", "replace")
        if match[2] in "bB":
            pending.append(_from_base64(data))
        else:
            pending.append(binascii.a2b_qp(data, header=True))
    flush()
    result.append(text[pos:])
    return "".join(result)


def _header_text(value: str) -> str:
    """A header's value, which is here as latin-1, as text."""
    data = value.encode("latin-1", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return value


def _split_mailboxes(value: str) -> tuple[list[str], list[str]]:
    """The display names and the addresses in a From or Reply-To header."""
    names: list[str] = []
    addresses: list[str] = []
    shown: list[str] = []  # of the current mailbox, outside of <>
    plain: list[str] = []  # the same without words, strings and comments
    has_angle = False

    def done() -> None:
        nonlocal has_angle
        if has_angle:
            names.append(_decode_words("".join(shown)))
        else:
            # Addresses without <>, or a name without an address.
            text = re.sub(r"\s*([@.])\s*", r"\1", "".join(plain))
            here = [word for word in text.split() if "@" in word]
            addresses.extend(here)
            if not here:
                names.append(_decode_words("".join(shown)))
        shown.clear()
        plain.clear()
        has_angle = False

    pos = 0
    while pos < len(value):
        item = _ITEM.match(value, pos)
        pos = item.end()
        kind = item.lastgroup
        text = item[0]
        if kind == "word":
            shown.append(text)
            plain.append("x")
        elif kind == "quoted":
            content = text[1:]
            if len(content) > 0 and content.endswith('"'):
                content = content[:-1]
            shown.append(re.sub(r"\\(.)", r"\1", content, flags=re.S))
            plain.append("x")
        elif kind == "angle":
            has_angle = True
            inner = re.sub(r'"(?:[^"\\]|\\.)*+"?', "x", text[1:], flags=re.S)
            inner = re.sub(r"\([^()]*+\)?", "", inner.rstrip(">"))
            inner = re.sub(r"\s*([@.])\s*", r"\1", inner)
            addresses.extend(
                word for word in re.split(r"[\s,:;]+", inner) if "@" in word
            )
        elif kind == "open":
            depth = 1
            begin = pos
            end = len(value)
            for paren in _PAREN.finditer(value, pos):
                if paren[0] == "(":
                    depth += 1
                elif paren[0] == ")":
                    depth -= 1
                    if not depth:
                        end = paren.start()
                        break
            comment = value[begin:end]
            names.append(
                _decode_words(re.sub(r"\\(.)", r"\1", comment, flags=re.S))
            )
            pos = end + 1
            shown.append(" ")
            plain.append(" ")
        elif kind == "next":
            done()
        else:
            shown.append(text)
            plain.append(text)
    done()
    return names, addresses


def _domain_of(address: str) -> str:
    """The domain of an address, in lower case; all behind the first "@"."""
    # (With more than one "@" this is nobody's domain, and surely not ours.)
    domain = address.lstrip("@").partition("@")[2].strip().lower()
    if not domain.isascii() and len(domain) < 256:
        try:
            domain = domain.encode("idna").decode("ascii").lower()
        except (UnicodeError, ValueError):
            pass
    return domain


def _sender_warnings(top: _Entity, ours: _Domain) -> set[str]:
    found = set()
    names: list[str] = []
    addresses: list[str] = []
    for value in top.get("from"):
        more_names, more_addresses = _split_mailboxes(_header_text(value))
        names += more_names
        addresses += more_addresses
    domains = {_domain_of(address) for address in addresses}

    if not domains or not all(ours.owns(domain) for domain in domains):
        if any(ours.is_in(name) for name in names):
            found.add("name")

    replies: set[str] = set()
    for value in top.get("reply-to"):
        text = _header_text(value)
        here = [_domain_of(address) for address in _split_mailboxes(text)[1]]
        if not here:
            # Nothing that is written as it should be: what a lenient program
            # might find.
            here = [
                _domain_of("x@" + match[1])
                for match in _ADDRESS_LIKE.finditer(_decode_words(text))
            ]
        replies.update(here)
    replies.discard("")
    if any(reply != domain for reply in replies for domain in domains or {""}):
        found.add("reply")
    return found


# --- HTML ---------------------------------------------------------------------

_WS = "\t\n\f\r "
_ATTRIBUTE = (
    rf"[{_WS}/]*+(%s[^{_WS}/>][^{_WS}/>=]*+)"
    rf"(?:[{_WS}]*+=[{_WS}]*+(?:\"(%s[^\"]*+)\"|'(%s[^']*+)'|(%s[^{_WS}>]*+)))?+"
)
_ATTRIBUTES = re.compile(_ATTRIBUTE % ("", "", "", ""))
_TAG = re.compile(
    rf"<(/?)([a-zA-Z][^{_WS}/>]*+)((?:"
    + _ATTRIBUTE % ("?:", "?:", "?:", "?:")
    + rf")*+)[{_WS}/]*+>"
)
_COMMENT_END = re.compile(r"--!?>")
_CONDITION = re.compile(r"<!--\[if[^\]>]{0,200}\](?:>|-->)?(?:<!-->)?", re.I)
_RAW = {
    name: re.compile(rf"</{name}(?=[{_WS}/>])", re.I)
    for name in (
        "script style xmp iframe noembed noframes textarea title".split()
    )
}
_UNSEEN = frozenset({"script", "style"})
_LETTER = re.compile(r"[a-zA-Z]")


def _unescape(text: str) -> str:
    if "&" not in text:
        return text
    # html.unescape fails for numbers with thousands of digits.
    text = re.sub(r"&#(x?)0+(?=[0-9a-f])", r"&#\1", text, flags=re.I)
    text = re.sub(r"&#(?:[0-9]{8,}|x[0-9a-f]{7,});?", "\ufffd", text, flags=re.I)
    return html.unescape(text)


def _links(text: str, raw: bool, conditions: bool):
    """Yield (href or None, text) of the `a` elements.

    `raw`: whether script, style and the like contain no markup, as in HTML;
    within SVG they do.  `conditions`: whether what is for Outlook only is read.
    """
    href: str | None = None
    shown: list[str] | None = None  # None outside of an `a` element
    pos = 0
    size = len(text)
    while pos < size:
        less = text.find("<", pos)
        if less < 0:
            less = size
        if shown is not None and less > pos:
            shown.append(_unescape(text[pos:less]))
        if less == size:
            break
        pos = less
        follow = text[pos + 1 : pos + 2]
        if follow == "!" and text.startswith("<!--", pos):
            condition = conditions and _CONDITION.match(text, pos)
            if condition:
                pos = condition.end()
            elif text.startswith(">", pos + 4):
                pos += 5
            elif text.startswith("->", pos + 4):
                pos += 6
            else:
                end = _COMMENT_END.search(text, pos + 4)
                pos = end.end() if end else size
            continue
        is_tag = _LETTER.match(text, pos + (2 if follow == "/" else 1))
        if not is_tag:
            if follow in ("!", "?", "/") and follow:
                end = text.find(">", pos)
                pos = end + 1 if end >= 0 else size
            else:
                if shown is not None:
                    shown.append("<")
                pos += 1
            continue
        tag = _TAG.match(text, pos)
        if not tag:
            break  # it has no end, so there is nothing behind it
        pos = tag.end()
        name = tag[2].lower()
        if name == "a":
            if shown is not None:
                yield href, "".join(shown)
                shown = None
            if not tag[1]:
                shown = []
                href = None
                for attribute in _ATTRIBUTES.finditer(tag[3]):
                    if attribute[1].lower() == "href":
                        value = attribute[2] or attribute[3] or attribute[4]
                        href = _unescape(value or "")
                        break
        elif raw and not tag[1] and name in _RAW:
            end = _RAW[name].search(text, pos)
            if end:
                if shown is not None and name not in _UNSEEN:
                    shown.append(_unescape(text[pos : end.start()]))
                pos = end.start()
            elif tag[0].endswith("/>") or name in _UNSEEN:
                pass  # better to look at what is behind it
    if shown is not None:
        yield href, "".join(shown)


_URL = re.compile(r"https?://([^/?#]*)", re.I)
_AUTHORITY = re.compile(r"(?:[^@\\]*@)?([^@:\\%\[\]]+)(?::[0-9]{0,5})?")


def _leads_to(href: str | None, ours: _Domain) -> bool:
    if href is None:
        return False
    # As browsers do it.
    href = re.sub(r"[\t\n\r]", "", href.strip("".join(map(chr, range(33)))))
    url = _URL.match(href)
    if not url:
        return False
    # Whatever programs might disagree about (backslashes, more than one "@",
    # escapes) does not lead to us.
    authority = _AUTHORITY.fullmatch(url[1])
    return bool(authority) and ours.owns(authority[1])


def _html_warns(text: str, ours: _Domain) -> bool:
    text = text.replace("\0", "")
    lower = text.lower()
    readings = [(True, False)]
    if "<!--[if" in lower:
        readings.append((True, True))
    if "<svg" in lower or "<math" in lower:
        readings.append((False, False))
    for raw, conditions in readings:
        for href, shown in _links(text, raw, conditions):
            if ours.is_in(shown) and not _leads_to(href, ours):
                return True
    return False


_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_META = re.compile(rb"<meta[^>]{1,300}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)


def _html_texts(entity: _Entity, data: bytes) -> list[str]:
    """The HTML of a part, in all the ways it might be read."""
    texts: list[str] = []
    for encoding in entity.some("content-transfer-encoding") or [""]:
        decoded = _transfer_decode(data, encoding)
        charsets = []
        for value in entity.some("content-type"):
            charsets += _charsets(value)
        known = [name for name in charsets if _knows(name.strip(" \t\"'"))]
        if not known:
            # Not said, or unknown: what a program may guess.
            known = ["utf-8"]
            meta = _META.search(decoded[:4096])
            if meta:
                known.append(meta[1].decode("latin-1"))
            known += [name for bom, name in _BOMS if decoded.startswith(bom)]
        for charset in known:
            text = _decode(decoded, charset)
            if text not in texts:
                texts.append(text)
    return texts


# --- All together -------------------------------------------------------------


def warnings_for(raw: bytes, domain: str) -> list[str]:
    """The codes of the warnings the letter `raw` needs, sorted."""
    found: set[str] = set()
    # No exception is expected from any of this.  Should there be one after all,
    # the other checks count nevertheless.
    try:
        ours = _Domain(domain)
        top, parts = _parse(bytes(raw))
    except Exception:
        return []
    try:
        found |= _sender_warnings(top, ours)
    except Exception:
        pass
    for entity, data in parts:
        try:
            if any(_html_warns(text, ours) for text in _html_texts(entity, data)):
                found.add("link")
                break
        except Exception:
            continue
    return sorted(found)
