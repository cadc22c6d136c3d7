import re
import sys

WHOLE = re.compile(r"\s*-?[0-9]+\s*")


def lines():
    while True:
        sys.stdout.write("cents: ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line.strip():
            return
        yield line


def main():
    count = total = bad_in_a_row = 0
    for line in lines():
        if WHOLE.fullmatch(line):
            count, total, bad_in_a_row = count + 1, total + int(line), 0
            continue
        bad_in_a_row += 1
        sys.stdout.write("not a whole number\n")
        if bad_in_a_row == 3:
            sys.stdout.write("giving up\n")
            return 1
    sys.stdout.write("%d numbers, total %d\n" % (count, total))
    return 0
