import re

import sqlalchemy
from sqlalchemy import column, select, table

_COOKIE = re.compile(r"[0-9]{1,9}(?:-[0-9]{1,9})*")
_MOST = 8
_BATCH = 500  # SQLite limits the number of parameters of a query

_articles = table(
    "articles",
    column("id", sqlalchemy.Integer),
    column("title", sqlalchemy.Text),
    column("cents", sqlalchemy.Integer),
    column("published", sqlalchemy.Integer),
)


def recently_viewed(engine: sqlalchemy.Engine, cookie: str) -> list[dict]:
    """The first eight published articles of the cookie, in its order."""
    if not _COOKIE.fullmatch(cookie):
        return []
    numbers = list(dict.fromkeys(int(number) for number in cookie.split("-")))

    shown: list[dict] = []
    with engine.connect() as connection:
        for start in range(0, len(numbers), _BATCH):
            batch = numbers[start : start + _BATCH]
            rows = connection.execute(
                select(_articles.c.id, _articles.c.title, _articles.c.cents).where(
                    _articles.c.id.in_(batch), _articles.c.published != 0
                )
            ).mappings()
            found = {row["id"]: dict(row) for row in rows}
            shown += [found[number] for number in batch if number in found]
            if len(shown) >= _MOST:
                break
    return shown[:_MOST]
