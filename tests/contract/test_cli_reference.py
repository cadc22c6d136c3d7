"""docs/cli.md says what the commands say."""

from pathlib import Path

from pythonsecurityeval.cli._reference import reference


def test_the_reference_is_up_to_date():
    assert (Path(__file__).parents[2] / "docs" / "cli.md").read_text() == reference()
