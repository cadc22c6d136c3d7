import psycopg2
import psycopg2.errors
import psycopg2.extras


class unit_of_work:
    def __init__(self, settings):
        self.settings = settings

    def __enter__(self):
        self.connection = psycopg2.connect(**self.settings)
        self.cursor = self.connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor)
        return self.cursor

    def __exit__(self, kind, error, trace):
        try:
            if kind is None:
                self.cursor.execute("SELECT 1")  # refused once a statement has failed
                self.connection.commit()
        except psycopg2.errors.InFailedSqlTransaction as failed:
            raise RuntimeError("an earlier statement of this block failed") from failed
        finally:
            self.connection.close()  # what is not committed is gone with it
