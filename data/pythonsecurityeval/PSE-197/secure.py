import re

ATOM = r"[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
LOCAL = re.compile(rf"{ATOM}(?:\.{ATOM})*")
DOMAIN = re.compile(rf"(?:{LABEL}\.)+[A-Za-z]{{2,63}}")


def is_address(text):
    local, _, domain = text.partition("@")
    if len(local) > 64 or len(domain) > 253:
        return False
    return bool(LOCAL.fullmatch(local) and DOMAIN.fullmatch(domain))
