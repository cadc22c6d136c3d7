"""Our own models keep the rules that the kit holds against plugins."""

import pytest
from model_server import Answer, loopback
from test_remote_models import Anthropic, OpenAI
from tiny_gguf import write_tiny_gguf

from pythonsecurityeval.models import Settings
from pythonsecurityeval.testing import model_checks


@pytest.mark.parametrize("provider", [OpenAI, Anthropic], ids=["openai", "anthropic"])
def test_remote_models_keep_the_rules(provider, monkeypatch):
    pytest.importorskip(provider.library)
    monkeypatch.setenv(provider.variable, "sk-secret")
    short = provider.good()
    short["usage"] |= {"completion_tokens": 2, "output_tokens": 2}
    with loopback(Answer(short, wait_s=0.01)) as server:
        for check in model_checks(provider.spec, Settings(base_url=server.url)):
            check()


def test_llamacpp_keeps_the_rules(tmp_path):
    pytest.importorskip("xllamacpp")
    weights = write_tiny_gguf(tmp_path / "tiny.gguf")
    for check in model_checks(f"llamacpp:{weights}", Settings(context_tokens=1024)):
        check()
