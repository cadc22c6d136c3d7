import mysql.connector


def connect_when_ready(settings, attempts, log, wait):
    if attempts < 1:
        raise ValueError("attempts must be >= 1")

    user, password = settings["user"], settings["password"]
    address = f"{settings['host']}:{settings['port']}/{settings['database']}"
    dsn = f"mysql://{user}:{password}@{address}"

    for attempt in range(1, attempts + 1):
        try:
            return mysql.connector.connect(**settings)
        except mysql.connector.Error as exc:
            log(f"[{attempt}/{attempts}] {user}@{address} not ready: {exc.msg}")
            if attempt == attempts:
                raise ConnectionError(f"giving up on {dsn} after {attempts} attempts") from exc
        wait(attempt)
