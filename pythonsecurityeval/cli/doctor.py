"""``pse doctor``."""

from __future__ import annotations

import click

from pythonsecurityeval.errors import EnvironmentMissing, IsolationError

_TIER = "tier "


@click.command(name="doctor", short_help="Explain what this machine can isolate.")
@click.option("--python", help="Interpreter that would run the candidates.")
def command(*, python: str | None) -> None:
    """Explains what this machine can do: each layer of isolation, and the tasks' libraries."""
    from pythonsecurityeval.pipeline import environment
    from pythonsecurityeval.sandbox import diagnose

    layers = diagnose()
    for layer in layers:
        advice = f"; {layer.advice}" if layer.advice else ""
        click.echo(f"{'ok' if layer.ok else 'no':<3} {layer.name:<18} {layer.detail}{advice}")
    try:
        click.echo(f"ok  {'libraries':<18} as pinned, for Python {environment.check(python)}")
    except EnvironmentMissing:
        click.echo(f"no  {'libraries':<18} not as pinned")
        raise
    usable = [layer.name for layer in layers if layer.ok and layer.name.startswith(_TIER)]
    if not usable:
        raise IsolationError("no tier works here, so no untrusted code is run; pse score --scan-only still works")
    click.echo(f"pse score uses the {usable[0]}")
