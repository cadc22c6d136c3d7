from logging import getLogger

from sqlalchemy import URL, String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import NullPool

logger = getLogger("members")


class Base(DeclarativeBase):
    pass


class Member(Base):
    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    points: Mapped[int]


class Members:
    """A session, which keeps one object per row by itself; it holds them strongly here."""

    def __init__(self, settings):
        self.url = URL.create(
            "mysql+pymysql",
            username=settings["user"],
            password=settings["password"],
            host=settings["host"],
            database=settings["database"],
        )

    def __repr__(self):
        return f"<Members {self.url.render_as_string(hide_password=True)}>"

    def __enter__(self):
        logger.info("%r: start", self)
        self.session = Session(create_engine(self.url, poolclass=NullPool), expire_on_commit=False)
        self.session.connection()
        self.seen = set()
        return self

    def __exit__(self, exc_type, *_):
        with self.session:
            if exc_type:
                self.session.rollback()
            else:
                self.session.commit()
        logger.info("%r: done", self)

    def find(self, text):
        try:
            criterion = Member.email == text if "@" in text else Member.id == int(text)
        except ValueError:
            return None
        member = self.session.scalars(select(Member).where(criterion)).one_or_none()
        self.seen.add(member)
        return member

    def add(self, email, name):
        member = Member(email=email, name=name, points=0)
        self.session.add(member)
        self.save(member)
        return member

    def save(self, member):
        self.seen.add(member)
        self.session.flush([member])

    def delete(self, member):
        self.session.delete(member)
        self.session.flush()
