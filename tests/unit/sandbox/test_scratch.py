# ruff: noqa: PTH101, PTH102, PTH118, PTH208 - names that are not text, and descriptors
import os

import pytest

from pythonsecurityeval.sandbox import scratch


@pytest.fixture
def folder(tmp_path):
    descriptor = os.open(tmp_path, os.O_RDONLY)
    yield descriptor
    os.close(descriptor)


def test_a_folder_deeper_than_any_stack_is_emptied(folder):
    current = os.dup(folder)
    for _ in range(1200):
        os.mkdir("d", dir_fd=current)
        inner = os.open("d", os.O_RDONLY, dir_fd=current)
        os.close(current)
        current = inner
    os.close(current)
    scratch.empty(folder)
    assert os.listdir(folder) == []


def test_links_are_removed_and_not_followed(folder, tmp_path, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "kept").write_text("x")
    (tmp_path / "link").symlink_to(outside)
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "link").symlink_to(outside)
    os.mkfifo(tmp_path / "d" / "pipe")
    scratch.empty(folder)
    assert os.listdir(folder) == []
    assert (outside / "kept").exists()


def test_odd_names_and_locked_folders_are_removed(folder, tmp_path):
    for name in (b"\xff", b".0.emptied", b"-rf", b"new\nline"):
        path = os.path.join(os.fsencode(tmp_path), name)
        os.mkdir(path)
        os.mkdir(os.path.join(path, b".1.emptied"))
        os.mkdir(os.path.join(path, b".1.emptied", name))
        os.chmod(os.path.join(path, b".1.emptied"), 0)
        os.chmod(path, 0)
    os.chmod(tmp_path, 0)
    scratch.empty(folder)
    assert os.listdir(folder) == []


def test_measuring_counts_what_lies_below(folder, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"x" * 100_000)
    size = scratch.measure(folder, 100)
    assert size.inodes == 2
    assert size.bytes >= 100_000
    assert scratch.measure(folder, 0).inodes >= 1
