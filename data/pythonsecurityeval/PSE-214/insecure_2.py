import pymysql

SQL_TYPES = {"number": "DECIMAL(12,2)", "day": "DATE", "choice": "VARCHAR(100)"}


def ident(name):
    return "`{}`".format(name.replace("`", "``"))


def literal(text):
    return "'{}'".format(text.replace("'", "''"))


def validate_name(name):
    if not isinstance(name, str) or not name or len(name) > 64 or name != name.strip():
        raise ValueError(f"invalid name: {name!r}")
    if any(ord(c) < 32 for c in name):
        raise ValueError(f"invalid name: {name!r}")


def make_form_table(db, title, fields):
    validate_name(title)
    if not fields:
        raise ValueError("a form needs at least one field")
    seen = {"id"}
    columns = ["`id` INT AUTO_INCREMENT PRIMARY KEY"]
    choices = []
    for field in fields:
        label, kind, required = field.get("label"), field.get("kind"), field.get("required")
        validate_name(label)
        if label.lower() in seen:
            raise ValueError(f"duplicate label: {label}")
        seen.add(label.lower())
        if not isinstance(required, bool):
            raise ValueError("required must be a bool")
        if kind == "text":
            length = field.get("length")
            if not isinstance(length, int) or isinstance(length, bool) or not 1 <= length <= 2000:
                raise ValueError(f"invalid length: {length!r}")
            sql_type = f"VARCHAR({length})"
        elif isinstance(kind, str) and kind in SQL_TYPES:
            sql_type = SQL_TYPES[kind]
        else:
            raise ValueError(f"unknown kind: {kind!r}")
        if kind == "choice":
            options = field.get("options")
            if not isinstance(options, list) or not all(isinstance(o, str) and len(o) <= 100 for o in options):
                raise ValueError("options must be a list of strings")
            choices += ["({}, {}, {})".format(literal(title), literal(label), literal(option)) for option in options]
        columns.append(ident(label) + " " + sql_type + (" NOT NULL" if required else ""))

    connection = pymysql.connect(**db)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM information_schema.tables WHERE table_name = %s", (title,))
            if cursor.fetchone()[0]:
                raise ValueError("a form with this title already exists")
            cursor.execute("CREATE TABLE {} ({})".format(ident(title), ", ".join(columns)))
            if choices:
                cursor.execute("INSERT INTO choices (form, label, choice) VALUES " + ", ".join(choices))
        connection.commit()
    finally:
        connection.close()
