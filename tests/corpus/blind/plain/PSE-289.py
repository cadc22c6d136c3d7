import asyncio
import zlib
from collections import deque
from collections.abc import AsyncIterator
from urllib.parse import urldefrag, urljoin

import httpx
from bs4 import BeautifulSoup

_MAX_BYTES = 1_000_000
_REDIRECTS = {301, 302, 303, 307, 308}


def _parse(address: str) -> httpx.URL | None:
    try:
        return httpx.URL(urldefrag(address).url)
    except (httpx.InvalidURL, ValueError):
        return None


def _resolve(base: str, link: str) -> httpx.URL | None:
    try:
        return _parse(urljoin(base, link.strip()))
    except ValueError:
        return None


def _site(url: httpx.URL):
    return url.scheme, url.host, url.port


async def _get(client, url):
    """Status, headers and the beginning of the body; the body only of pages."""
    async with asyncio.timeout(30), client.stream("GET", url) as response:
        body = b""
        if response.status_code == 200 and _is_html(response.headers):
            pieces = []
            left = _MAX_BYTES
            async for piece in response.aiter_raw():
                pieces.append(piece[:left])
                left -= len(piece)
                if left <= 0:
                    break
            body = b"".join(pieces)
            if response.headers.get("content-encoding", "").strip().lower() in ("gzip", "deflate"):
                body = zlib.decompressobj(47).decompress(body, _MAX_BYTES)
        return response.status_code, response.headers, body


def _is_html(headers) -> bool:
    return headers.get("content-type", "").split(";")[0].strip().lower() == "text/html"


def _charset(headers) -> str | None:
    for part in headers.get("content-type", "").split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None


def _read_page(url: httpx.URL, headers, body: bytes):
    """The title and the links of a page."""
    soup = BeautifulSoup(body, "lxml", from_encoding=_charset(headers))
    title = soup.find("title")
    base = str(url)
    base_element = soup.find("base", href=True)
    if base_element is not None:
        resolved = _resolve(base, base_element["href"])
        base = base if resolved is None else str(resolved)
    links = [_resolve(base, a["href"]) for a in soup.find_all("a", href=True)]
    return (
        title.get_text().strip() if title is not None else "",
        [link for link in links if link is not None],
    )


async def crawl(start: str, depth: int, max_pages: int) -> AsyncIterator[tuple[str, str]]:
    first = _parse(start)
    if first is None or first.scheme not in ("http", "https"):
        raise ValueError(f"not an http address: {start!r}")
    site = _site(first)

    asked = set()
    queued = {first.raw_path}
    queue = deque([(first, 0)])

    async with httpx.AsyncClient(
        follow_redirects=False, timeout=10, headers={"Accept-Encoding": "identity"}
    ) as client:
        while queue:
            url, clicks = queue.popleft()

            page = None
            while url is not None and _site(url) == site and url.raw_path not in asked:
                if len(asked) >= max_pages:
                    return
                asked.add(url.raw_path)
                try:
                    status, headers, body = await _get(client, url)
                except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL,
                        OSError, ValueError, zlib.error):
                    break
                if status in _REDIRECTS and "location" in headers:
                    url = _resolve(str(url), headers["location"])
                    continue
                if status == 200 and _is_html(headers):
                    page = headers, body
                break
            if page is None:
                continue

            title, links = _read_page(url, *page)
            yield str(url), title
            if clicks < depth:
                for link in links:
                    if _site(link) == site and link.raw_path not in queued:
                        queued.add(link.raw_path)
                        queue.append((link, clicks + 1))
