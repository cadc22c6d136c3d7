import calendar
import re

import psycopg2


def open_month(dsn, stream, month):
    match = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", month)
    if not match:
        raise ValueError(f"invalid month: {month}")
    year, mon = match.groups()
    table = f"{stream}_{year}_{mon}"
    if not stream or len(table.encode("utf-8")) > 63:
        raise ValueError("invalid stream name")
    last = calendar.monthrange(int(year), int(mon))[1]
    conn = psycopg2.connect(dsn)
    try:
        with conn, conn.cursor() as cur:
            cur.execute(
                f'CREATE TABLE IF NOT EXISTS "{table}" ('
                "id BIGSERIAL PRIMARY KEY, "
                f"at TIMESTAMP NOT NULL CHECK (at BETWEEN '{month}-01' AND '{month}-{last} 23:59:59.999999'), "
                "payload TEXT NOT NULL)"
            )
    finally:
        conn.close()
    return table
