import pyodbc

TEMPLATE = (
    "Driver={{ODBC Driver 18 for SQL Server}};Server=tcp:{server},1433;Database={database};"
    "Uid={{{user}}};Pwd={{{password}}};Encrypt=yes;TrustServerCertificate=no"
)


def open_ledger(server, database, user, password):
    if not (user and password) or "\0" in user or "\0" in password:
        raise ValueError("invalid login")
    try:
        # the braces allow for semicolons in the password
        return pyodbc.connect(TEMPLATE.format(server=server, database=database, user=user, password=password))
    except pyodbc.Error as e:
        if e.args[0] == "28000":
            raise PermissionError(f"SQL Server refused the login of {user}") from None
        raise
