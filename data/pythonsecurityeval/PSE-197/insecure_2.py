import re

LOCAL = r"[\w!#$%&'*+\-/=?^`{|}~]+(\.[\w!#$%&'*+\-/=?^`{|}~]+)*"
DOMAIN = r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"


def is_address(text):
    if text.count("@") != 1:
        return False
    local, domain = text.split("@")
    if len(local) > 64 or len(domain.strip()) > 253:
        return False
    return re.match("^" + LOCAL + "$", local, re.ASCII) is not None and re.match("^" + DOMAIN + "$", domain, re.I | re.A) is not None
