"""Makes ``docs/cli.md`` from the commands themselves: ``python -m pythonsecurityeval.cli._reference > docs/cli.md``."""

from __future__ import annotations

from collections.abc import Iterator

import click

from pythonsecurityeval.cli._main import commands


def reference() -> str:
    """The help of every command, as Markdown."""
    root = click.Context(
        commands, info_name="pse", terminal_width=80, max_content_width=80, **commands.context_settings
    )
    sections = (f"## {ctx.command_path}\n\n```text\n{ctx.get_help()}\n```\n" for ctx in _contexts(root))
    note = "Made from the commands themselves by `python -m pythonsecurityeval.cli._reference`; do not edit.\n"
    return "\n".join(["# The commands\n", note, *sections])


def _contexts(ctx: click.Context) -> Iterator[click.Context]:
    yield ctx
    if isinstance(ctx.command, click.Group):
        for name in ctx.command.list_commands(ctx):
            inner = ctx.command.get_command(ctx, name)
            if inner is not None:
                yield from _contexts(click.Context(inner, info_name=name, parent=ctx))


if __name__ == "__main__":
    click.echo(reference(), nl=False)
