import re
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

TOKEN = re.compile(r"\[([^\]]*)\]|(YYYY|YY|MM|DD|hh|mm|ss|WW)|(\[)")


def stamp(pattern, zone):
    try:
        now = datetime.now(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"unknown zone: {zone}") from error
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

    def written(match):
        if match[3]:
            raise ValueError("bracket is not closed")
        return values[match[2]] if match[2] else match[1]

    return TOKEN.sub(written, pattern)
