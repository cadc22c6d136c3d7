"""For all tests."""

import signal
import sys

import pytest

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in what a shell starts in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="module", autouse=True)
def end_of_the_shared_scanner():
    """A module's tests may share one scanner; its worker ends with them."""
    yield
    if support := sys.modules.get("submissions_support"):
        support.SCANNER.close()
