import re
from datetime import datetime
from zoneinfo import ZoneInfo

_TOKEN = re.compile(r"\[([^\]]*)(\]?)|YYYY|YY|MM|DD|hh|mm|ss|WW")


def stamp(pattern: str, zone: str) -> str:
    try:
        tz = ZoneInfo(zone)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(f"no such time zone: {zone!r}") from error

    now = datetime.now(tz)
    values = {
        "YYYY": f"{now.year:04}",
        "YY": f"{now.year % 100:02}",
        "MM": f"{now.month:02}",
        "DD": f"{now.day:02}",
        "hh": f"{now.hour:02}",
        "mm": f"{now.minute:02}",
        "ss": f"{now.second:02}",
        "WW": f"{now.isocalendar().week:02}",
    }

    def replace(match: re.Match) -> str:
        if match.group(1) is None:
            return values[match.group()]
        if not match.group(2):
            raise ValueError("a bracket is never closed")
        return match.group(1)

    return _TOKEN.sub(replace, pattern)
