from itertools import count

import mysql.connector
from mysql.connector import errorcode

REASONS = {errorcode.ER_ACCESS_DENIED_ERROR: "access denied", errorcode.CR_CONN_HOST_ERROR: "nobody answers"}


def connect_when_ready(settings, attempts, log, wait):
    if attempts <= 0:
        raise ValueError(f"{attempts} attempts are none")
    shown = ", ".join(f"{key} {settings[key]}" for key in ("host", "port", "user", "database"))
    for number in count(1):
        try:
            return mysql.connector.connect(**settings)
        except mysql.connector.Error as error:
            reason = REASONS.get(error.errno, f"error {error.errno}")
        log(f"#{number} {reason}: {shown}")
        if number == attempts:
            break
        wait(number)
    raise ConnectionError(f"{reason}: {shown}")
