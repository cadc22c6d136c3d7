"""A prompt's text changes only under a new number: recorded answers and packages name it by its SHA-256."""

from importlib import resources

from pythonsecurityeval import _registry
from pythonsecurityeval.submissions import _prompts

PINNED = {
    "ask_and_fix-1": "0c29a7599c718531189315678b434abaf812b5765da399add993e267b14687a5",
    "explain-1": "aeb85e9ee8e64a4aa540b7dc95903f99591ccbf9909eb9c51115c9e7674e17af",
    "fix_by_solution-1": "5fe649d242d7d516eb35585baf33cdec91f496161ceb2fa8f28291f9c7b05a1c",
    "fix_explained-1": "bf2e4ee4e1ecbe08b5a76cdea3ebffca25ea5b8ea91b4e0d35cc44206242be10",
    "fix_findings-1": "e514b239315094e9747cf88466e5b304222126c1a701898d4388425beea4a42a",
    "fix_verbalized-1": "9a32eea53b4b85debfc2bfc7c39c996009872650035bbf1ecaefd16102d394cc",
    "generate-1": "835a813d27a323798fa7281ce4113a3c574c0e206cad23806ca3f8d8a77c2d5a",
    "propose-1": "7c0be1213b88a7e24c08e43a0411e1e199443241d7600d675f0d90798c11b105",
    "verbalize-1": "95619d50ef5fc966e5f436cbd5c0aab1b22e4d30414a474bc7df791d5f9ed74e",
}


def texts():
    return {
        path.name.removesuffix(".txt")
        for path in resources.files("pythonsecurityeval.submissions").joinpath("prompts").iterdir()
    }


def test_texts_are_as_pinned():
    assert _prompts.sha256s(*texts()) == PINNED


def test_every_text_is_some_methods():
    used = {name for point in _registry.available("submissions").values() for name in point.load()().prompts}
    assert used == texts()
