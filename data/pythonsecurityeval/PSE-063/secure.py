import re

from django.utils.html import escape, format_html_join


def highlight(text, term):
    parts = re.split(f"({re.escape(term)})", text, flags=re.IGNORECASE) if term else [text]
    marked = format_html_join("", "{}<strong>{}</strong>", zip(parts[::2], parts[1::2]))
    return marked + escape(parts[-1])
