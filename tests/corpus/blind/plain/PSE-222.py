import re
import sys


def parse(line: str) -> int:
    line = line.strip()
    # int() alone would also take "1_000" or "+5"
    if not re.fullmatch(r"-?[0-9]+", line):
        raise ValueError("not a whole number")
    return int(line)


def main() -> int:
    count = total = mistakes = 0
    while True:
        try:
            line = input("cents: ")
        except EOFError:
            print()  # the cursor still stands behind the prompt
            break
        if not line.strip():
            break
        try:
            number = parse(line)
        except ValueError:
            print("not a whole number")
            mistakes += 1
            if mistakes == 3:
                print("giving up")
                return 1
            continue
        mistakes = 0
        count += 1
        total += number
    print(f"{count} numbers, total {total}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
