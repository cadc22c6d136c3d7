from contextlib import closing

import mysql.connector


def prepared(query, fields):
    """A query with named parameters of the driver, and their values."""
    text, values = "", {}
    while (start := query.find("{")) >= 0:
        end = query.index("}", start)
        place = query[start + 1 : end]
        value = fields[place.lstrip("~")]
        if place[0] == "~":
            for sign in "\\%_":
                value = value.replace(sign, "\\" + sign)
            value = f"%{value}%"
        key = f"value{len(values)}"
        values[key] = value
        text += query[:start] + f"%({key})s"
        query = query[end + 1 :]
    return text + query, values


def run_report(db, name, fields):
    with closing(mysql.connector.connect(**db)) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT query FROM reports WHERE name = %(name)s AND public = 1", {"name": name})
        found = cursor.fetchall()
        if not found:
            raise KeyError("there is no such report")
        cursor.execute(*prepared(found[0][0], fields))
        return cursor.fetchall()
