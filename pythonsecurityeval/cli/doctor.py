"""``pse doctor``."""

from __future__ import annotations

import click

from pythonsecurityeval.errors import EnvironmentMissing, IsolationError


@click.command(name="doctor")
@click.option("--python", help="Interpreter that would run the candidates.")
def command(*, python: str | None) -> None:
    """Explains what this machine can do: each layer of isolation, and the tasks' libraries."""
    from pythonsecurityeval.pipeline import environment
    from pythonsecurityeval.sandbox import diagnose

    usable = []
    for tier in diagnose():
        usable += [tier.name] if tier.usable else []
        click.echo(f"{tier.name}: {'usable' if tier.usable else 'not usable'}")
        for layer in tier.layers:
            click.echo(f"  {'ok' if layer.ok else '--'}  {layer.name:<16} {layer.detail}")
    try:
        click.echo(f"libraries: as pinned, Python {environment.check(python)}")
    except EnvironmentMissing as error:
        click.echo(f"libraries: {error}")
        raise
    if not usable:
        raise IsolationError("no tier works here, so untrusted code is not run; pse score --scan-only still works")
    click.echo(f"pse score uses: {usable[0]}")
