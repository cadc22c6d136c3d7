import re
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_TOKEN = re.compile(r"\[([^\]]*)\]|(\[)|YYYY|YY|MM|DD|hh|mm|ss|WW")


def stamp(pattern: str, zone: str) -> str:
    """The current time in `zone`, written as `pattern` says."""
    try:
        info = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # Names of folders or of other files of the database end up here, too.
        raise ValueError(f"no such time zone: {zone!r}") from None
    now = datetime.now(info)
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
        if match[2]:
            raise ValueError("a bracket is never closed")
        if match[1] is not None:
            return match[1]
        return values[match[0]]

    return _TOKEN.sub(replace, pattern)
