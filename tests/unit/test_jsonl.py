"""The reader of JSON lines names what is wrong with each line and goes on; the writer writes all or nothing."""

import gzip

import pytest

from pythonsecurityeval import _jsonl
from pythonsecurityeval._jsonl import Problems, read_rows, write_lines
from pythonsecurityeval.errors import InfrastructureError, UsageError


def read(path):
    problems = Problems("p.jsonl")
    return list(read_rows(str(path), problems)), problems.listed


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "p.jsonl:2: $: not JSON: Expecting property name enclosed in double quotes at column 2"),
        (b"{} {}", "p.jsonl:2: $: not JSON: Extra data at column 4; every line must be one JSON object"),
        (b'{"a": 1, "b": 2, "a": 3}', "p.jsonl:2: $: key 'a' stands twice; keep one"),
        (b'{"a": NaN}', "p.jsonl:2: $: NaN is not JSON; use null or leave the key out"),
        (b'{"a": -Infinity}', "p.jsonl:2: $: -Infinity is not JSON; use null or leave the key out"),
        (b'{"a": "\xff"}', "p.jsonl:2: $: not UTF-8 at byte 7; save the file as UTF-8"),
        (b"[" * 100_000, "p.jsonl:2: $: nested too deeply; a row is a flat object"),
        (b'{"a": ' + b"[" * 64 + b"]" * 64 + b"}", "p.jsonl:2: $: nested too deeply; a row is a flat object"),
        (b'{"a": -1e999}', "p.jsonl:2: $: -1e999 is larger than any number here; write it as a string"),
        (b"1" * 5000, "p.jsonl:2: $: Exceeds the limit (4300 digits) for integer string conversion"),
    ],
)
def test_a_bad_line_is_named_and_reading_goes_on(tmp_path, line, message):
    file = tmp_path / "p.jsonl"
    file.write_bytes(b'{"a": 1}\n' + line + b'\n{"b": 2}\n')
    rows, problems = read(file)
    assert rows == [(1, {"a": 1}), (3, {"b": 2})]
    assert len(problems) == 1
    assert problems[0].startswith(message)


def test_byte_order_mark(tmp_path):
    (tmp_path / "p.jsonl").write_bytes(b"\xef\xbb\xbf{}\n")
    assert read(tmp_path / "p.jsonl")[1] == [
        "p.jsonl:1: $: starts with a byte order mark; save the file as UTF-8 without it"
    ]


def test_a_line_of_100_mb_is_refused_without_holding_it(tmp_path):
    with (tmp_path / "p.jsonl").open("wb") as file:
        for _ in range(100):
            file.write(b"x" * 2**20)
        file.write(b'\n{"a": 1}\n')
    rows, problems = read(tmp_path / "p.jsonl")
    assert rows == [(2, {"a": 1})]
    assert problems == ["p.jsonl:1: $: longer than 16 MB; a sample of that size is no program, drop it"]


def test_gzip_and_blank_lines_are_read(tmp_path):
    (tmp_path / "p.jsonl.gz").write_bytes(gzip.compress(b'{"a": 1}\n\n  \n{"b": 2}'))
    assert read(tmp_path / "p.jsonl.gz") == ([(1, {"a": 1}), (4, {"b": 2})], [])


def test_carriage_returns_are_line_ends(tmp_path):
    (tmp_path / "p.jsonl").write_bytes(b'{"a": 1}\r\n{"b": 2}\r\n')
    assert read(tmp_path / "p.jsonl") == ([(1, {"a": 1}), (2, {"b": 2})], [])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda p: None, "no such file"),
        (lambda p: p.mkdir(), "is a directory"),
        (lambda p: p.write_bytes(b"no gzip"), "not a whole gzip file"),
        (lambda p: p.write_bytes(gzip.compress(b"{}" * 999)[:-9]), "not a whole gzip file"),
    ],
)
def test_what_cannot_be_read_at_all(tmp_path, make, message):
    make(tmp_path / "p.gz")
    with pytest.raises(UsageError, match=message):
        read(tmp_path / "p.gz")


def test_at_most_fifty_problems_are_listed_and_the_others_counted():
    problems = Problems("p")
    for line in range(1, 61):
        problems.add(line, "bad")
    with pytest.raises(UsageError) as error:
        problems.raise_if_any()
    lines = str(error.value).splitlines()
    assert len(lines) == 51
    assert lines[-1] == "… and 10 more problems"


def test_a_failed_write_leaves_the_old_file_and_no_draft(tmp_path):
    path = tmp_path / "a.jsonl"
    write_lines(path, ["old"])

    def lines():
        yield "new"
        raise OSError(28, "No space left on device")

    with pytest.raises(InfrastructureError, match=r"a\.jsonl: cannot be written: No space left on device; free space"):
        write_lines(path, lines())
    assert path.read_text() == "old\n"
    assert list(tmp_path.iterdir()) == [path]


def test_no_space_left_on_the_device_is_one_line():
    with pytest.raises(InfrastructureError, match="No space left on device"), _jsonl.writable("/dev/full"):
        with open("/dev/full", "w") as full:
            full.write("x")
