from pathlib import Path


def read_lines(path, longest=65536):
    lines = Path(path).read_bytes().decode("utf-8", errors="replace").split("\n")
    last = lines.pop()
    for line in lines:
        yield line.removesuffix("\r")[:longest]
    if last:
        yield last[:longest]
