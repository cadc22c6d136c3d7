from string import ascii_letters, digits

ATEXT = frozenset(ascii_letters + digits + "!#$%&'*+-/=?^_`{|}~")
LDH = frozenset(ascii_letters + digits + "-")


def good_label(label):
    return 1 <= len(label) <= 63 and LDH.issuperset(label) and "-" not in (label[0], label[-1])


def is_address(text):
    if len(text) > 64 + 1 + 253 or text.count("@") != 1:
        return False
    local, domain = text.split("@")
    if len(local) > 64 or len(domain) > 253:
        return False
    atoms, labels = local.split("."), domain.split(".")
    return (
        all(atom and ATEXT.issuperset(atom) for atom in atoms)
        and len(labels) > 1
        and all(map(good_label, labels))
        and len(labels[-1]) > 1
        and set(ascii_letters).issuperset(labels[-1])
    )
