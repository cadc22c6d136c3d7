"""The cassette's modes; one call for equal ones; a kill loses what is in flight and nothing else."""

import asyncio
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from models_support import SAMPLING, Counting, user

from pythonsecurityeval.chat import Reply, Sampling
from pythonsecurityeval.errors import AnswerPending, CassetteMiss, InfrastructureError, UsageError
from pythonsecurityeval.models.calls import request_of
from pythonsecurityeval.models.cassette import mode_of, record
from pythonsecurityeval.models.store import Head, Store


def run(path, model, *asked, mode="auto"):
    """Texts of the answers to (text, draw), asked one after the other."""

    async def session():
        async with record(path, model, mode) as cassette:
            return [(await cassette.complete(user(text), SAMPLING, draw)).text for text, draw in asked]

    return asyncio.run(session())


def test_auto_asks_once_and_remembers_across_sessions(tmp_path):
    model = Counting()
    assert run(tmp_path / "c.sqlite", model, ("x", 0), ("x", 0), ("y", 0)) == ["answer 1", "answer 1", "answer 2"]
    assert run(tmp_path / "c.sqlite", model, ("y", 0), ("x", 0)) == ["answer 2", "answer 1"]
    assert len(model.calls) == 2


def test_a_reply_comes_back_whole(tmp_path):
    async def once():
        async with record(tmp_path / "c.sqlite", Counting()) as cassette:
            return await cassette.complete(user("x"), SAMPLING, 0)

    assert (
        asyncio.run(once())
        == asyncio.run(once())
        == Reply(text="answer 1", input_tokens=3, output_tokens=2, seconds=0.25)
    )


def test_draws_are_calls_of_their_own(tmp_path):
    assert run(tmp_path / "c.sqlite", Counting(), ("x", 0), ("x", 1), ("x", 0)) == ["answer 1", "answer 2", "answer 1"]


def test_replay_never_asks(tmp_path):
    path, model = tmp_path / "c.sqlite", Counting()
    run(path, model, ("x", 0))
    assert run(path, model, ("x", 0), mode="replay") == ["answer 1"]
    with pytest.raises(
        CassetteMiss, match=r"c.sqlite: the call [0-9a-f]{12} of counting \('y', draw 0\) was never recorded"
    ):
        run(path, model, ("y", 0), mode="replay")
    assert len(model.calls) == 1


def test_refresh_asks_again_once_and_replaces(tmp_path):
    path, model = tmp_path / "c.sqlite", Counting()
    run(path, model, ("x", 0))
    assert run(path, model, ("x", 0), ("x", 0), mode="refresh") == ["answer 2", "answer 2"]
    assert run(path, model, ("x", 0)) == ["answer 2"]


def test_collect_writes_the_misses_and_keeps_the_answers(tmp_path):
    path, model = tmp_path / "c.sqlite", Counting()
    run(path, model, ("x", 0))

    async def session():
        async with record(path, model, "collect") as cassette:
            answered = await cassette.complete(user("x"), SAMPLING, 0)
            for _ in range(2):
                with pytest.raises(AnswerPending, match="waits for its answer"):
                    await cassette.complete(user("y"), SAMPLING, 0)
            return answered

    assert asyncio.run(session()).text == "answer 1"
    (row,) = [json.loads(line) for line in (tmp_path / "requests.jsonl").read_text().splitlines()]
    assert row == {
        "custom_id": request_of("counting", user("y"), SAMPLING, 0).key,
        "method": "POST",
        "url": "/v1/chat/completions",
        "body": {
            "model": "counting",
            "messages": [{"role": "user", "content": "y"}],
            "max_completion_tokens": 10,
            "temperature": 1.0,
        },
    }
    assert len(model.calls) == 1


def test_the_spec_tells_the_mode():
    assert (mode_of("collect:gpt-5"), mode_of("openai:gpt-5")) == ("collect", "auto")


# ---- single flight


