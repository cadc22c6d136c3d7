"""How to run a submission, and the presets."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from pythonsecurityeval import _registry
from pythonsecurityeval.chat import Sampling
from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.protocols import Submission
from pythonsecurityeval.solving import Track


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How to run a submission; the defaults are those of ``pse run``.

    Attributes:
        samples: Samples a task, where code is generated.
        limit: Only the first so many tasks.
        temperature: For every call, instead of the preset's.
        max_tokens: For every call, instead of the preset's.
        preset: Name of a preset; by default the one that a replayed cassette was recorded with, else ``plain``.
        concurrency: Samples in work at once.
        resume: Go on with the run that the folder holds.
    """

    samples: int | None = None
    limit: int | None = None
    temperature: float | None = None
    max_tokens: int | None = None
    preset: str | None = None
    concurrency: int = 8
    resume: bool = False

    @property
    def named(self) -> Mapping[str, int | float | str | None]:
        """What changes the answers, by the name of its option on the command line."""
        return {
            "--samples": self.samples,
            "--limit": self.limit,
            "--temperature": self.temperature,
            "--max-tokens": self.max_tokens,
            "--preset": self.preset,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """Settings that belong together: how each track samples, and options of submissions by their name."""

    sampling: Mapping[Track, Sampling]
    options: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def draw(self, track: Track, options: RunOptions) -> Sampling:
        """How answers are drawn on a track, with what the user set."""
        drawn = self.sampling[track]
        if options.temperature is not None:
            drawn = replace(drawn, temperature=options.temperature)
        return drawn if options.max_tokens is None else replace(drawn, max_tokens=options.max_tokens)


_PLAIN = Sampling(max_tokens=4096, temperature=1.0)

PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "plain": Preset(sampling={"generate": _PLAIN, "patch": _PLAIN}),
        # The published experiments. N is 3 by name there, and the loop makes two attempts.
        "paper": Preset(
            sampling={
                "generate": Sampling(max_tokens=500, temperature=1.0),
                "patch": Sampling(max_tokens=2000, temperature=1.0),
            },
            options={"fdsp": {"k": 3, "n": 2}, "fdsp_iterative": {"k": 3, "n": 2}},
        ),
    }
)


def preset_of(options: RunOptions, about: Mapping[str, Any]) -> str:
    """Name of the preset that holds: the user's, else the one a cassette was recorded with, else ``plain``.

    Raises:
        UsageError: There is no such preset.
    """
    name = options.preset or about.get("preset") or "plain"
    if not isinstance(name, str) or name not in PRESETS:
        raise UsageError(f"unknown preset {name!r:.80}; known: {', '.join(PRESETS)}")
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A submission with the name and options that it was asked for by."""

    name: str
    options: Mapping[str, int]
    submission: Submission


def choose(spec: str, preset: str) -> Chosen:
    """The submission of ``NAME`` or ``NAME:OPTION=NUMBER,…``.

    Raises:
        UsageError: No such submission or option, or a number below 1.
    """
    name, _, listed = spec.partition(":")
    factory = _registry.load("submissions", name)
    given = dict(_option(spec, part) for part in listed.split(",") if part)
    known = inspect.signature(factory).parameters
    if unknown := sorted(given.keys() - known.keys()):
        has = f"known: {', '.join(known)}" if known else f"{name} has none"
        raise UsageError(f"submission {spec!r}: no option {unknown[0]!r}; {has}")
    defaults = {option: known[option].default for option in known}
    options = {**defaults, **PRESETS[preset].options.get(name, {}), **given}
    return Chosen(name=name, options=options, submission=factory(**options))


def _option(spec: str, part: str) -> tuple[str, int]:
    key, _, value = part.partition("=")
    if not value.isascii() or not value.isdecimal() or int(value) < 1:
        raise UsageError(f"submission {spec!r}: {part!r} is not an option; write for instance fdsp:k=3,n=3")
    return key, int(value)
