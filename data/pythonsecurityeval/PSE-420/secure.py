from contextlib import closing

import psycopg2
from defusedxml.ElementTree import ParseError, fromstring
from psycopg2 import sql


def checked(row, tables):
    table = row.get("table")
    values = {field.get("name"): field.text or "" for field in row.findall("field")}
    if not values or len(values) != len(row.findall("field")) or not values.keys() <= set(tables.get(table, ())):
        raise ValueError(f"a row of {table!r} is not as agreed")
    return table, values


def import_xml(dsn, document, tables):
    try:
        rows = [checked(row, tables) for row in fromstring(document).iter("row")]
    except ParseError as error:
        raise ValueError("not well-formed") from error
    with closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        for table, values in rows:
            names = sql.SQL(", ").join(map(sql.Identifier, values))
            marks = sql.SQL(", ").join(sql.Placeholder() * len(values))
            statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(sql.Identifier(table), names, marks)
            cursor.execute(statement, list(values.values()))
    return len(rows)