def test_equal_calls_at_the_same_time_are_one(tmp_path):
    async def session():
        gate = asyncio.Event()
        model = Counting(gate=gate)
        async with record(tmp_path / "c.sqlite", model) as cassette:
            asked = [asyncio.create_task(cassette.complete(user("x"), SAMPLING, 0)) for _ in range(5)]
            await asyncio.sleep(0.01)
            gate.set()
            texts = {reply.text for reply in await asyncio.gather(*asked)}
            return texts, len(model.calls), cassette.hits, cassette.fresh

    assert asyncio.run(session()) == ({"answer 1"}, 1, 4, 1)


def test_a_caller_that_gives_up_takes_nothing_from_the_others(tmp_path):
    async def session():
        gate = asyncio.Event()
        async with record(tmp_path / "c.sqlite", Counting(gate=gate)) as cassette:
            first, second = (asyncio.create_task(cassette.complete(user("x"), SAMPLING, 0)) for _ in range(2))
            await asyncio.sleep(0.01)
            first.cancel()
            gate.set()
            return (await second).text, (await asyncio.gather(first, return_exceptions=True))[0]

    text, given_up = asyncio.run(session())
    assert text == "answer 1"
    assert isinstance(given_up, asyncio.CancelledError)


def test_a_failed_call_is_not_recorded_and_can_be_made_again(tmp_path):
    model = Counting(failures=1)
    with pytest.raises(RuntimeError):
        run(tmp_path / "c.sqlite", model, ("x", 0))
    assert run(tmp_path / "c.sqlite", model, ("x", 0)) == ["answer 2"]


def test_leaving_gives_up_what_is_in_flight(tmp_path):
    async def session():
        async with record(tmp_path / "c.sqlite", Counting(gate=asyncio.Event())) as cassette:
            asked = asyncio.create_task(cassette.complete(user("x"), SAMPLING, 0))
            await asyncio.sleep(0.01)
        return await asyncio.gather(asked, return_exceptions=True)

    assert isinstance(asyncio.run(asyncio.wait_for(session(), 5))[0], asyncio.CancelledError)


# ---- the key


def test_every_part_of_a_call_is_in_its_key():
    one = request_of("m", user("x"), Sampling(max_tokens=1), 0)
    others = [
        request_of("n", user("x"), Sampling(max_tokens=1), 0),
        request_of("m", user("y"), Sampling(max_tokens=1), 0),
        request_of("m", user("x") * 2, Sampling(max_tokens=1), 0),
        request_of("m", user("x"), Sampling(max_tokens=2), 0),
        request_of("m", user("x"), Sampling(max_tokens=1, temperature=0.0), 0),
        request_of("m", user("x"), Sampling(max_tokens=1, top_p=1.0), 0),
        request_of("m", user("x"), Sampling(max_tokens=1), 1),
    ]
    assert len({request.key for request in [one, *others]}) == 8


def test_the_key_never_changes():
    """A shipped cassette holds for ever."""
    request = request_of("m", user("x"), Sampling(max_tokens=1, temperature=1.0), 0)
    canonical = b'{"draw":0,"messages":[{"content":"x","role":"user"}],"model":"m","sampling":{"max_tokens":1,"temperature":1.0,"top_p":null},"version":1}'
    assert request.key == hashlib.sha256(canonical).hexdigest()


def test_one_and_one_point_zero_are_the_same_temperature():
    whole, broken = (request_of("m", user("x"), Sampling(temperature=t, top_p=t), 0) for t in (1, 1.0))
    assert whole.key == broken.key


# ---- the file


def test_another_models_cassette_is_refused(tmp_path):
    run(tmp_path / "c.sqlite", Counting("one"), ("x", 0))
    with pytest.raises(UsageError, match="holds calls of one, not of two; record into another file"):
        run(tmp_path / "c.sqlite", Counting("two"), ("x", 0))


def test_a_file_that_is_no_cassette_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "c.sqlite"
    path.write_text("these are my notes, and there are enough of them to fill a page of a database\n" * 20)
    before = path.read_bytes()
    with pytest.raises(UsageError, match="c.sqlite: not a cassette"):
        run(path, Counting(), ("x", 0))
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InfrastructureError, match="cannot be written"):
        run(tmp_path / "file" / "c.sqlite", Counting(), ("x", 0))


