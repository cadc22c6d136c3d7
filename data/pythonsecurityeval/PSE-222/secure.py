PATIENCE = 3


def main():
    numbers = []
    misses = 0
    while misses < PATIENCE:
        try:
            line = input("cents: ").strip()
        except EOFError:
            line = ""
        if not line:
            print(f"{len(numbers)} numbers, total {sum(numbers)}")
            return 0
        try:
            numbers.append(int(line))
            misses = 0
        except ValueError:
            print("not a whole number")
            misses += 1
    print("giving up")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
