"""``pytest tests/fuzz --hypothesis-profile=fuzz --timeout=0`` runs for long; without it, a few seconds."""

import sys
import time
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile("fuzz", max_examples=5_000, deadline=None, suppress_health_check=_SLOW, print_blob=True)
settings.register_profile("few", max_examples=40, deadline=None, suppress_health_check=_SLOW)

#: What reading data may never lead to, as the interpreter itself reports it.
_FORBIDDEN = ("import", "exec", "compile", "open", "os.", "socket.", "subprocess.", "ctypes.", "pickle.", "marshal.")
_watching = [False]
_seen = []


def _hook(event, _args):
    if _watching[0] and event.startswith(_FORBIDDEN):
        _seen.append(event)


sys.addaudithook(_hook)


@contextmanager
def _harmless(seconds=2.0, allowed=()):
    """The block starts, opens, imports and compiles nothing, and takes no more CPU time than ``seconds``."""
    _seen.clear()
    started, _watching[0] = time.process_time(), True
    try:
        yield
    finally:
        _watching[0] = False
    assert not set(_seen) - set(allowed), _seen
    assert time.process_time() - started < seconds


@pytest.fixture(scope="session")
def harmless():
    return _harmless
