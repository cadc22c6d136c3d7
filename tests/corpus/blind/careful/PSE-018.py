import csv
import re
import time
import zlib
from collections.abc import Iterable, Iterator

import httpx
from lxml import etree

_MAX_PAGE = 64 * 1024 * 1024  # bytes of HTML, unpacked
_MAX_SECONDS = 120
_MAX_REDIRECTS = 10
_PIECE = 65536

_PLAIN_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_FORMULA_STARTS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
# Characters a spreadsheet may swallow before it looks at a cell.
_SWALLOWED = "".join(map(chr, range(0x21))) + "\x7f\x85\xa0\u3000\ufeff"
_TEXT = etree.XPath(".//text()[not(ancestor::script or ancestor::style)]")


def _inflate(pieces: Iterable[bytes], gzip: bool) -> Iterator[bytes]:
    """Unpack gzip or deflate in small steps, so that nothing can blow up."""
    engine = None
    for data in pieces:
        while True:
            if engine is None:
                if not data:
                    break
                if gzip:
                    engine = zlib.decompressobj(31)
                else:
                    engine = zlib.decompressobj(15 if data[0] & 0x8F == 8 else -15)
            out = engine.decompress(data, _PIECE)
            if out:
                yield out
            if engine.eof:
                data, engine = engine.unused_data, None
                if not gzip or (data and data[0] != 0x1F):
                    return
                continue
            data = engine.unconsumed_tail
            if not data and len(out) < _PIECE:
                break
    if engine is not None:
        raise ValueError("the page is not complete")


def _unpacked(answer: httpx.Response) -> Iterator[bytes]:
    packings = [
        name
        for name in answer.headers.get("Content-Encoding", "").lower().replace(" ", "").split(",")
        if name not in ("", "identity")
    ]
    if len(packings) > 2:
        raise ValueError("the page is packed too often")
    pieces: Iterator[bytes] = answer.iter_raw()
    for name in reversed(packings):
        if name not in ("gzip", "x-gzip", "deflate"):
            raise ValueError("the page is packed in an unknown way")
        pieces = _inflate(pieces, name != "deflate")
    return pieces


def _get(url: str) -> bytes:
    end = time.monotonic() + _MAX_SECONDS
    try:
        with httpx.Client(
            timeout=30.0, follow_redirects=False, headers={"Accept-Encoding": "identity"}
        ) as client:
            request = client.build_request("GET", url)
            for _ in range(_MAX_REDIRECTS + 1):
                answer = client.send(request, stream=True)
                try:
                    if answer.has_redirect_location and answer.next_request is not None:
                        request = answer.next_request
                        continue
                    if answer.status_code != 200:
                        raise ValueError(f"the page came with status {answer.status_code}")
                    page = bytearray()
                    for piece in _unpacked(answer):
                        page += piece
                        if len(page) > _MAX_PAGE:
                            raise ValueError("the page is too big")
                        if time.monotonic() > end:
                            raise ValueError("the page takes too long")
                    return bytes(page)
                finally:
                    answer.close()
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, zlib.error) as error:
        raise ValueError(f"cannot get the page: {error}") from error
    raise ValueError("too many redirects")


def _first_table(page: bytes):
    # Decoded here, so that nothing in the page can choose another encoding.
    text = page.decode("utf-8-sig", "replace").replace("\0", "\ufffd")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    table = None if root is None else next(root.iter("table"), None)
    if table is None:
        raise ValueError("the page has no table")
    return table


def _harmless(cell: str, first: bool) -> str:
    """The cell, with an apostrophe before it if a spreadsheet would compute it."""
    if _PLAIN_NUMBER.fullmatch(cell):
        return cell
    start = cell.lstrip(_SWALLOWED)
    if start.startswith(_FORMULA_STARTS):
        return "'" + cell
    # "sep=;" at the very beginning of a file would be taken as an instruction.
    if first and re.fullmatch(r"sep=.?", start, re.IGNORECASE | re.DOTALL):
        return "'" + cell
    return cell


def save_table(url: str, path: str) -> int:
    """Write the first table of the page at `url` to the CSV file `path`."""
    rows: list[list[str]] = []
    for tr in _first_table(_get(url)).iter("tr"):
        rows.append(
            [
                _harmless(" ".join("".join(_TEXT(cell)).split()), not rows and number == 0)
                for number, cell in enumerate(tr.iter("td", "th"))
            ]
        )
    with open(path, "w", encoding="utf-8", newline="") as file:
        # Everything in quotes: a file that begins with a bare ID would pass for SYLK.
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    return len(rows)
