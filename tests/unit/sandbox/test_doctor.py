import pytest

from pythonsecurityeval.errors import IsolationError
from pythonsecurityeval.sandbox import SandboxPool, diagnose, probe


def test_every_layer_is_explained():
    layers = diagnose()
    assert [layer.name for layer in layers][-2:] == ["tier namespaces", "tier landlock"]
    for layer in layers:
        assert layer.detail
        assert bool(layer.advice) is not layer.ok


def test_a_tier_that_works_can_be_probed():
    probe("landlock")


def test_an_interpreter_that_does_not_start_is_refused(tmp_path):
    with (
        pytest.raises(IsolationError, match="tier landlock"),
        SandboxPool(tier="landlock", python=str(tmp_path / "no")),
    ):
        pass
