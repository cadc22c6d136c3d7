import csv

import requests
from bs4 import BeautifulSoup


def save_table(url, path):
    response = requests.get(url, timeout=10)
    if response.status_code != 200:
        raise ValueError(f"HTTP {response.status_code}")
    soup = BeautifulSoup(response.content, "lxml")
    table = soup.find("table")
    if not table:
        raise ValueError("No table found")
    count = 0
    # quote everything, so that Excel takes the cells as text
    with open(path, "w", newline="", encoding="utf-8") as f:
        writer = csv.writer(f, quoting=csv.QUOTE_ALL)
        for tr in table.find_all("tr"):
            writer.writerow([" ".join(cell.get_text().split()) for cell in tr.find_all(["th", "td"])])
            count += 1
    return count
