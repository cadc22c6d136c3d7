import re

EMAIL = re.compile(
    r"([A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+\.?)*[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]"
    r"@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)


def is_address(text):
    if not EMAIL.fullmatch(text):
        return False
    local, domain = text.rsplit("@", 1)
    return len(local) <= 64 and len(domain) <= 253 and all(len(label) <= 63 for label in domain.split("."))
