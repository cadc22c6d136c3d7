"""A model whose library is not installed names the command that installs it."""

import asyncio
import sys

import pytest

from pythonsecurityeval.errors import EnvironmentMissing
from pythonsecurityeval.models import open_model


@pytest.mark.parametrize(
    ("spec", "library", "extra"),
    [("openai:x", "openai", "openai"), ("anthropic:x", "anthropic", "anthropic"), ("llamacpp:{file}", "xllamacpp", "local"), ("hf:x", "torch", "hf")],
)  # fmt: skip
def test_a_missing_library_names_the_command(tmp_path, monkeypatch, spec, library, extra):
    (tmp_path / "w.gguf").write_bytes(b"GGUF")
    monkeypatch.setitem(sys.modules, library, None)

    async def session():
        async with open_model(spec.format(file=tmp_path / "w.gguf")):
            pass

    with pytest.raises(
        EnvironmentMissing, match=rf"needs {library} .*pip install 'pythonsecurityeval\[{extra}\]'"
    ) as missing:
        asyncio.run(session())
    assert missing.value.exit_code == 3
