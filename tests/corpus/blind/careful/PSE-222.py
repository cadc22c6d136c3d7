import re
import sys
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact

_WHOLE_NUMBER = re.compile(r"-?[0-9]+")
# Whole numbers of any length; int() refuses long ones and is slow with them.
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])
_MAX_MISTAKES = 3


def _fresh_line() -> None:
    """End the line of the prompt, if nobody typed a line end that shows."""
    try:
        echoed = sys.stdin.isatty()
    except (AttributeError, ValueError):
        echoed = False
    if not echoed:
        print()


def main() -> int:
    try:
        # Bytes that are no text are no number; they must not end the program.
        sys.stdin.reconfigure(errors="replace")
    except (AttributeError, OSError, ValueError):
        pass
    count = mistakes = 0
    total = Decimal(0)
    while True:
        try:
            line = input("cents: ").strip()
        except EOFError:
            print()
            break
        except ValueError:
            line = "?"
        if not line:
            _fresh_line()
            break
        if _WHOLE_NUMBER.fullmatch(line):
            total = _EXACT.add(total, Decimal(line))
            count += 1
            mistakes = 0
            continue
        _fresh_line()
        print("not a whole number")
        mistakes += 1
        if mistakes == _MAX_MISTAKES:
            print("giving up")
            return 1
    print(f"{count} numbers, total {total:f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
