from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
from bs4 import BeautifulSoup

MOST_BYTES = 1_000_000


def site(url):
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


async def fetch(client, url):
    """The address that an answer redirects to, or its HTML; None for what it is not."""
    async with client.stream("GET", url) as response:
        if response.has_redirect_location:
            return response.headers["Location"], None
        if response.status_code != 200 or not response.headers.get("Content-Type", "").startswith("text/html"):
            return None, None
        content = bytearray()
        async for piece in response.aiter_bytes():
            content += piece
            if len(content) >= MOST_BYTES:
                break
        return None, content[:MOST_BYTES].decode(response.encoding or "utf-8", "replace")


def addresses(base, links):
    """The links that stay on the site, in full and without fragments."""
    for link in links:
        try:
            url = urldefrag(urljoin(base, link)).url
            if site(url) == site(base):
                yield url
        except ValueError:
            continue


async def crawl(start, depth, max_pages):
    queue = deque([(url, 0) for url in addresses(start, [start])])
    asked = set()
    async with httpx.AsyncClient(timeout=10) as client:
        while queue and len(asked) < max_pages:
            url, clicks = queue.popleft()
            if url in asked:
                continue
            asked.add(url)
            try:
                location, html = await fetch(client, url)
            except (httpx.HTTPError, httpx.InvalidURL):
                continue
            if location:
                queue.extendleft((target, clicks) for target in addresses(url, [location]))
            if html is None:
                continue
            page = BeautifulSoup(html, "html.parser")
            yield url, page.title.get_text().strip() if page.title else ""
            if clicks < depth:
                links = (anchor["href"] for anchor in page.find_all("a", href=True))
                queue.extend((target, clicks + 1) for target in addresses(url, links))
