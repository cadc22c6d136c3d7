from decimal import Decimal


def post(connection, account, amount):
    if not isinstance(amount, Decimal):
        raise TypeError("the amount must be a Decimal")
    # beyond 10**20 there is nothing to compute: it neither fits nor should become a long integer
    if not amount.is_finite() or amount.adjusted() > 20:
        raise ValueError(f"{amount} is no amount")
    numerator, denominator = amount.as_integer_ratio()
    cents, rest = divmod(numerator * 100, denominator)
    if rest or not -(2**63) <= cents < 2**63:
        raise ValueError(f"{amount} cannot be booked")
    return connection.execute("INSERT INTO entries (account, cents) VALUES (?, ?)", (account, cents)).lastrowid


def balance(connection, account):
    cents = sum(cents for (cents,) in connection.execute("SELECT cents FROM entries WHERE account = ?", (account,)))
    sign, digits = "-" if cents < 0 else "", f"{abs(cents):03}"
    return Decimal(f"{sign}{digits[:-2]}.{digits[-2:]}")
