"""The paper's tables over runs: order, change against the very code a run started from, hostile names."""

import csv
import io

import pytest
from rich.console import Console

from pythonsecurityeval.metrics.estimators import wilson
from pythonsecurityeval.report.paper_tables import ScoredRun, comma_separated, lines, markdown, terminal
from pythonsecurityeval.types import Measure


def rate(hits, n):
    return Measure(value=hits / n, numerator=hits, denominator=n, ci95=wilson(hits, n))


def scored(method, flagged, passing, secure, *, model="m", corpus="c", digest=None, initial=None):
    return ScoredRun(
        corpus=corpus,
        model=model,
        method=method,
        digest=digest or method,
        initial=initial,
        insecure=rate(flagged, 470),
        passing=rate(passing, 189),
        secure=rate(secure, 400),
    )


# GPT 4 on PythonSecurityEval: counts recovered from the paper's Tables 1 and 2; secure-pass is made up
PAPER = [
    scored("fdsp", 32, 66, 90, initial="generated"),
    scored("generated", 189, 71, 100),
    scored("direct_prompting", 118, 66, 80, initial="generated"),
]


def test_the_papers_numbers_and_changes():
    shown = Console(width=80, file=io.StringIO())
    shown.print(terminal(PAPER))
    text = shown.file.getvalue()
    assert [line.split()[:5] for line in text.splitlines() if line.startswith(("generated", "direct", "fdsp "))] == [
        ["generated", "40.2", "189/470", "35.9-44.7", "-"],
        ["direct_prompting", "25.1", "118/470", "21.4-29.2", "-15.1"],
        ["fdsp", "6.8", "32/470", "4.9-9.5", "-33.4"],
        ["generated", "37.6", "71/189", "31.0-44.7", "-"],
        ["direct_prompting", "34.9", "66/189", "28.5-42.0", "-2.6"],
        ["fdsp", "34.9", "66/189", "28.5-42.0", "-2.6"],
    ]
    assert max(map(len, text.splitlines())) <= 80


def test_markdown_has_both_tables_and_says_who_judges():
    text = markdown(PAPER)
    assert "| c | m | fdsp | 6.8 | 32/470 | 4.9-9.5 | -33.4 | 22.5 | 90/400 | 18.7-26.8 |" in text
    assert "| c | m | fdsp | 34.9 | 66/189 | 28.5-42.0 | -2.6 | 22.5 | 90/400 | 18.7-26.8 |" in text
    assert "the judge is also the adviser" in text


def test_csv_has_every_number():
    rows = list(csv.DictReader(io.StringIO(comma_separated(PAPER))))
    assert len(rows) == 9
    fdsp = next(row for row in rows if row["method"] == "fdsp" and row["metric"] == "insecure_rate")
    assert (float(fdsp["value"]), float(fdsp["change"])) == pytest.approx((32 / 470, -100 * 157 / 470))
    assert (fdsp["numerator"], fdsp["denominator"]) == ("32", "470")


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ([scored("generated", 189, 71, 100, digest="x")], True),
        ([scored("generated", 189, 71, 100, digest="y")], False),
        ([scored("generated", 189, 71, 100, digest="x", model="other")], False),
        ([scored("generated", 189, 71, 100, digest="x", corpus="other")], False),
        ([], False),
    ],
)
def test_a_change_is_against_the_very_code_it_started_from(others, found):
    run = scored("fdsp", 32, 66, 90, initial="x")
    (line,) = (line for line in lines([run, *others]) if line.run is run)
    assert (line.start is not None) is found
    assert (line.change("insecure") is not None) is found


def test_names_of_strangers_steer_neither_terminal_nor_table_nor_spreadsheet():
    runs = [scored("=1+1|\x1b[2J", 1, 1, 1, model="[bold]\u202em")]
    shown = Console(width=80, file=io.StringIO())
    shown.print(terminal(runs))
    for text in (shown.file.getvalue(), markdown(runs), comma_separated(runs)):
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "[bold]" in shown.file.getvalue()
    assert "=1+1\\|" in markdown(runs)
    assert ",'=1+1|" in comma_separated(runs)
