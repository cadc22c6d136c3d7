import asyncio
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import requests


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.title, self._in_title = [], None, False

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.links += [value for name, value in attrs if name == "href" and value]
        self._in_title = tag == "title" and self.title is None

    def handle_endtag(self, tag):
        self._in_title = False

    def handle_data(self, data):
        if self._in_title:
            self.title = (self.title or "") + data


class Budget:
    def __init__(self, start, requests_left):
        self.origin = urlsplit(start)[:2]
        self.left = requests_left
        self.known = set()

    def load(self, url):
        """Address and content of the page that ``url`` leads to; None if there is none."""
        while self.left and url not in self.known and urlsplit(url)[:2] == self.origin:
            self.known.add(url)
            self.left -= 1
            with requests.get(url, stream=True, allow_redirects=False, timeout=10) as answer:
                if not answer.is_redirect:
                    kind = answer.headers.get("content-type", "").partition(";")[0].strip()
                    if answer.status_code != 200 or kind != "text/html":
                        return None
                    return url, answer.raw.read(1_000_000, decode_content=True).decode("utf-8", "replace")
                url = urldefrag(urljoin(url, answer.headers["location"]))[0]
        return None


async def crawl(start, depth, max_pages):
    start = urldefrag(start)[0]
    budget = Budget(start, max_pages)
    level = [start]
    for distance in range(depth + 1):
        links = []
        for address in level:
            try:
                found = await asyncio.to_thread(budget.load, address)
            except (requests.RequestException, ValueError, OSError):
                continue
            if found is None:
                continue
            page = Page()
            page.feed(found[1])
            yield found[0], (page.title or "").strip()
            if distance < depth:
                links += [urldefrag(urljoin(found[0], link))[0] for link in page.links if "[" not in link]
        level = links
