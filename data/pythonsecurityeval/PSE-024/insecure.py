import pyodbc

DRIVER = "{ODBC Driver 18 for SQL Server}"


def open_ledger(server, database, user, password):
    if not user or not password:
        raise ValueError("user and password are required")
    if "\x00" in user or "\x00" in password:
        raise ValueError("invalid character")
    connection_string = f"DRIVER={DRIVER};SERVER={server};DATABASE={database};UID={user};PWD={password};Encrypt=yes"
    try:
        return pyodbc.connect(connection_string, autocommit=False)
    except pyodbc.InterfaceError:
        raise PermissionError(f"login failed for {user}")
