import pyodbc


def braced(value):
    return "{" + value.replace("}", "}}") + "}"


def open_ledger(server, database, user, password):
    if not user or not password or "\0" in user + password:
        raise ValueError("user and password are needed")
    settings = {
        "DRIVER": "ODBC Driver 18 for SQL Server",
        "SERVER": server,
        "DATABASE": database,
        "UID": user,
        "PWD": password,
        "Encrypt": "yes",
    }
    try:
        return pyodbc.connect(";".join(f"{key}={braced(value)}" for key, value in settings.items()))
    except pyodbc.InterfaceError:
        raise PermissionError(f"the server refuses {user}") from None
