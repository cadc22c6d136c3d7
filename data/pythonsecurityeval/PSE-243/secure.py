from contextlib import closing, contextmanager

import psycopg2
from psycopg2.extensions import TRANSACTION_STATUS_INERROR
from psycopg2.extras import RealDictCursor


@contextmanager
def unit_of_work(settings):
    with closing(psycopg2.connect(**settings, cursor_factory=RealDictCursor)) as connection:
        try:
            yield connection.cursor()
            if connection.info.transaction_status == TRANSACTION_STATUS_INERROR:
                raise RuntimeError("a statement has failed, so nothing can be stored")
        except BaseException:
            connection.rollback()
            raise
        connection.commit()
