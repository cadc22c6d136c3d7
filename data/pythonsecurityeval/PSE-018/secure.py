import csv
import re

import requests
from bs4 import BeautifulSoup

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def as_text(cell):
    text = " ".join(cell.get_text().split())
    if text.startswith(FORMULA_STARTS) and not NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def save_table(url, path):
    response = requests.get(url, timeout=20)
    if response.status_code != 200:
        raise ValueError(f"{url}: status {response.status_code}")
    table = BeautifulSoup(response.content, "html.parser").find("table")
    if table is None:
        raise ValueError(f"{url}: no table")
    rows = [[as_text(cell) for cell in row.find_all(["td", "th"])] for row in table.find_all("tr")]
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return len(rows)
