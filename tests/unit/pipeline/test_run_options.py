"""Presets and the options of a submission, whoever names them."""

import pytest

from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.pipeline.run_options import PRESETS, RunOptions, choose, preset_of


def test_the_users_preset_goes_before_the_cassettes_and_that_before_plain():
    assert preset_of(RunOptions(preset="plain"), {"preset": "paper"}) == "plain"
    assert preset_of(RunOptions(), {"preset": "paper"}) == "paper"
    assert preset_of(RunOptions(), {}) == "plain"


@pytest.mark.parametrize("said", ["none", ["paper"], {"paper": 1}, 7])
def test_a_cassette_that_names_no_preset_of_ours(said):
    with pytest.raises(UsageError, match="unknown preset"):
        preset_of(RunOptions(), {"preset": said})


def test_the_papers_settings():
    paper = PRESETS["paper"]
    generate, patch = (paper.draw(track, RunOptions()) for track in ("generate", "patch"))
    assert (generate.max_tokens, generate.temperature) == (500, 1.0)
    assert (patch.max_tokens, patch.temperature) == (2000, 1.0)
    assert choose("fdsp", "paper").options == {"k": 3, "n": 2}
    assert choose("fdsp", "plain").options == {"k": 3, "n": 3}


def test_single_settings_overrule_a_preset():
    assert choose("fdsp:n=4", "paper").options == {"k": 3, "n": 4}
    drawn = PRESETS["paper"].draw("patch", RunOptions(temperature=0.0, max_tokens=7))
    assert (drawn.temperature, drawn.max_tokens) == (0.0, 7)
