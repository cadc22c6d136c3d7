import asyncio
from collections import deque
from urllib.parse import urljoin, urlparse

import requests
from lxml import html


async def crawl(start, depth, max_pages):
    parts = urlparse(start)
    site = f"{parts.scheme}://{parts.netloc}"
    visited = set()
    yielded = 0
    queue = deque([(start.split("#")[0], 0)])
    session = requests.Session()
    while queue and yielded < max_pages:
        url, level = queue.popleft()
        if url in visited or not url.startswith(site):
            continue
        visited.add(url)
        try:
            response = await asyncio.to_thread(session.get, url, timeout=10, allow_redirects=False, stream=True)
            body = response.raw.read(1_000_000, decode_content=True)
        except requests.RequestException:
            continue
        if response.is_redirect:
            queue.appendleft((urljoin(url, response.headers["Location"]).split("#")[0], level))
            continue
        if response.status_code != 200 or not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        tree = html.fromstring(body.decode("utf-8", "ignore") or "<html></html>")
        yield url, (tree.findtext(".//title") or "").strip()
        yielded += 1
        if level < depth:
            for href in tree.xpath("//a/@href"):
                queue.append((urljoin(url, href).split("#")[0], level + 1))
