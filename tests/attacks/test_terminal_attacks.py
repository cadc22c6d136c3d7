"""Whatever is shown of a stranger's text steers no terminal: names of files, tasks and tests, keys, messages, findings."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from pythonsecurityeval.pipeline.scoring import load_corpus

BIN = Path(sys.executable).parent
HOSTILE = "\x1b[2J\x1b]0;owned\x07\r\x9b31m\x7f\u202e\u2066\u200f\x85\u2028[bold]"
TASK = load_corpus("mini").tasks()[0].task_id
COMMANDS_OF_OURS = ("\x1b[?25l", "\x1b[?25h", "\x1b[2K", "\x1b[1A", "\x1b[0m", "\x1b[1m", "\x1b[1G")


def steering(text):
    """What of a text, line ends apart, a terminal would obey or a reader be misled by."""
    return {char for char in text.replace("\r\n", "\n") if char != "\n" and not char.isprintable()}


def run(folder, *args, command="pse-score"):
    return subprocess.run(
        [BIN / command, *args], cwd=folder, capture_output=True, text=True, errors="surrogateescape", check=False
    )


ROWS = {
    "task id": {"task_id": HOSTILE, "solution": "x"},
    "key": {"task_id": TASK, "solution": "x", HOSTILE: 1},
    "index": {"task_id": TASK, "solution": "x", "sample_index": HOSTILE},
    "half a surrogate pair": {"task_id": "\ud800", "solution": "x"},
    "key that stands twice": '{"\\u001b[31m\\u202e": 1, "\\u001b[31m\\u202e": 2}',
    "number": '{"task_id": 1e999}',
}


@pytest.mark.parametrize("name", ROWS)
def test_attack_a_bad_row_with_a_hostile(tmp_path, name):
    row = ROWS[name]
    (tmp_path / "p.jsonl").write_text((row if isinstance(row, str) else json.dumps(row)) + "\n")
    done = run(tmp_path, "p.jsonl", "--scan-only", "--allow-missing")
    assert (done.returncode, done.out if hasattr(done, "out") else done.stdout) == (2, "")
    assert not steering(done.stderr)
    assert done.stderr.startswith("pse-score: p.jsonl:1: ")


def test_attack_names_of_files(tmp_path):
    name = HOSTILE.replace("/", "") + ".jsonl"
    done = run(tmp_path, name, "--scan-only")
    assert done.returncode == 2
    assert not steering(done.stderr)
    (tmp_path / name).write_text(json.dumps({"task_id": TASK, "solution": "x = 1"}) + "\n")
    done = run(tmp_path, name, "--scan-only", "--allow-missing", "--corpus", "mini")
    assert done.returncode == 0
    assert not steering(done.stdout + done.stderr)
    assert "[bold]" in done.stdout


@pytest.mark.parametrize("name", [b"\xff\xfe\x9b31m.jsonl", b"line\npse-score: all is well.jsonl"])
def test_attack_a_name_of_bytes_or_of_two_lines(tmp_path, name):
    done = run(tmp_path, os.fsdecode(name), "--scan-only")
    assert done.returncode == 2
    assert not steering(done.stderr)
    assert len(done.stderr.splitlines()) == 1


CODE = f"password = '{HOSTILE.encode('unicode_escape').decode()}'\ntoken = '\x9b31m\u202e'\n# \x1b[2J\u202e nosec\n"


def test_attack_findings_in_every_file_of_a_run(tmp_path):
    rows = [{"task_id": TASK, "solution": CODE}, {"task_id": TASK, "completion": f"```python\n{CODE}\n```"}]
    (tmp_path / "p.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = run(tmp_path, "p.jsonl", "--scan-only", "--allow-missing", "--corpus", "mini", "--out", "r")
    assert done.returncode == 0
    assert "1 flagged" in done.stdout or "2 flagged" in done.stdout
    for file in (tmp_path / "r").iterdir():
        assert not steering(file.read_text("ascii")) - {"\x7f"}, file
    done = run(tmp_path, "p.jsonl", "--scan-only", "--allow-missing", "--corpus", "mini", "--overwrite", "--json")
    assert not steering(done.stdout)


def test_attack_a_terminal_of_which_we_are_the_other_side(tmp_path):
    """On a real terminal: only what the progress bar itself needs reaches it."""
    (tmp_path / "p.jsonl").write_text(json.dumps({"task_id": TASK, "solution": CODE}) + "\n")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1"}
    args = [BIN / "pse-score", "p.jsonl", "--scan-only", "--allow-missing", "--corpus", "mini", "--out", HOSTILE]
    process = subprocess.Popen(args, cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    data = b""
    try:
        while part := os.read(ours, 65536):
            data += part
    except OSError:  # the other side has ended
        pass
    os.close(ours)
    assert process.wait() == 0
    text = data.decode()
    for known in COMMANDS_OF_OURS:
        text = text.replace(known, "")
    assert "owned" in text
    assert not steering(text) - {"\r"}
    assert "\r\x9b" not in text


def test_attack_results_shown_by_merge(tmp_path):
    (tmp_path / "p.jsonl").write_text(json.dumps({"task_id": TASK, "solution": CODE}) + "\n")
    run(tmp_path, "p.jsonl", "--scan-only", "--allow-missing", "--corpus", "mini", "--out", HOSTILE)
    done = run(tmp_path, "merge", HOSTILE, "--out", f"m{HOSTILE}", command="pse")
    assert done.returncode == 0
    assert not steering(done.stdout + done.stderr)
    (tmp_path / HOSTILE / "results.jsonl").write_text(json.dumps({HOSTILE: 1}) + "\n")
    done = run(tmp_path, "merge", HOSTILE, "--out", "n", command="pse")
    assert done.returncode == 2
    assert not steering(done.stderr)


def test_attack_a_solution_that_is_tried(tmp_path):
    (tmp_path / "s.py").write_text(f"import sys\nsys.stderr.write({HOSTILE!r})\nraise ValueError({HOSTILE!r})\n")
    done = run(tmp_path, "tasks", TASK, "--try", "s.py", command="pse")
    assert done.returncode == 1
    assert not steering(done.stdout + done.stderr)
