from sqlalchemy import URL, column, create_engine, delete, select, table
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool

people = table("people", column("id"), column("email"))
visits = table("visits", column("person_id"))
newsletter = table("newsletter", column("email"))


def erase_person(db, email):
    address = email.strip().lower()
    url = URL.create("mysql+pymysql", db["user"], db["password"], db["host"], db["port"], db["database"])
    engine = create_engine(url, poolclass=NullPool)
    try:
        with engine.begin() as connection:
            number = connection.scalar(select(people.c.id).where(people.c.email == address))
            if number is not None:
                connection.execute(delete(visits).where(visits.c.person_id == number))
                connection.execute(delete(newsletter).where(newsletter.c.email == address))
                connection.execute(delete(people).where(people.c.id == number))
    except IntegrityError as error:
        raise ValueError("invoices keep this person") from error
    return number is not None
