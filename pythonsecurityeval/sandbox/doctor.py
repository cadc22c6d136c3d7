"""Explains, layer by layer, how untrusted code can be isolated on this machine."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from pythonsecurityeval.errors import InfrastructureError, IsolationError
from pythonsecurityeval.sandbox import landlock, rlimits
from pythonsecurityeval.sandbox.policy import Limits, Tier
from pythonsecurityeval.sandbox.pool import SandboxPool
from pythonsecurityeval.sandbox.syscall_numbers import machine

_USER_NAMESPACES = "/proc/sys/user/max_user_namespaces"
_RESTRICTED = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"


@dataclass(frozen=True, slots=True)
class Layer:
    """One thing that isolation rests on.

    Attributes:
        name: What it is.
        ok: Whether it is there.
        detail: What was found.
        advice: What to do about it; empty if it is there.
    """

    name: str
    ok: bool
    detail: str
    advice: str = ""


def probe(tier: Tier) -> None:
    """Start a tier once, with its self check, and stop it.

    Raises:
        IsolationError: It does not work on this machine.
    """
    with SandboxPool(tier=tier, jobs=1):
        pass


def diagnose() -> list[Layer]:
    """All layers, most basic first; the last two are the tiers as a whole."""
    if sys.platform != "linux":
        advice = "run untrusted code on Linux; scanning works anywhere (--scan-only)"
        return [Layer("operating system", ok=False, detail=platform.system(), advice=advice)]
    return [_machine(), _landlock(), _user_namespaces(), _user(), _limits(), _tier("namespaces"), _tier("landlock")]


def _machine() -> Layer:
    try:
        return Layer("machine", ok=True, detail=f"{machine()}, Linux {platform.release()}")
    except IsolationError as error:
        return Layer("machine", ok=False, detail=str(error), advice="use an x86_64 or aarch64 machine")


def _landlock() -> Layer:
    version = landlock.abi() if _machine().ok else 0
    advice = "" if version else "use Linux 5.13 or newer, booted with landlock among its security modules"
    return Layer("landlock", ok=version > 0, detail=f"ABI {version}" if version else "absent", advice=advice)


def _user_namespaces() -> Layer:
    restricted = _read(_RESTRICTED) == "1"
    most = _read(_USER_NAMESPACES)
    if restricted and os.geteuid() != 0:
        advice = "the tier landlock is used instead; an administrator may allow them"
        return Layer("user namespaces", ok=False, detail="restricted by AppArmor", advice=advice)
    if most == "0":
        return Layer("user namespaces", ok=False, detail="switched off", advice="the tier landlock is used instead")
    return Layer("user namespaces", ok=True, detail=f"at most {most or 'unknown'}")


def _user() -> Layer:
    name = "root; candidates run as nobody" if os.geteuid() == 0 else f"user {os.geteuid()}, as candidates do"
    return Layer("user", ok=True, detail=name)


def _limits() -> Layer:
    try:
        rlimits.check(Limits())
    except InfrastructureError as error:
        return Layer("limits", ok=False, detail=str(error), advice="raise it where this shell or container gets it")
    return Layer("limits", ok=True, detail="leave what candidates need")


def _tier(tier: Tier) -> Layer:
    try:
        probe(tier)
    except InfrastructureError as error:
        return Layer(f"tier {tier}", ok=False, detail=str(error), advice="see the layers above")
    return Layer(f"tier {tier}", ok=True, detail="starts, and every escape probe was stopped")


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii").strip()
    except OSError:
        return ""
