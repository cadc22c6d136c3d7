"""MIME messages of strangers, parsed only where that cannot take long.

The parser compares every line with the boundary of every part it lies in, and
takes long headers apart in quadratic time.
"""

from __future__ import annotations

import email
import email.message
import email.policy
import re

#: What the parsing of one message may cost: its bytes, and four for each line and part that it may lie in.
MOST_EFFORT = 16 << 20
_PER_LINE = 4
_MOST_PARTS = 500
_MOST_HEADERS = 50
_LONGEST_HEADER = 2000
_CONTENT = re.compile(rb"^content-[a-z-]+[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*", re.MULTILINE)


def effort(raw: bytes) -> int:
    """What it costs to parse a message; more than `MOST_EFFORT` for one that is like no honest one."""
    plain = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").lower()
    headers = [match.end() - match.start() for match in _CONTENT.finditer(plain)]
    kinds = plain.count(b"content-type")
    if kinds > _MOST_HEADERS or plain.count(b"\n--") > _MOST_PARTS or max(headers, default=0) > _LONGEST_HEADER:
        return MOST_EFFORT + 1
    return _PER_LINE * plain.count(b"\n") * (kinds + 1) + len(plain)


def parse(raw: bytes) -> email.message.EmailMessage | None:
    """The message; None where the parser breaks down. Ask for its `effort` before."""
    try:
        message = email.message_from_bytes(raw.replace(b"\r\n", b"\n"), policy=email.policy.default)
    except (RecursionError, ValueError, LookupError):
        return None
    return message if isinstance(message, email.message.EmailMessage) else None
