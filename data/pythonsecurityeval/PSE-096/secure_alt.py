from sqlalchemy import bindparam, column, create_engine, make_url, select, table, update

ARTICLES = table("articles", column("id"), column("shop_id"), column("cents"))


def whole(change, key, least):
    value = change.get(key) if isinstance(change, dict) else None
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ValueError(f"{key} is missing or wrong in {change!r}")
    return value


def reprice(dsn, shop_id, changes):
    prices = {whole(change, "id", -(2**31)): whole(change, "cents", 1) for change in changes}
    engine = create_engine(make_url(dsn).set(drivername="postgresql+psycopg2"))
    own = select(ARTICLES.c.id).where(ARTICLES.c.shop_id == shop_id)
    change_one = update(ARTICLES).where(ARTICLES.c.id == bindparam("number"), ARTICLES.c.shop_id == shop_id)
    try:
        with engine.begin() as connection:
            if missing := prices.keys() - set(connection.scalars(own)):
                raise LookupError(f"not yours: {sorted(missing)}")
            for number, cents in prices.items():
                connection.execute(change_one.values(cents=cents), {"number": number})
    finally:
        engine.dispose()
    return len(changes)
