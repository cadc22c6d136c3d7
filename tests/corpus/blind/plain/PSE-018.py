import csv
import re

import requests
from bs4 import BeautifulSoup

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)")
# what makes Excel compute a cell, with the full-width forms
_FORMULA_START = tuple("=+-@＝＋－＠")


def _safe(text: str) -> str:
    # a byte order mark is dropped when the file is opened
    if text.lstrip("\ufeff").startswith(_FORMULA_START) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def save_table(url: str, path: str) -> int:
    response = requests.get(url, timeout=30)
    if response.status_code != 200:
        raise ValueError(f"{url} answered with status {response.status_code}")

    soup = BeautifulSoup(response.content.decode("utf-8-sig", "replace"), "lxml")
    table = soup.find("table")
    if table is None:
        raise ValueError(f"{url} has no table")
    for br in table.find_all("br"):
        br.replace_with("\n")

    rows = [
        [_safe(" ".join(cell.get_text().split())) for cell in row.find_all(["td", "th"])]
        for row in table.find_all("tr")
    ]

    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    return len(rows)
