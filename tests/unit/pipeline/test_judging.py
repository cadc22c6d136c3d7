"""What a run says of its isolation holds for the corpus that it scored."""

from types import SimpleNamespace

import pytest

from pythonsecurityeval.pipeline.judging import Judging
from pythonsecurityeval.pipeline.options import Options

APART = "verdict in another process"


@pytest.mark.parametrize("integrity", ["split", "in_process"])
def test_layers_claim_a_verdict_apart_only_where_it_is(integrity):
    judging = Judging(SimpleNamespace(integrity=integrity, unit_tests=lambda _task_id: ()), Options(jobs=1))
    with judging.sandbox([]) as sandbox:
        said = judging.isolation(sandbox)
    assert said["tier"] == sandbox.tier
    assert said["layers"][:-1] == list(sandbox.layers)
    assert (APART in said["layers"]) == (integrity == "split")
    assert ("tests in one process with the candidate" in said["layers"]) == (integrity == "in_process")


def test_a_run_that_only_scans_claims_no_isolation():
    judging = Judging(SimpleNamespace(integrity="split"), Options(scan_only=True))
    with judging.sandbox([]) as sandbox:
        assert judging.isolation(sandbox) is None
