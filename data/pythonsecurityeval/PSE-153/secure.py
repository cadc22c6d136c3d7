import jwt

BALANCE = """
SELECT cents FROM accounts WHERE number = :account AND (
    owner = :customer OR EXISTS (SELECT 1 FROM mandates WHERE account = number AND holder = :customer AND until >= :today))
"""


def account_balance(conn, key, token, account, today):
    try:
        claims = jwt.decode(token, key, algorithms=["HS256"], options={"require": ["sub", "exp"]})
        customer = int(claims["sub"])
    except (jwt.InvalidTokenError, ValueError) as error:
        raise PermissionError("not a valid token") from error
    row = conn.execute(BALANCE, {"account": account, "customer": customer, "today": today.isoformat()}).fetchone()
    if row is None:
        raise LookupError("no such account")
    return row[0]
