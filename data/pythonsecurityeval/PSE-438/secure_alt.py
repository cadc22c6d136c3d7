import time
from datetime import datetime, timezone
from zoneinfo import ZoneInfo, available_timezones

DIRECTIVES = (("YYYY", "%Y"), ("YY", "%y"), ("MM", "%m"), ("DD", "%d"), ("hh", "%H"), ("mm", "%M"), ("ss", "%S"), ("WW", "%V"))


def stamp(pattern, zone):
    if zone not in available_timezones():
        raise ValueError("no such zone")
    there = datetime.fromtimestamp(time.time(), timezone.utc).astimezone(ZoneInfo(zone))
    out = ""
    while pattern:
        if pattern[0] == "[":
            literal, closed, pattern = pattern[1:].partition("]")
            if not closed:
                raise ValueError("missing ]")
            out += literal
            continue
        for token, directive in DIRECTIVES:
            if pattern.startswith(token):
                out, pattern = out + there.strftime(directive), pattern[len(token) :]
                break
        else:
            out, pattern = out + pattern[0], pattern[1:]
    return out
