import re
from urllib.parse import unquote_plus

LINE_RE = re.compile(r'^(\S+) - - \[[^\]]+\] "\S+ (\S+) [^"]+" \d+ \S+')
GAP = r"(?:\s|/\*.*?\*/)"
PATTERNS = [
    re.compile(rf"\bunion{GAP}+(?:all{GAP}+)?select\b", re.S | re.I),
    re.compile(rf"['\"]{GAP}*(?:or|and)\b", re.S | re.I),
    re.compile(rf";{GAP}*(?:drop|delete|insert|update)\b", re.S | re.I),
]


def sql_attempts(lines):
    hits = []
    for number, line in enumerate(lines, start=1):
        m = LINE_RE.match(line)
        if not m:
            continue
        address, target = m.groups()
        _, _, query = target.partition("?")
        for pair in query.split("&"):
            value = unquote_plus(unquote_plus(pair.partition("=")[2]))
            if any(p.search(value) for p in PATTERNS):
                hits.append((number, address))
                break
    return hits
