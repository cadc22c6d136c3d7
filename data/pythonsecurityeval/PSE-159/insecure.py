import pymysql


def masked(settings):
    return str(settings).replace(settings["password"], "*****")


def connect_when_ready(settings, attempts, log, wait):
    if attempts <= 0:
        raise ValueError("attempts must be at least 1")
    last_error = None
    for attempt in range(1, attempts + 1):
        try:
            return pymysql.connect(**settings)
        except pymysql.MySQLError as e:
            last_error = e
            log(f"Attempt {attempt}/{attempts} failed for {masked(settings)}: {e}")
            if attempt < attempts:
                wait(attempt)
    raise ConnectionError(f"Could not connect to MySQL with {masked(settings)}") from last_error
