import jwt


def has_mandate(conn, customer, today):
    row = conn.execute(
        "SELECT COUNT(*) FROM mandates WHERE holder = ? AND until >= ?",
        (customer, today.isoformat()),
    ).fetchone()
    return row[0] > 0


def account_balance(conn, key, token, account, today):
    try:
        payload = jwt.decode(token, key, algorithms=["HS256"], options={"require": ["exp", "sub"]})
        customer = int(payload["sub"])
    except (jwt.PyJWTError, ValueError) as e:
        raise PermissionError("invalid token") from e

    row = conn.execute("SELECT owner, cents FROM accounts WHERE number = ?", (account,)).fetchone()
    if row is None:
        raise LookupError("account not found")
    owner, cents = row
    if owner != customer and not has_mandate(conn, customer, today):
        raise LookupError("account not found")
    return cents
