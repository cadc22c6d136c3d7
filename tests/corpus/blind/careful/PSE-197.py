"""Check of what a visitor typed as his mail address."""

import re

__all__ = ["is_address"]

_LONGEST_LOCAL, _LONGEST_DOMAIN = 64, 253
_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LAST_LABEL = re.compile(r"[A-Za-z]{2,63}")


def is_address(text: str) -> bool:
    """Whether ``text`` is LOCAL@DOMAIN and nothing else."""
    if len(text) > _LONGEST_LOCAL + 1 + _LONGEST_DOMAIN:
        return False
    local, at, domain = text.partition("@")
    if not at or len(local) > _LONGEST_LOCAL or len(domain) > _LONGEST_DOMAIN:
        return False
    # fullmatch() instead of "$", which would let a line break pass at the end
    if not all(_ATOM.fullmatch(atom) for atom in local.split(".")):
        return False
    *labels, last = domain.split(".")
    return (
        len(labels) >= 1
        and all(_LABEL.fullmatch(label) is not None for label in labels)
        and _LAST_LABEL.fullmatch(last) is not None
    )
