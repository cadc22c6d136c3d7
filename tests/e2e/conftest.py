"""Runs the commands as a user does: another process, from a folder outside the checkout."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent


class Done:
    """What a command left: exit code, standard output and error."""

    def __init__(self, process):
        self.code, self.out, self.err = process.returncode, process.stdout, process.stderr

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def run(tmp_path):
    def run(command, *args, stdin=None, **env):
        process = subprocess.run(
            [BIN / command, *map(str, args)],
            cwd=tmp_path, input=stdin, text=True, capture_output=True, timeout=280, env={**os.environ, **env}, check=False,
        )  # fmt: skip
        return Done(process)

    return run


@pytest.fixture
def predictions(tmp_path):
    def predictions(*rows, name="p.jsonl"):
        path = tmp_path / name
        path.write_text("".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows))
        return path

    return predictions
