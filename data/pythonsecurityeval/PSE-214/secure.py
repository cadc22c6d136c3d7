import unicodedata

import pymysql
from pymysql.constants import ER

TYPES = {"number": "DECIMAL(12,2)", "day": "DATE", "choice": "VARCHAR(100)"}


def checked_name(name):
    if not isinstance(name, str) or not 1 <= len(name) <= 64 or name != name.strip() or "Cc" in map(unicodedata.category, name):
        raise ValueError(f"{name!r} is no name")
    return name


def quoted(name):
    return "`" + name.replace("`", "``") + "`"


def column(field):
    kind, length = field.get("kind"), field.get("length")
    if type(field.get("required")) is not bool:
        raise ValueError("required is no bool")
    if kind == "text" and type(length) is int and 1 <= length <= 2000:
        type_ = f"VARCHAR({length})"
    elif isinstance(kind, str) and kind in TYPES:
        type_ = TYPES[kind]
    else:
        raise ValueError("no such kind of field")
    return f"{quoted(checked_name(field.get('label')))} {type_} {'NOT NULL' if field['required'] else 'NULL'}"


def options(field):
    choices = field.get("options") if field["kind"] == "choice" else []
    if not isinstance(choices, list) or not all(isinstance(choice, str) and len(choice) <= 100 for choice in choices):
        raise ValueError("options are no texts")
    return choices


def make_form_table(db, title, fields):
    if not isinstance(fields, list) or not all(isinstance(field, dict) for field in fields):
        raise ValueError("fields are no objects")
    columns = ["id INT AUTO_INCREMENT PRIMARY KEY", *map(column, fields)]
    names = {"id", *(field["label"].casefold() for field in fields)}
    if not fields or len(names) < len(columns):
        raise ValueError("no fields, or two of one name")
    rows = [(title, field["label"], choice) for field in fields for choice in options(field)]
    with pymysql.connect(**db) as connection, connection.cursor() as cursor:
        try:
            cursor.execute(f"CREATE TABLE {quoted(checked_name(title))} ({', '.join(columns)})")
        except pymysql.OperationalError as error:
            if error.args[0] != ER.TABLE_EXISTS_ERROR:
                raise
            raise ValueError("there is such a form") from error
        cursor.executemany("INSERT INTO choices (form, label, choice) VALUES (%s, %s, %s)", rows)
        connection.commit()
