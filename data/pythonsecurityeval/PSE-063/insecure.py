import re

from django.utils.safestring import mark_safe


def highlight(text, term):
    if not term:
        return mark_safe(text)
    pattern = re.compile(re.escape(term), re.IGNORECASE)
    return mark_safe(pattern.sub(lambda match: f"<strong>{match.group(0)}</strong>", text))
