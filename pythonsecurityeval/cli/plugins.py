"""``pse plugins``."""

from __future__ import annotations

import click

from pythonsecurityeval import _registry


@click.command(name="plugins", short_help="List what can be plugged in.")
def command() -> None:
    """Lists what can be named: corpora, scanners, models and submissions, and who brings them."""
    for kind in _registry.KINDS:
        points = _registry.available(kind)
        click.echo(f"{kind}:" + ("" if points else " none installed"))
        for name, point in points.items():
            owner = point.dist.name if point.dist else "unknown distribution"
            click.echo(f"  {name:<22} {owner}  ({point.value})")
