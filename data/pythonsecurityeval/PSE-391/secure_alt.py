from sqlalchemy import column, select, table

articles = table("articles", column("id"), column("title"), column("cents"), column("published"))
shown = select(articles.c.id, articles.c.title, articles.c.cents).where(articles.c.published != 0)


def recently_viewed(engine, cookie):
    parts = cookie.split("-")
    if any(not part.isascii() or not part.isdigit() or len(part) > 9 for part in parts):
        return []
    answer, seen = [], set()
    with engine.connect() as connection:
        for number in map(int, parts):
            if number in seen:
                continue
            seen.add(number)
            row = connection.execute(shown.where(articles.c.id == number)).one_or_none()
            if row is not None:
                answer.append(row._asdict())
            if len(answer) == 8:
                break
    return answer
