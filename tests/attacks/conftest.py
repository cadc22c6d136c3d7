import os

import pytest

from pythonsecurityeval.sandbox import Limits, SandboxPool
from tests.attacks.outside import Outside, descendants
from tests.attacks.suites import HONEST, sample

LIMITS = Limits(cpu_s=0.25, wall_factor=2.4, memory_mb=256, processes=32, scratch_mb=32, file_mb=8)


@pytest.fixture(scope="session")
def outside(tmp_path_factory):
    outside = Outside(tmp_path_factory.mktemp("outside"))
    for folder in (outside.folder, *outside.folder.parents):
        if os.access(folder, os.W_OK) and folder.stat().st_uid == os.geteuid() and folder.name:
            folder.chmod(folder.stat().st_mode | 0o001)
    yield outside
    outside.close()


@pytest.fixture(scope="session", params=["namespaces", "landlock"])
def pool(request, outside):
    with SandboxPool(tier=request.param, jobs=1, limits=LIMITS) as pool:
        honest = [sample(suite, HONEST[suite], index) for index, suite in enumerate(("plain", "shop"))]
        assert [execution.functional for _, execution in pool.execute(honest)] == ["passed"] * 2
        outside.processes = len(descendants())  # with both fork-servers, the light and the heavy one
        yield pool


@pytest.fixture(scope="session", autouse=True)
def nothing_left():
    before = descendants()
    yield
    assert not set(descendants()) - set(before)
