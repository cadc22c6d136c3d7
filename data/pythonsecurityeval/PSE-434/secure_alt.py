from contextlib import closing

import bcrypt
from sqlalchemy import column, func, insert, select, table, update
from sqlalchemy.dialects import mysql

users = table("users", column("id"), column("name"), column("password"), column("team"))
invitations = table("invitations", column("code"), column("team"), column("used_by"))
common = table("common_passwords", column("password"))


def run(connection, statement):
    compiled = statement.compile(dialect=mysql.dialect(paramstyle="pyformat"))
    with closing(connection.cursor(dictionary=True)) as cursor:
        cursor.execute(str(compiled), dict(compiled.params))
        return cursor.fetchall() if cursor.with_rows else cursor.lastrowid or cursor.rowcount


def problem(connection, name, password):
    if len(name) < 2 or len(name) > 80:
        return "a name has 2 to 80 characters"
    if len(password) < 12 or len(password.encode()) > 72:
        return "too short or too long"
    if run(connection, select(common.c.password).where(func.lower(common.c.password) == func.lower(password))):
        return "far too common"
    if run(connection, select(users.c.id).where(users.c.name == name)):
        return "taken"
    return None


def sign_up(connection, form, cost):
    why = problem(connection, form["name"], form["password"])
    if why:
        connection.rollback()
        raise ValueError(why)
    record = bcrypt.hashpw(form["password"].encode(), bcrypt.gensalt(rounds=cost))
    found = run(connection, select(invitations.c.team).where(invitations.c.code == form["code"], invitations.c.used_by.is_(None)))
    if not found:
        connection.rollback()
        raise LookupError(form["code"])
    user = run(connection, insert(users).values(name=form["name"], password=record.decode("ascii"), team=found[0]["team"]))
    run(connection, update(invitations).where(invitations.c.code == form["code"]).values(used_by=user))
    connection.commit()
    return user
