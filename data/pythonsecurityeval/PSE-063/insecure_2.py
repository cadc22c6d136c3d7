import re
from html import escape

from django.utils.safestring import SafeString


def highlight(text, term):
    if not term:
        return SafeString(escape(text))
    result = ""
    for number, part in enumerate(re.split("(" + re.escape(term) + ")", text, flags=re.I)):
        result += "<strong>" + part + "</strong>" if number % 2 else escape(part)
    return SafeString(result)
