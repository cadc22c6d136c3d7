import decimal

EXACT = decimal.Context(prec=60, traps=[decimal.Inexact, decimal.InvalidOperation, decimal.Overflow])
CENT = decimal.Decimal("0.01")
# Sums of 64 bits overflow, so the two halves of the numbers are added up apart.
HALVES = "SELECT coalesce(sum(cents >> 32), 0), coalesce(sum(cents & 4294967295), 0) FROM entries WHERE account = :account"


def in_cents(amount):
    try:
        return int(amount.quantize(CENT, context=EXACT).scaleb(2, context=EXACT))
    except (decimal.DecimalException, ValueError) as error:
        raise ValueError(f"not in cents: {amount}") from error


def post(connection, account, amount):
    if type(amount) is not decimal.Decimal:
        raise TypeError(type(amount))
    cursor = connection.cursor()
    try:
        cursor.execute("INSERT INTO entries VALUES (NULL, :account, :cents)", {"account": account, "cents": in_cents(amount)})
    except OverflowError as error:
        raise ValueError("too large for an entry") from error
    return cursor.lastrowid


def balance(connection, account):
    high, low = connection.execute(HALVES, {"account": account}).fetchone()
    return decimal.Decimal(high * 2**32 + low).scaleb(-2, context=EXACT)
