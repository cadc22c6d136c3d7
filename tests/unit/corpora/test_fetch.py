"""Files of others: found, fetched and verified, whatever the network, the cache or a neighbour does."""

import hashlib
import socket
import stat
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from loopback import loopback

from pythonsecurityeval.corpora import _fetch
from pythonsecurityeval.errors import InfrastructureError, UsageError

DATA = b'{"ID": "CWE-020_someone_1.py"}\n' * 40
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def web():
    with loopback() as web:
        yield web


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.delenv("PSE_CORPORA", raising=False)
    monkeypatch.setenv("PSE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache/corpora/ours/file.jsonl"


@pytest.fixture
def pin(web, cache):
    return _fetch.Pin(
        place="ours/file.jsonl", upstream="deep/file.jsonl", urls=(web.serve("/file.jsonl", DATA),),
        sha256=SHA, max_bytes=10_000, seconds=5,
    )  # fmt: skip


@pytest.fixture
def closed():
    """An address on this machine where nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    return f"http://127.0.0.1:{port}/file.jsonl"


def leftovers(cache):
    return sorted(path.name for path in cache.parent.iterdir() if path.name.startswith("."))


def test_fetched_once_and_cached(pin, cache, web):
    assert _fetch.obtain(pin) == DATA
    assert cache.read_bytes() == DATA
    assert _fetch.obtain(pin) == DATA
    assert web.asked == ["/file.jsonl"]
    assert leftovers(cache) == []


# ---- given by hand


@pytest.mark.parametrize("place", ["file.jsonl", "ours/file.jsonl", "deep/file.jsonl"])
def test_folder_that_holds_the_file(pin, tmp_path, web, place):
    (tmp_path / "given" / place).parent.mkdir(parents=True)
    (tmp_path / "given" / place).write_bytes(DATA)
    assert _fetch.obtain(pin, tmp_path / "given") == DATA
    assert _fetch.obtain(pin, tmp_path / "given" / place) == DATA
    assert web.asked == []


def test_given_file_that_is_another_names_both_hashes(pin, tmp_path):
    (tmp_path / "file.jsonl").write_bytes(b"other")
    with pytest.raises(UsageError, match=f"{hashlib.sha256(b'other').hexdigest()}, expected {SHA}"):
        _fetch.obtain(pin, tmp_path)


def test_given_path_that_is_not_there_is_no_reason_to_fetch(pin, tmp_path, web):
    with pytest.raises(UsageError, match="no such file or folder"):
        _fetch.obtain(pin, tmp_path / "nowhere")
    with pytest.raises(UsageError, match=r"holds none of file.jsonl, ours/file.jsonl, deep/file.jsonl; .*127.0.0.1"):
        _fetch.obtain(pin, tmp_path)
    assert web.asked == []


def test_given_file_that_is_too_large_is_not_read_to_its_end(pin, tmp_path):
    with (tmp_path / "file.jsonl").open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(UsageError, match="larger than 10000 bytes"):
        _fetch.obtain(pin, tmp_path)


def test_shelf_comes_before_the_cache(pin, cache, tmp_path, monkeypatch, web):
    (tmp_path / "shelf/ours").mkdir(parents=True)
    monkeypatch.setenv("PSE_CORPORA", str(tmp_path / "shelf"))
    assert _fetch.obtain(pin) == DATA  # the shelf does not hold it: fetched
    (tmp_path / "shelf/ours/file.jsonl").write_bytes(b"other")
    with pytest.raises(UsageError, match="shelf/ours/file.jsonl: sha256"):
        _fetch.obtain(pin)
    (tmp_path / "shelf/ours/file.jsonl").write_bytes(DATA)
    assert _fetch.obtain(pin) == DATA
    assert web.asked == ["/file.jsonl"]


def test_shelf_that_is_not_there_is_said(pin, tmp_path, monkeypatch):
    monkeypatch.setenv("PSE_CORPORA", str(tmp_path / "nowhere"))
    with pytest.raises(UsageError, match="PSE_CORPORA: .*nowhere is no folder"):
        _fetch.obtain(pin)


# ---- the network


def failure(pin):
    with pytest.raises(InfrastructureError) as caught:
        _fetch.obtain(pin)
    return str(caught.value)


def test_wrong_hash_names_both_and_keeps_nothing(pin, cache, web):
    web.serve("/file.jsonl", b"other")
    assert f"sha256 is {hashlib.sha256(b'other').hexdigest()}, expected {SHA}" in failure(pin)
    assert not cache.exists()


def test_truncated(pin, cache, web):
    web.serve("/file.jsonl", DATA[:100], claims=len(DATA))
    assert "100" in failure(pin)
    assert not cache.exists()


def test_truncated_where_only_the_length_tells(pin, web):
    """Without a hash a short answer must not be taken for the whole."""
    web.serve("/file.jsonl", DATA[:100], claims=len(DATA))
    assert "100" in failure(replace(pin, sha256=None))


@pytest.mark.parametrize("claims", [None, -1])
def test_too_large_whether_announced_or_not(pin, cache, web, claims):
    web.serve("/file.jsonl", bytes(10_001), claims=claims)
    assert "more than 10000 bytes" in failure(pin)
    assert not cache.exists()


def test_not_found_names_address_and_where_to_put_the_file(pin, cache, web):
    message = failure(replace(pin, urls=(web.address + "/gone",)))
    assert f"{web.address}/gone: answered 404" in message
    assert str(cache) in message
    assert "--corpus-path" in message


def test_second_address_serves_when_the_first_does_not(pin, web):
    wrong = web.serve("/wrong", b"other")
    assert _fetch.obtain(replace(pin, urls=(web.address + "/gone", wrong, *pin.urls))) == DATA


def test_redirect_is_followed(pin, web):
    there = web.serve("/moved", status=302, headers={"Location": "/file.jsonl"})
    assert _fetch.obtain(replace(pin, urls=(there,))) == DATA


def test_redirects_in_a_circle_end(pin, web):
    there = web.serve("/circle", status=302, headers={"Location": "/circle"})
    assert "302" in failure(replace(pin, urls=(there,)))


def test_redirect_to_a_local_file_is_refused(pin, web, tmp_path):
    (tmp_path / "secret").write_bytes(DATA)
    there = web.serve("/file-scheme", status=302, headers={"Location": (tmp_path / "secret").as_uri()})
    assert "file-scheme" in failure(replace(pin, urls=(there,)))


def test_redirect_from_encrypted_to_plain_is_refused():
    request = _fetch.urllib.request.Request("https://example.org/file")
    with pytest.raises(_fetch._Refused, match="not encrypted"):
        _fetch._NoDowngrade().redirect_request(request, None, 302, "Found", {}, "http://example.org/file")


@pytest.mark.parametrize(
    "there", ["ftp://127.0.0.1/x", "http://[::1", "http://a b/", "http://\x7f\xff/", "//", "http://127.0.0.1:99999/"]
)
def test_redirect_to_what_is_no_address_is_an_ordinary_failure(pin, web, there):
    url = web.serve("/odd", status=302, headers={"Location": there})
    assert f"{url}: " in failure(replace(pin, urls=(url,)))


@pytest.mark.parametrize("length", ["abc", "-5", "9" * 5000, "1, 2"])
def test_length_that_is_no_number_is_an_ordinary_failure(pin, web, length):
    url = web.serve("/odd", DATA, claims=-1, headers={"Content-Length": length})
    assert f"{url}: " in failure(replace(pin, urls=(url,)))


def test_slow_drip_ends_at_the_limit(pin, web):
    web.serve("/file.jsonl", DATA, pause=0.05)
    assert "not complete after 0.3 s" in failure(replace(pin, seconds=0.3))


def test_silence_ends_at_the_limit(pin):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"http://127.0.0.1:{mute.getsockname()[1]}/file.jsonl"
        assert "timed out" in failure(replace(pin, urls=(url,), seconds=0.3))


def test_no_network(pin, closed):
    assert f"{closed}: Connection refused" in failure(replace(pin, urls=(closed,)))


def test_no_network_with_a_cache(pin, closed):
    _fetch.obtain(pin)
    assert _fetch.obtain(replace(pin, urls=(closed,))) == DATA


# ---- the cache


@pytest.mark.parametrize("damage", [b"", DATA[:-1], b"x" + DATA[1:], bytes(20_000)])
def test_damaged_cache_is_fetched_again(pin, cache, web, damage):
    _fetch.obtain(pin)
    cache.write_bytes(damage)
    assert _fetch.obtain(pin) == DATA
    assert cache.read_bytes() == DATA
    assert web.asked == ["/file.jsonl"] * 2


def test_damaged_cache_without_network_is_said(pin, cache, closed):
    _fetch.obtain(pin)
    cache.write_bytes(b"damaged")
    assert "(the cached copy is damaged)" in failure(replace(pin, urls=(closed,)))


def test_file_put_into_the_cache_by_hand_serves(pin, cache, closed):
    cache.parent.mkdir(parents=True)
    cache.write_bytes(DATA)
    assert _fetch.obtain(replace(pin, urls=(closed,))) == DATA
    assert _fetch.obtain(replace(pin, urls=(closed,), sha256=None)) == DATA


def test_first_load_fixes_a_file_without_a_published_hash(pin, cache, web):
    unpinned = replace(pin, sha256=None)
    assert _fetch.obtain(unpinned) == DATA
    cache.write_bytes(DATA + b"changed")
    assert _fetch.obtain(unpinned) == DATA  # the note tells that it changed: fetched again
    assert len(web.asked) == 2


def test_cache_that_cannot_be_written(pin, cache):
    cache.parent.parent.parent.write_text("a file where a folder should be")
    assert "cannot be written" in failure(pin)


def test_home_is_the_default_place(pin, tmp_path, monkeypatch):
    monkeypatch.delenv("PSE_CACHE")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert _fetch.obtain(pin) == DATA
    assert (tmp_path / ".cache/pythonsecurityeval/corpora/ours/file.jsonl").read_bytes() == DATA


def test_two_processes_at_once(pin, cache):
    code = (
        "import sys\n"
        "from pythonsecurityeval.corpora import _fetch\n"
        f"sys.stdout.buffer.write(_fetch.obtain(_fetch.{pin!r}))"
    )
    both = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(2)]
    assert [process.communicate()[0] for process in both] == [DATA, DATA]
    assert cache.read_bytes() == DATA
    assert leftovers(cache) == []


def test_readers_never_see_half_a_file(pin, cache):
    """Writers replace a damaged cache again and again; whoever reads gets whole bytes."""
    _fetch.obtain(pin)
    wrong: list[bytes] = []

    def read():
        wrong.extend(data for _ in range(50) if (data := cache.read_bytes()) != DATA)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(50):
        _fetch._keep(cache, DATA)
    reader.join()
    assert wrong == []


def test_cached_files_are_not_executable(pin, cache):
    _fetch.obtain(pin)
    assert not Path(cache).stat().st_mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
