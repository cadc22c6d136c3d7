from sqlalchemy import DECIMAL, URL, Column, Date, Integer, MetaData, String, Table, create_engine, text as sql
from sqlalchemy.pool import NullPool

EXISTS = sql("SELECT 1 FROM information_schema.tables WHERE table_name = :title AND table_schema = DATABASE()")


def text(field):
    length = field["length"]
    if type(length) is not int or length not in range(1, 2001):
        raise ValueError("bad length")
    return String(length)


KINDS = {"text": text, "number": lambda field: DECIMAL(12, 2), "day": lambda field: Date(), "choice": lambda field: String(100)}


def check(name):
    if type(name) is not str or len(name) not in range(1, 65) or name.strip() != name or any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in name):
        raise ValueError(f"bad name {name!r}")


def plan(title, fields):
    check(title)
    columns, choices = [Column("id", Integer, primary_key=True, autoincrement=True)], []
    for field in fields:
        check(field["label"])
        if type(field["required"]) is not bool:
            raise TypeError("required")
        columns.append(Column(field["label"], KINDS[field["kind"]](field), nullable=not field["required"]))
        options = field["options"] if field["kind"] == "choice" else []
        if type(options) is not list or any(type(option) is not str or len(option) > 100 for option in options):
            raise TypeError("options")
        choices += [{"form": title, "label": field["label"], "choice": option} for option in options]
    if len({column.name.lower() for column in columns}) != len(columns) or len(columns) == 1:
        raise ValueError("labels")
    return Table(title, MetaData(), *columns), choices


def make_form_table(db, title, fields):
    try:
        form, choices = plan(title, fields)
    except (KeyError, TypeError) as error:
        raise ValueError(f"no form: {error}") from error
    kept = Table("choices", MetaData(), *(Column(name, String) for name in ("form", "label", "choice")))
    url = URL.create("mysql+pymysql", db["user"], db["password"], db["host"], db["port"], db["database"])
    with create_engine(url, poolclass=NullPool).begin() as connection:
        if connection.execute(EXISTS, {"title": title}).first():
            raise ValueError("the table exists")
        form.create(connection, checkfirst=False)
        if choices:
            connection.execute(kept.insert(), choices)
