from collections.abc import Iterator


def read_lines(path: str, longest: int = 65536) -> Iterator[str]:
    with open(path, encoding="utf-8", errors="replace", newline="\n") as file:
        # two more than `longest`, so that "\r\n" behind a full line fits
        while line := file.readline(longest + 2):
            if line.endswith("\n"):
                line = line[:-1].removesuffix("\r")
            elif len(line) == longest + 2:
                # too long: skip the rest of it
                while (rest := file.readline(8192)) and not rest.endswith("\n"):
                    pass
            yield line[:longest]
