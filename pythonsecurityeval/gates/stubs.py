"""Solutions that do nothing: functional tests that one of them passes test nothing."""

from __future__ import annotations

from pythonsecurityeval.corpora._signature import Public, parse

_CONSTANTS = {
    "return None": "return None",
    "raise": "raise ValueError('stub')",
    "empty list": "return []",
    "empty dict": "return {}",
    "empty text": "return ''",
    "true": "return True",
    "false": "return False",
}
"""What each stub's functions do, by the stub's name (``pass`` does what ``return None`` does)."""

_MAX_ECHOES = 3


def stubs(signature: str) -> dict[str, str]:
    """Stub solutions by what they do: every function of the signature does the same."""
    publics = parse(signature)
    longest = max((len(_own(public)) for public in publics), default=0)
    result = {name: _module(publics, body) for name, body in _CONSTANTS.items()}
    for place in range(min(longest, _MAX_ECHOES)):
        result[f"echo argument {place + 1}"] = _module(publics, None, place)
    return result


def _module(publics: tuple[Public, ...], body: str | None, echoed: int = 0) -> str:
    """Source of a stub; with ``body`` None, each function returns its parameter number ``echoed``."""
    lines = ["from __future__ import annotations", ""]
    for public in publics:
        if public.kind == "value":
            lines.append(f"{public.name} = None")
        elif public.kind == "class":
            lines += [f"class {public.name}:", "    def __init__(self, *args, **kwargs): pass"]
            members = [other for other in publics if other.name.startswith(f"{public.name}.")]
            lines += ["    " + line for member in members for line in _function(member, body, echoed)]
        elif "." not in public.name:
            lines += _function(public, body, echoed)
    return "\n".join(lines) + "\n"


def _function(public: Public, body: str | None, echoed: int) -> list[str]:
    own = _own(public)
    if body is None:
        body = f"return {own[min(echoed, len(own) - 1)]}" if own else "pass"
    arguments = public.arguments
    if "." in public.name and public.parameters[:1] != ("self",):
        arguments = f"self, {arguments}" if arguments else "self"
    prefix = "async def" if public.kind == "coroutine" else "def"
    return [f"{prefix} {public.last}({arguments}):", f"    {body}"]


def _own(public: Public) -> tuple[str, ...]:
    return tuple(name for name in public.parameters if name != "self")
