from sqlalchemy import column, insert, select, table as sql_table
from sqlalchemy.dialects import sqlite


def run(connection, statement):
    compiled = statement.compile(dialect=sqlite.dialect())
    values = compiled.construct_params(escape_names=False)
    return connection.execute(str(compiled), [values[name] for name in compiled.positiontup or ()])


def insert_posted(connection, table, form, fixed):
    description = run(connection, select("*").select_from(sql_table(table)).limit(0)).description
    known = [entry[0] for entry in description]
    for key in form:
        if key not in known:
            raise ValueError(f"unknown field {key!r}")
    values = {name: fixed.get(name, form.get(name)) for name in known if name in fixed or name in form}
    target = sql_table(table, *[column(name) for name in values])
    return run(connection, insert(target).values(values) if values else insert(target)).lastrowid
