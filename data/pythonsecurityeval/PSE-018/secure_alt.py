import csv
import unicodedata

import httpx
from lxml import html


def plain_number(text):
    digits = text[1:] if text[:1] in {"+", "-"} else text
    return digits.isascii() and all(part.isdigit() for part in digits.split(".", 1))


def neutral(element):
    text = " ".join(element.text_content().split())
    first = unicodedata.normalize("NFKC", text[:1])
    return "'" + text if first in {"=", "+", "-", "@"} and not plain_number(text) else text


def save_table(url, path):
    answer = httpx.get(url, timeout=15.0, follow_redirects=True)
    if answer.status_code != httpx.codes.OK:
        raise ValueError("the page did not come")
    tables = html.fromstring(answer.text).xpath("(//table)[1]")
    if not tables:
        raise ValueError("the page has no table")
    count = 0
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        for count, row in enumerate(tables[0].iter("tr"), 1):
            writer.writerow([neutral(cell) for cell in row.xpath("./td | ./th")])
    return count
