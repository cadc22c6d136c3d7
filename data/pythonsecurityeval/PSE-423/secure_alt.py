import re
from email.headerregistry import Address

DECIDING = """
SELECT name, email FROM subscribers AS s
WHERE consent = 1 AND NOT EXISTS (SELECT 1 FROM subscribers AS later WHERE later.id > s.id AND lower(later.email) = lower(s.email))
ORDER BY id
"""


def consenting(connection):
    entries = []
    for name, email in connection.execute(DECIDING):
        display = re.sub(r"\s+", " ", name or "").strip()
        entries.append(str(Address(display, addr_spec=email)))
    return entries
