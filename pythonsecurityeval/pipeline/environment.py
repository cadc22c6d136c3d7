"""What a run's verdicts depend on besides the code: the Python that runs candidates, and the tasks' libraries in it."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Mapping
from importlib import metadata

from pythonsecurityeval.errors import EnvironmentMissing
from pythonsecurityeval.sandbox import processes

_PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^;\s]+)\s*;\s*extra\s*==\s*['\"]tasks['\"]")
_NAMED = 6
_ASK = (
    "import json,platform,sys;from importlib import metadata as m\n"
    "f={}\n"
    "for n in json.loads(sys.argv[1]):\n"
    "    try: f[n]=m.version(n)\n"
    "    except m.PackageNotFoundError: pass\n"
    "print(json.dumps({'python':platform.python_version(),'found':f}))"
)


def pinned_libraries() -> dict[str, str]:
    """Distribution name → version of every library that the extra ``tasks`` pins."""
    pins = map(_PIN.fullmatch, metadata.requires("pythonsecurityeval") or ())
    return {pin["name"]: pin["version"] for pin in pins if pin}


def check(python: str | None) -> str:
    """The version of the Python that runs candidates, once it is known to have every pinned library.

    Raises:
        EnvironmentMissing: A library is missing or has another version, or the interpreter does not start.
    """
    pins = pinned_libraries()
    version, found = _own(pins) if python is None else _asked(python, pins)
    wrong = [f"{name}=={pin} (found {found.get(name, 'none')})" for name, pin in pins.items() if found.get(name) != pin]
    if wrong:
        named = ", ".join(wrong[:_NAMED]) + (f" and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else "")
        where = f"{python} -m pip" if python else "pip"
        raise EnvironmentMissing(
            f"the tasks' libraries are not as pinned: {named}; run: {where} install 'pythonsecurityeval[tasks]'"
        )
    return version


def _own(pins: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    found: dict[str, str] = {}
    for name in pins:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return platform.python_version(), found


def _asked(python: str, pins: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    try:
        answer = json.loads(processes.output([python, "-I", "-c", _ASK, json.dumps(sorted(pins))], seconds=30))
        return str(answer["python"]), dict(answer["found"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EnvironmentMissing(f"--python {python}: does not start as a Python 3 interpreter ({error})") from None
