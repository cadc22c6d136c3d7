import html
import re

from django.utils.safestring import SafeString, mark_safe


def highlight(text: str, term: str) -> SafeString:
    """Escape text for HTML and put <strong> around each occurrence of term."""
    if not term:
        return mark_safe(html.escape(text))

    parts = []
    end = 0
    for match in re.finditer(re.escape(term), text, re.IGNORECASE):
        parts.append(html.escape(text[end:match.start()]))
        parts.append(f"<strong>{html.escape(match.group())}</strong>")
        end = match.end()
    parts.append(html.escape(text[end:]))
    return mark_safe("".join(parts))
