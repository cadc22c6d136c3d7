"""``pse hub``."""

from __future__ import annotations

from pathlib import Path

import click


@click.group(name="hub", short_help="Publish the corpus as a data set.")
def command() -> None:
    """Publishes the corpus on a hub of data sets."""


@command.command()
@click.option("--repo", required=True, help="Where to, as ORG/NAME.")
@click.option("--private", is_flag=True, help="Make a new repository private.")
@click.option("--stage", "folder", type=click.Path(path_type=Path), help="Only fill this folder with what would go up.")
def publish(*, repo: str, private: bool, folder: Path | None) -> None:
    """Publishes the data set of this checkout, in one commit tagged with its version.

    Log in first (hf auth login). Where nothing has changed, nothing is done; a
    version that was published is never replaced by other tables.
    """
    from huggingface_hub.utils import disable_progress_bars

    from pythonsecurityeval.corpora.pythonsecurityeval import default_root
    from pythonsecurityeval.hub import publishing

    if folder is not None:
        click.echo("\n".join(publishing.stage(default_root(), folder, repo)))
        return
    disable_progress_bars()
    click.echo(publishing.publish(default_root(), repo, private=private))
