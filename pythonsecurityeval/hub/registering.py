"""`register`: lets `datasets`' own ``load_dataset`` find the corpus by its bare name."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

NAME = "pythonsecurityeval"

FOLDER = Path(__file__).resolve().parents[1]
"""The package itself: its ``.huggingface.yaml`` says where the tables lie, in a checkout and in the wheel."""


def register() -> None:
    """Makes ``datasets.load_dataset("pythonsecurityeval")`` give the installed corpus, from any folder.

    A hub has no names without a namespace, so this takes nothing away. It wraps
    `datasets.load.dataset_module_factory` in this process, for that one name,
    where no local folder of that name is a data set. Nothing calls it for you,
    and calling it again does nothing.
    """
    import datasets.inspect  # noqa: PLC0415 - a second that only this needs
    import datasets.load  # noqa: PLC0415 - a second that only this needs

    factory = datasets.load.dataset_module_factory
    if not isinstance(factory, _Finder):
        for module in (datasets.load, datasets.inspect):  # the latter bound the name at its import
            module.dataset_module_factory = _Finder(factory)


class _Finder:
    """`datasets`' own factory, which knows one name more."""

    def __init__(self, factory: Callable[..., Any]) -> None:
        functools.update_wrapper(self, factory)
        self._factory = factory

    def __call__(self, path: str, *args: Any, **kwargs: Any) -> Any:
        if path != NAME:
            return self._factory(path, *args, **kwargs)
        if Path(path).is_dir():
            try:
                return self._factory(path, *args, **kwargs)
            except FileNotFoundError:  # a folder without data files
                pass
        return self._factory(str(FOLDER), *args, **kwargs)
