"""Which code is judged: the extraction rules of the contract, in their order."""

import pytest

from pythonsecurityeval._extract import extract
from pythonsecurityeval.types import Extraction

F = "def f():\n    return 1\n"


@pytest.mark.parametrize(
    ("completion", "code", "rule"),
    [
        pytest.param(f"Sure!\n```python\n{F}```\nDone.", F, Extraction.FENCE_ENTRY_POINT, id="one_fence_in_prose"),
        pytest.param(f"```\n{F}```", F, Extraction.FENCE_ENTRY_POINT, id="untagged_fence"),
        pytest.param(f"~~~py\n{F}~~~", F, Extraction.FENCE_ENTRY_POINT, id="tildes"),
        pytest.param(
            f"```Python\r\n{F}```\r\n", F, Extraction.FENCE_ENTRY_POINT, id="carriage_returns_around_the_fence"
        ),
        pytest.param(
            f"```python\nx = 1\n```\n```python\n{F}```", F, Extraction.FENCE_ENTRY_POINT, id="last_that_defines_it"
        ),
        pytest.param(
            f"```python\n{F}```\n```python\nprint(f())\n```",
            F,
            Extraction.FENCE_ENTRY_POINT,
            id="usage_example_after_it",
        ),
        pytest.param(
            "```python\nx = 1\n```\n```python\ny = 2\n```", "y = 2\n", Extraction.FENCE, id="none_defines_it_last_wins"
        ),
        pytest.param(
            f"```python\n{F}```\n```python\ndef f(:\n```", F, Extraction.FENCE_ENTRY_POINT, id="last_does_not_parse"
        ),
        pytest.param(
            f"```bash\nls\n```\n```python\n{F}```\n```json\n1\n```",
            F,
            Extraction.FENCE_ENTRY_POINT,
            id="other_languages",
        ),
        pytest.param(
            f"Here:\n```python\n{F}", F + "\n", Extraction.FENCE_ENTRY_POINT, id="unclosed_fence_runs_to_the_end"
        ),
        pytest.param(
            f"````python\ns = '''\n```\n'''\n{F}````",
            f"s = '''\n```\n'''\n{F}",
            Extraction.FENCE_ENTRY_POINT,
            id="longer_fence",
        ),
        pytest.param(
            "1. So:\n   ```python\n   def f():\n       return 1\n   ```",
            F,
            Extraction.FENCE_ENTRY_POINT,
            id="fence_in_a_list",
        ),
        pytest.param(F, F, Extraction.WHOLE_TEXT, id="bare_code"),
        pytest.param("I cannot help with that.", "", Extraction.NO_CODE, id="refusal"),
        pytest.param("", "", Extraction.NO_CODE, id="empty"),
        pytest.param("   \n\n", "", Extraction.NO_CODE, id="blank"),
        pytest.param("```python\n```", "", Extraction.NO_CODE, id="empty_fence"),
        pytest.param("# TODO\n", "", Extraction.NO_CODE, id="only_a_comment"),
        pytest.param("def f(:\n  pass", "", Extraction.NO_CODE, id="does_not_parse"),
        pytest.param("x = '\x00'", "", Extraction.NO_CODE, id="nul_byte"),
        pytest.param(
            f"<think>\n```python\nx = 1\n```\n</think>\n```python\n{F}```",
            F,
            Extraction.FENCE_ENTRY_POINT,
            id="reasoning",
        ),
        pytest.param(
            f"hm, maybe\n```python\ndef f(): 0\n```</think>\n{F}",
            "\n" + F,
            Extraction.WHOLE_TEXT,
            id="only_the_end_of_reasoning",
        ),
        pytest.param(f"{F}<think>let me see", F, Extraction.WHOLE_TEXT, id="reasoning_never_closed"),
        pytest.param("<think>", "", Extraction.NO_CODE, id="only_reasoning"),
        pytest.param("class f:\n    pass\n", "class f:\n    pass\n", Extraction.WHOLE_TEXT, id="a_class"),
    ],
)
def test_rule(completion, code, rule):
    assert extract(completion, "f") == (code, rule)


@pytest.mark.parametrize(
    "definition",
    ["f = lambda: 1", "from x import g as f", "async def f(): pass", "try:\n    def f(): pass\nexcept E:\n    pass",
     "try:\n    pass\nexcept E:\n    f = 1", "if x:\n    def f(): pass", "a, f = g()", "f: int = 3", "with a:\n    f = 1"],
)  # fmt: skip
def test_every_way_to_define_the_entry_point_counts(definition):
    text = f"```python\n{definition}\n```\n```python\nprint(1)\n```"
    assert extract(text, "f") == (definition + "\n", Extraction.FENCE_ENTRY_POINT)


def test_a_name_inside_a_function_is_no_definition():
    text = "```python\ndef g():\n    f = 1\n```\n```python\ny = 1\n```"
    assert extract(text, "f")[1] is Extraction.FENCE


def test_prompt_that_is_code_is_continued():
    assert extract("    return 1\n", "f", code_prompt="def f():\n") == (F, Extraction.PROMPT_AND_COMPLETION)


def test_word_python_in_the_program_is_kept():
    code = "def f():\n    return 'python'\n"
    assert extract(f"```python\n{code}```", "f")[0] == code


def test_deep_nesting_is_no_code_and_no_crash():
    assert extract("(" * 100_000, "f") == ("", Extraction.NO_CODE)


def test_attack_thousands_of_reasoning_blocks_take_no_longer_than_their_length():
    assert extract("<think></think>" * 500_000 + F, "f") == (F, Extraction.WHOLE_TEXT)


@pytest.mark.parametrize("line", ["```" + "a" * 4_000_000 + "`", "```" + " " * 4_000_000 + "`", " " * 4_000_000 + "`"])
def test_attack_a_line_that_is_almost_a_fence_takes_no_longer_than_its_length(line):
    assert extract(f"{line}\n```\n{F}```", "f") == (F, Extraction.FENCE_ENTRY_POINT)


def test_attack_thousands_of_alternatives_in_each_other():
    code = "if a:\n  pass\n" + "elif a:\n  pass\n" * 1500 + "else:\n  f = 1\n"
    assert extract(f"```python\n{code}```", "f") == (code, Extraction.FENCE_ENTRY_POINT)


def test_attack_a_program_of_megabytes_is_not_even_parsed():
    long = "0\n" * 600_000
    assert extract(f"```python\n{F}```\n```python\n{long}```", "f") == (F, Extraction.FENCE_ENTRY_POINT)
    assert extract(long, "f") == ("", Extraction.NO_CODE)
