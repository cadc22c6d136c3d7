import datetime

from sqlalchemy import text

LISTED = text("""
SELECT i.number, i.issued, i.cents
FROM invoices AS i
WHERE i.account = :account AND i.issued >= :first AND i.issued < :behind
AND EXISTS (SELECT * FROM members AS m WHERE m.account = i.account AND m.person = :person)
""")


def parsed(written):
    return datetime.datetime.strptime(written, "%Y-%m-%d").date()


def invoices_between(session, person, account, start, end):
    values = {"account": account, "person": person, "first": "", "behind": "~"}
    if start:
        values["first"] = str(parsed(start))
    if end:
        values["behind"] = f"{parsed(end)} 24"
    found = [
        (row.number, datetime.datetime.strptime(row.issued, "%Y-%m-%d %H:%M:%S"), row.cents)
        for row in session.connection().execute(LISTED, values)
    ]
    return sorted(found, key=lambda entry: entry[1], reverse=True)
