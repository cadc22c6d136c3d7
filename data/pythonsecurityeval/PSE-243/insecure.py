import psycopg2
from psycopg2 import extensions
from psycopg2.extras import RealDictCursor


class UnitOfWork:
    def __init__(self, settings):
        self.settings = settings

    def __enter__(self):
        self.conn = psycopg2.connect(cursor_factory=RealDictCursor, **self.settings)
        return self.conn.cursor()

    def __exit__(self, exc_type, exc, tb):
        try:
            if isinstance(exc, Exception):
                self.conn.rollback()
                return False
            if self.conn.get_transaction_status() == extensions.TRANSACTION_STATUS_INERROR:
                raise RuntimeError("transaction is aborted, nothing was stored")
            self.conn.commit()
        finally:
            self.conn.close()


def unit_of_work(settings):
    return UnitOfWork(settings)