@pytest.mark.parametrize(
    "reply", ["{", '{"text": 1}', '{"text": "x", "seconds": NaN}', '{"text": "x", "mood": "good"}', "[" * 100_000]
)
def test_an_edited_answer_is_an_error_and_never_an_answer(tmp_path, reply):
    path = tmp_path / "c.sqlite"
    run(path, Counting(), ("x", 0))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE calls SET reply = ?", (reply,))
    connection.close()
    with pytest.raises(UsageError, match=r"c.sqlite: a recorded call (was edited|is no JSON)"):
        run(path, Counting(), ("x", 0))


def test_an_edited_request_is_found(tmp_path):
    path = tmp_path / "c.sqlite"
    run(path, Counting(), ("x", 0))
    with sqlite3.connect(path) as connection:
        connection.execute("""UPDATE calls SET request = replace(request, '"content":"x"', '"content":"y"')""")
    connection.close()
    with Store.open(path) as store, pytest.raises(UsageError, match="was edited"):
        list(store.calls())


@pytest.mark.parametrize(
    "trap",
    [
        "DROP TABLE calls; CREATE VIEW calls AS WITH RECURSIVE n(key, request, reply) AS (SELECT 1, 1, 1 UNION ALL SELECT key + 1, 1, 1 FROM n) SELECT * FROM n",
        "CREATE TRIGGER t AFTER INSERT ON calls BEGIN DELETE FROM calls; END",
        "CREATE VIRTUAL TABLE v USING fts5(x)",
    ],
    ids=["view", "trigger", "virtual table"],
)
def test_a_file_that_would_run_something_is_refused(tmp_path, trap):
    path = tmp_path / "c.sqlite"
    run(path, Counting(), ("x", 0))
    with sqlite3.connect(path) as connection:
        connection.executescript(trap)
    connection.close()
    with pytest.raises(UsageError, match="not a cassette: it holds"):
        run(path, Counting(), ("x", 0))


def test_a_value_without_bounds_is_refused(tmp_path):
    path = tmp_path / "c.sqlite"
    run(path, Counting(), ("x", 0))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE calls SET reply = zeroblob(200000000)")
    connection.close()
    with pytest.raises(UsageError, match="not a cassette"):
        run(path, Counting(), ("x", 0))


def test_half_characters_and_zeros_survive(tmp_path):
    odd = "\ud800 \x00 \U0001f600 \n"
    with Store.open(tmp_path / "c.sqlite", Head(model="m", about={})) as store:
        request = request_of("m", user(odd), SAMPLING, 0)
        store.put(request, Reply(text=odd))
        assert store.reply(request.key) == Reply(text=odd)
        assert [call.request for call in store.calls()] == [request]


def test_closing_leaves_one_file(tmp_path):
    run(tmp_path / "c.sqlite", Counting(), ("x", 0))
    assert [path.name for path in tmp_path.iterdir()] == ["c.sqlite"]


_RECORDER = """
import asyncio, sys
from pathlib import Path
from models_support import SAMPLING, Counting, user
from pythonsecurityeval.models.cassette import record

async def main():
    async with record(Path(sys.argv[1]), Counting()) as cassette:
        for number in range(10**6):
            await cassette.complete(user(str(number)), SAMPLING, 0)
            print(number, flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("answered", [1, 7, 60])
def test_a_kill_loses_at_most_the_call_in_flight(tmp_path, answered):
    path = tmp_path / "c.sqlite"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    with subprocess.Popen(
        [sys.executable, "-c", _RECORDER, path], stdout=subprocess.PIPE, text=True, env=env
    ) as recorder:
        for _ in range(answered):
            last = int(recorder.stdout.readline())
        recorder.send_signal(signal.SIGKILL)
        last = max([last, *map(int, recorder.stdout.read().split())])  # what it had said when it died
    with Store.open(path) as store:
        kept = {int(call.request.messages[0].content) for call in store.calls()}
    assert set(range(last + 1)) <= kept
    assert kept <= set(range(last + 2))
