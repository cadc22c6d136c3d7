import re

STRING = r"""\s*(?:"((?:\\.|[^"\\])+)"|'((?:\\.|[^'\\])+)')\s*"""
DATABASE = re.compile(rf"\s*\.\s*getSiblingDB\s*\({STRING}\)")
QUOTED = re.compile(rf"\s*(?:\.\s*getCollection\s*\({STRING}\)|\[{STRING}\])\s*\.\s*[\w$]+\s*\(")
DOTTED = re.compile(r"\s*\.\s*((?:[\w$]+\s*\.?\s*)+)\(", re.ASCII)


def name_in(match):
    value = next(group for group in match.groups() if group)
    if re.search(r"\\[^\"'\\]", value.replace("\\\\", "")):
        raise ValueError("unknown escape sequence")
    return re.sub(r"\\(.)", r"\1", value)


def parse_shell_query(text, current):
    start = re.match(r"\s*db", text)
    if not start:
        raise ValueError("query must start with db")
    rest = text[start.end() :]
    if match := DATABASE.match(rest):
        current = name_in(match)
        rest = rest[match.end() :]
    if match := QUOTED.match(rest):
        return current, name_in(match)
    match = DOTTED.match(rest)
    parts = re.split(r"\s*\.\s*", match[1].strip()) if match else []
    if len(parts) < 2:
        raise ValueError("no collection found")
    return current, ".".join(parts[:-1])
