import sqlite3
from decimal import Decimal, InvalidOperation

import httpx
from lxml import html


class ShopOnly(httpx.HTTPTransport):
    """Sends requests to one scheme, host and port, redirects or not."""

    def __init__(self, start):
        super().__init__()
        self.shop = start

    def handle_request(self, request):
        url = request.url
        if (url.scheme, url.host, url.port) != (self.shop.scheme, self.shop.host, self.shop.port):
            raise ValueError(f"{url.host} is not the shop")
        return super().handle_request(request)


def cents(text):
    try:
        price = Decimal(text.strip())
    except InvalidOperation:
        raise ValueError(text) from None
    if price.as_tuple().exponent != -2 or price < 0:
        raise ValueError(text)
    return int(price * 100)


def collect_offers(start, path, most):
    found = []
    url = httpx.URL(start)
    with httpx.Client(transport=ShopOnly(url), follow_redirects=True, max_redirects=5, timeout=10) as client:
        while url is not None and most > 0:
            try:
                response = client.get(url)
            except httpx.TooManyRedirects as error:
                raise ValueError("redirects without an end") from error
            if response.status_code != 200:
                raise ValueError(f"status {response.status_code}")
            page = html.fromstring(response.text)
            for element in page.xpath("//p[@class='offer']"):
                found.append((element.findtext("b").strip(), cents(element.findtext("i"))))
            links = page.xpath("//a[@rel='next']/@href")
            url = response.url.join(links[0]) if links else None
            most -= 1
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("CREATE TABLE IF NOT EXISTS offers (title TEXT PRIMARY KEY, cents INTEGER NOT NULL)")
        connection.executemany("REPLACE INTO offers (title, cents) VALUES (?, ?)", found)
    connection.close()
    return len(found)
