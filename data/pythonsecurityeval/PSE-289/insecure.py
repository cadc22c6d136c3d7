from collections import deque
from urllib.parse import urldefrag, urljoin, urlparse

import httpx
from bs4 import BeautifulSoup


async def crawl(start, depth, max_pages):
    start = urldefrag(start)[0]
    base = urlparse(start)
    seen = {start}
    queue = deque([(start, 0)])
    requests = 0
    async with httpx.AsyncClient(follow_redirects=True, timeout=10) as client:
        while queue and requests < max_pages:
            url, level = queue.popleft()
            requests += 1
            try:
                response = await client.get(url)
            except httpx.HTTPError:
                continue
            if response.status_code != 200 or "text/html" not in response.headers.get("content-type", ""):
                continue
            soup = BeautifulSoup(response.text, "lxml")
            title = soup.title.get_text(strip=True) if soup.title else ""
            yield str(response.url), title
            if level >= depth:
                continue
            for a in soup.find_all("a", href=True):
                link = urldefrag(urljoin(str(response.url), a["href"]))[0]
                parsed = urlparse(link)
                if (parsed.scheme, parsed.netloc) != (base.scheme, base.netloc):
                    continue
                if link not in seen:
                    seen.add(link)
                    queue.append((link, level + 1))
