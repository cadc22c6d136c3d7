"""Libraries that only some models need are imported when such a model is opened."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from pythonsecurityeval.errors import EnvironmentMissing


def require(library: str, extra: str) -> Any:
    """The imported library.

    Raises:
        EnvironmentMissing: It is not installed; the message names the command.
    """
    try:
        return import_module(library)
    except ImportError as error:
        raise EnvironmentMissing(
            f"this model needs {library} ({error}); run: pip install 'pythonsecurityeval[{extra}]'"
        ) from error
