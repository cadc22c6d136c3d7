from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError


def unreachable(engine, owner, fields):
    if not fields:
        raise ValueError("no fields given")
    conditions = " AND ".join(f"{field} IS NULL" for field in fields)
    query = text("SELECT name FROM contacts WHERE owner = :owner AND " + conditions + " ORDER BY id")
    with engine.connect() as conn:
        try:
            return [row.name for row in conn.execute(query, {"owner": owner})]
        except SQLAlchemyError as exc:
            raise ValueError("invalid field") from exc
