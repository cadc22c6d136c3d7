import pymysql


def connect_when_ready(settings, attempts, log, wait):
    if attempts < 1:
        raise ValueError("attempts must be positive")
    place = "{user}@{host}:{port}/{database}".format_map(settings)
    for attempt in range(1, attempts + 1):
        try:
            return pymysql.connect(**settings)
        except pymysql.Error as error:
            log(f"attempt {attempt} of {attempts}: no connection to {place} ({type(error).__name__})")
        if attempt < attempts:
            wait(attempt)
    raise ConnectionError(f"no connection to {place}")
