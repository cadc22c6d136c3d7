"""The judge's own hold on the candidate's folder."""

from __future__ import annotations

import os
import sqlite3
import threading

import pytest

from pythonsecurityeval.testkit.judge.files import Files
from pythonsecurityeval.testkit.judge.scratch import Scratch


@pytest.fixture
def files(tmp_path):
    (tmp_path / "outside").write_text("secret")
    (tmp_path / "in").mkdir()
    scratch = Scratch(os.open(tmp_path / "in", os.O_RDONLY | os.O_DIRECTORY), "/scratch")
    folder = scratch.fresh()
    yield Files(folder)
    folder.close()
    scratch.close()


@pytest.fixture
def real(tmp_path, files):
    return tmp_path / "in" / "t1"


def test_names_are_relative_or_as_the_solution_sees_them(files):
    path = files.write("a/b.txt", "é")
    assert path == "/scratch/t1/a/b.txt"
    assert files.read(path) == files.read("a/b.txt") == "é".encode()
    assert files.text("a//./b.txt") == "é"
    assert files.path() == files.root == "/scratch/t1"


def test_trees_modes_and_links(files, real):
    files.write("b/c", b"1", mode=0o600)
    files.write("a", "")
    files.mkdir("e/f")
    files.link("l", "/etc")
    assert files.tree() == ["a", "b/c", "e/f/", "l"]
    assert files.tree("b") == ["c"]
    assert (files.mode("b/c"), files.mode("a"), files.mode("e")) == (0o600, 0o644, 0o755)
    assert files.is_link("l")
    assert not files.is_link("a")
    files.remove("l")
    assert not files.exists("l")
    assert files.exists("e")


@pytest.mark.parametrize(
    "name", ["../outside", "a/../../outside", "/etc/passwd", "/scratch/t2/x", "up/outside", "file", "a\0b"]
)
def test_nothing_outside_can_be_read_or_written(files, real, tmp_path, name):
    (real / "up").symlink_to(tmp_path)
    (real / "file").symlink_to(tmp_path / "outside")
    for act in (files.read, files.remove if name not in {"file"} else files.read, lambda n: files.write(n, "x")):
        with pytest.raises((OSError, ValueError)):
            act(name)
    assert (tmp_path / "outside").read_text() == "secret"
    assert files.tree() == ["file", "up"]


def test_a_folder_that_becomes_a_link_while_we_walk(files, real, tmp_path):
    (real / "d").mkdir()
    (real / "d" / "outside").write_text("mine")
    stop = threading.Event()

    def swap():
        while not stop.is_set():
            (real / "d").rename(real / "e")
            (real / "d").symlink_to(tmp_path)
            (real / "d").unlink()
            (real / "e").rename(real / "d")

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        for _ in range(500):
            try:
                assert files.text("d/outside") == "mine"
            except OSError:
                continue
    finally:
        stop.set()
        thread.join()


def test_a_pipe_or_a_huge_file_does_not_hold_the_judge(files, real):
    os.mkfifo(real / "pipe")
    with pytest.raises(OSError, match="regular"):
        files.read("pipe")
    with pytest.raises(OSError, match="No such device"):
        files.write("pipe", "x")
    with open(real / "huge", "wb") as huge:
        huge.truncate(1 << 40)
    with pytest.raises(OSError, match="too large"):
        files.read("huge")


def test_a_flood_of_files_is_an_error(files, real):
    for n in range(20_001):
        os.mknod(real / str(n))
    with pytest.raises(OSError, match="too many"):
        files.tree()


def test_sqlite_files_are_made_and_read(files, real):
    path = files.sqlite("a.db", "create table t(n); insert into t values (1)")
    assert path.endswith("/a.db")
    assert files.query("a.db", "select n + ? from t", 2) == [(3,)]
    with sqlite3.connect(real / "a.db") as database:
        database.execute("insert into t values (2)")
    database.close()
    assert files.query("a.db", "select n from t") == [(1,), (2,)]
    assert files.query("a.db", "pragma table_info(t)")[0][1] == "n"


def test_a_write_ahead_log_is_read_too(files, real):
    database = sqlite3.connect(real / "a.db", isolation_level=None)
    database.execute("pragma journal_mode = wal")
    database.execute("create table t(n, x)")
    database.execute("begin")
    for n in range(500):
        database.execute("insert into t values (?, ?)", (n, "x" * 100))
    database.execute("commit")
    database.execute("begin")
    database.execute("insert into t values (1000, 'not yet')")
    assert files.query("a.db", "select count(*), max(n) from t") == [(500, 499)]
    database.execute("commit")
    assert files.query("a.db", "select count(*), max(n) from t") == [(501, 1000)]
    database.close()
    assert files.query("a.db", "select count(*) from t") == [(501,)]


@pytest.mark.parametrize(
    "sql",
    [
        "attach '/etc/passwd' as x",
        "insert into t values (1)",
        "pragma journal_mode = wal",
        "select load_extension('x')",
        "with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) from r",
    ],
)
def test_queries_only_read_and_end(files, sql):
    files.sqlite("a.db", "create table t(n)")
    with pytest.raises(sqlite3.Error):
        files.query("a.db", sql)


def test_a_hostile_database_is_an_error(files):
    files.write("a.db", os.urandom(5000))
    files.write("b.db", b"SQLite format 3\0" + os.urandom(5000))
    for name in ("a.db", "b.db"):
        with pytest.raises(sqlite3.Error):
            files.query(name, "select * from t")


def test_attack_a_link_in_place_of_a_fresh_folder_leads_nowhere(tmp_path, monkeypatch):
    target = tmp_path / "target"
    target.mkdir(mode=0o700)
    home = tmp_path / "home"
    home.mkdir()
    scratch = Scratch(os.open(home, os.O_RDONLY), "/scratch")
    real = os.mkdir

    def mkdir_and_swap(name, mode, *, dir_fd):
        real(name, mode, dir_fd=dir_fd)
        (home / name).rename(home / "aside")
        (home / name).symlink_to(target)

    monkeypatch.setattr(os, "mkdir", mkdir_and_swap)
    with pytest.raises(OSError, match="t1"):
        scratch.fresh()
    assert target.stat().st_mode & 0o777 == 0o700
