"""Build hook: the wheel carries exactly the corpus that ``data/SHA256SUMS`` lists, each file verified.

Nothing is done for editable installs: they use the checkout, and copies in them would go stale.
"""

from __future__ import annotations

import hashlib
import tempfile
from functools import cached_property
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SUMS = "data/SHA256SUMS"
INSIDE = "pythonsecurityeval/_data"
FOLDER = "pythonsecurityeval/.huggingface.yaml"


class CorpusHook(BuildHookInterface[Any]):
    """Adds the corpus, the examples and the card to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Lists what goes in, once every file is what it should be."""
        if version == "editable":
            return
        root = Path(self.root)
        paths = [*verified(root), SUMS, *(f"examples/{path.name}" for path in sorted(root.glob("examples/*.jsonl")))]
        included = {str(root / path): f"{INSIDE}/{path}" for path in paths}
        included[str(root / "DATASET_CARD.md")] = "pythonsecurityeval/README.md"
        included[str(self._folder_of_the_wheel(root))] = FOLDER
        build_data["force_include"].update(included)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - theirs
        """Removes what was made on the way."""
        self._made.cleanup()

    @cached_property
    def _made(self) -> tempfile.TemporaryDirectory[str]:
        return tempfile.TemporaryDirectory(prefix="pse-wheel-")

    def _folder_of_the_wheel(self, root: Path) -> Path:
        """The package's ``.huggingface.yaml``, whose tables lie elsewhere in a wheel than in a checkout."""
        made = Path(self._made.name, "huggingface.yaml")
        made.write_text((root / FOLDER).read_text("utf-8").replace("path: ../data/", "path: _data/data/"), "utf-8")
        return made


def verified(root: Path) -> list[str]:
    """The files that ``SHA256SUMS`` lists.

    Raises:
        ValueError: One of them has another hash.
    """
    lines = [line.partition("  ") for line in (root / SUMS).read_text("utf-8").splitlines()]
    for digest, _, path in lines:
        found = hashlib.sha256((root / path).read_bytes()).hexdigest()
        if found != digest:
            raise ValueError(f"{path}: sha256 is {found}, expected {digest}; run `pse corpus build`")
    return [path for _, _, path in lines]
