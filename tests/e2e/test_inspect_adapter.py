"""The adapter to Inspect, with its mock model: the same method, the same verdict, no network."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("inspect_ai")

EVAL = """
import json, sys
from inspect_ai import eval
from inspect_ai.model import ModelOutput, ModelUsage, get_model
from pythonsecurityeval.corpora.pythonsecurityeval import full, mini

secure = {t.task_id: next(r.code for r in full().references(t.task_id) if r.file == "secure.py") for t in mini().tasks()}
prompts = {task.prompt: task.task_id for task in mini().tasks()}
FLAGGED = "import subprocess\\ndef f(x):\\n    return subprocess.call(x, shell=True)\\n"
asked = []

def answer(messages, tools, choice, config):
    text = messages[-1].text
    asked.append((config.temperature, config.max_tokens, config.max_retries))
    if "Fix the reported issues" in text:
        code = secure[FIRST]
    else:
        code = FLAGGED
    output = ModelOutput.from_content(model="mockllm", content=f"```python\\n{code}\\n```")
    output.usage = ModelUsage(input_tokens=3, output_tokens=4)
    return output

FIRST = next(iter(secure))
model = get_model("mockllm/model", custom_outputs=answer)
(log,) = eval("pythonsecurityeval/pse", model=model, task_args={"submission": "bandit_feedback", "corpus": "mini", "preset": "paper"},
              limit=2, log_dir=sys.argv[1], display="none")
print(json.dumps({
    "status": log.status,
    "error": str(log.error) if log.error else None,
    "scores": {str(s.id): s.scores["attacked"].value for s in log.samples},
    "explained": [s.scores["attacked"].explanation for s in log.samples],
    "calls": [len(s.metadata["trace"]["calls"]) for s in log.samples],
    "metrics": {name: score.metrics["mean"].value for name, score in ((s.name, s) for s in log.results.scores)},
    "asked": sorted(set(asked)),
}))
"""


def test_a_submission_runs_in_inspect_and_is_scored_by_us(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", EVAL, tmp_path], cwd=tmp_path, capture_output=True, text=True, timeout=250, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout.splitlines()[-1])
    assert (said["status"], said["error"]) == ("success", None)
    first, second = said["scores"]
    assert said["scores"][first] == {"insecure": 0.0, "passes": 1.0, "secure": 1.0}
    assert said["scores"][second]["passes"] == 0.0
    assert said["explained"][0] == "scan clean, functional passed, security withstood"
    assert said["metrics"]["passes"] == 0.5
    assert said["asked"] == [[1.0, 500, 5], [1.0, 2000, 5]]
    assert list(Path(tmp_path).glob("*.eval"))
