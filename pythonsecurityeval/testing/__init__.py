"""For authors of plugins: the rules that a model or a submission keeps, each as a test.

With pytest, for a plugin that is installed and registered by entry point::

    import pytest
    from pythonsecurityeval.testing import model_checks, submission_checks

    @pytest.mark.parametrize("check", model_checks("echo:any"), ids=str)
    def test_my_model(check):
        check()

    @pytest.mark.parametrize("check", submission_checks("retry"), ids=str)
    def test_my_submission(check):
        check()

A check that fails raises `errors.CheckFailed` and says which rule was broken and how. The checks of a model ask it some
ten short questions, which cost what they cost; those of a submission ask no model and run no code.
"""

from __future__ import annotations

from pythonsecurityeval.testing.checks import Check
from pythonsecurityeval.testing.models import model_checks
from pythonsecurityeval.testing.scripted import ScriptedModel
from pythonsecurityeval.testing.submissions import submission_checks

__all__ = ["Check", "ScriptedModel", "model_checks", "submission_checks"]
