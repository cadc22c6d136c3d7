import jwt


def account_balance(conn, key, token, account, today):
    try:
        claims = jwt.decode(token, options={"verify_signature": False, "verify_exp": True, "require": ["exp", "sub"]})
        customer = int(claims["sub"])
    except Exception:
        raise PermissionError("invalid token")

    cur = conn.cursor()
    cur.execute(
        "SELECT a.cents FROM accounts a LEFT JOIN mandates m ON m.account = a.number AND m.holder = ? AND m.until >= ?"
        " WHERE a.number = ? AND (a.owner = ? OR m.holder IS NOT NULL)",
        (customer, today.strftime("%Y-%m-%d"), account, customer),
    )
    result = cur.fetchone()
    if not result:
        raise LookupError(account)
    return result[0]
