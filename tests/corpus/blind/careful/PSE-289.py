import asyncio
import codecs
import re
import zlib
from collections import deque
from collections.abc import AsyncIterator
from urllib.parse import urldefrag, urljoin

import httpx
from lxml import etree

_MAX_BYTES = 1_000_000
_SECONDS = 30  # for one answer, however slowly it comes
_REDIRECTS = (301, 302, 303, 307, 308)
_META_CHARSET = re.compile(
    rb"""<meta\s[^>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.I
)
# Only real encodings of text: Python knows others that a page could do harm with.
_ENCODINGS = re.compile(
    r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp\d{3,4}|koi8-[ru]|mac-\w+|tis-620"
    r"|shift_jis|euc_jp|iso2022_jp|gb2312|gbk|gb18030|big5|big5hkscs|euc_kr"
)


def _origin(url: httpx.URL) -> tuple:
    port = url.port or {"http": 80, "https": 443}.get(url.scheme)
    return url.scheme, url.raw_host.lower(), port


def _address(url: str, base: str = "") -> httpx.URL | None:
    """The absolute address of a link, without its fragment."""
    try:
        # Browsers, too, leave out line breaks and what is around an address.
        url = re.sub(r"[\t\r\n]", "", url).strip("".join(map(chr, range(0x21))))
        return httpx.URL(urldefrag(urljoin(base, url)).url)
    except (httpx.InvalidURL, ValueError):
        return None


def _key(url: httpx.URL) -> tuple:
    """The same for all spellings that lead to the same request."""
    return _origin(url), url.userinfo, url.raw_path


def _encoding(content_type: str, data: bytes) -> str:
    names = re.findall(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", content_type, re.I)[:1]
    names += [name.decode("ascii") for name in _META_CHARSET.findall(data[:4096])[:1]]
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    for name in names:
        try:
            known = codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
        if _ENCODINGS.fullmatch(known):
            return known
    return "utf-8"


def _parse(data: bytes, content_type: str):
    """The root element of a page, or None."""
    text = data.decode(_encoding(content_type, data), "replace").replace("\0", "\ufffd")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        return None


def _title(root) -> str:
    for element in root.iter("title"):
        # A drawing in the page may have titles of its own.
        if next(element.iterancestors("svg"), None) is None:
            return "".join(element.itertext()).strip()
    return ""


def _links(root, address: httpx.URL, known: set[tuple], room: int) -> list[httpx.URL]:
    """The first `room` links to addresses of the same site that are not known yet."""
    base = str(address)
    for element in root.iter("base"):
        if element.get("href") is not None:
            stated = _address(element.get("href"), base)
            base = base if stated is None else str(stated)
            break
    origin = _origin(address)
    links: dict[tuple, httpx.URL] = {}
    seen: set[str] = set()
    for element in root.iter("a"):
        if len(links) >= room:
            break
        href = element.get("href")
        if href is None or href in seen:
            continue
        seen.add(href)
        link = _address(href, base)
        if link is not None and _origin(link) == origin and _key(link) not in known:
            links.setdefault(_key(link), link)
    return list(links.values())


def _read_page(
    data: bytes, content_type: str, address: httpx.URL, known: set[tuple], room: int
) -> tuple[str, list[httpx.URL]]:
    """Title and new links of a page."""
    root = _parse(data, content_type)
    if root is None:
        return "", []
    return _title(root), _links(root, address, known, room)


def _engine(answer: httpx.Response, first: bytes):
    packing = answer.headers.get("Content-Encoding", "").strip().lower()
    if packing in ("", "identity"):
        return None
    if packing in ("gzip", "x-gzip"):
        return zlib.decompressobj(31)
    if packing == "deflate":
        return zlib.decompressobj(15 if first[0] & 0x8F == 8 else -15)
    raise ValueError("packed in an unknown way")


async def _read_body(answer: httpx.Response) -> bytes:
    """The first million bytes; what came packed is unpacked no further than that."""
    body = bytearray()
    received = 0
    engine = None
    async for piece in answer.aiter_raw():
        if not received:
            engine = _engine(answer, piece)
        piece = piece[: _MAX_BYTES - received]
        received += len(piece)
        if engine is None:
            body += piece
        else:
            body += engine.decompress(piece, _MAX_BYTES - len(body))
        if received >= _MAX_BYTES or len(body) >= _MAX_BYTES or (engine and engine.eof):
            break
    return bytes(body)


async def _get(
    client: httpx.AsyncClient, url: httpx.URL
) -> tuple[str | None, tuple[bytes, str] | None]:
    """One request: the address of a redirect, or body and type of a page, or neither."""
    try:
        async with asyncio.timeout(_SECONDS), client.stream("GET", url) as answer:
            if answer.status_code in _REDIRECTS:
                return answer.headers.get("Location"), None
            content_type = answer.headers.get("Content-Type", "")
            if answer.status_code != 200:
                return None, None
            if content_type.split(";")[0].strip().lower() != "text/html":
                return None, None
            return None, (await _read_body(answer), content_type)
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, zlib.error, ValueError):
        return None, None  # TimeoutError is an OSError
    finally:
        client.cookies.clear()


async def crawl(start: str, depth: int, max_pages: int) -> AsyncIterator[tuple[str, str]]:
    """The pages of a site as pairs of address and title, breadth first."""
    first = _address(start)
    if first is None or first.scheme not in ("http", "https") or not first.raw_host:
        raise ValueError("start must be an http or https URL")
    origin = _origin(first)
    asked: set[tuple] = set()
    known = {_key(first)}  # asked for, or waiting in the queue
    queue = deque([(first, 0)] if depth >= 0 else [])
    left = max_pages

    async with httpx.AsyncClient(
        timeout=10.0,
        follow_redirects=False,
        trust_env=False,
        headers={"Accept": "text/html", "Accept-Encoding": "identity"},
    ) as client:
        while queue and left > 0:
            url, clicks = queue.popleft()
            page = None
            while left > 0 and _origin(url) == origin and _key(url) not in asked:
                asked.add(_key(url))
                known.add(_key(url))
                left -= 1
                location, page = await _get(client, url)
                if location is None:
                    break
                moved = _address(location, str(url))
                if moved is None:
                    break
                url = moved
            if page is None:
                continue
            # Each address in the queue costs a request of its own, so more of
            # them than requests are left would never get their turn.
            room = left - len(queue) if clicks < depth else 0
            # In a thread, since a big page takes its time to read.
            title, links = await asyncio.to_thread(_read_page, *page, url, known, room)
            for link in links:
                known.add(_key(link))
                queue.append((link, clicks + 1))
            yield str(url), title
