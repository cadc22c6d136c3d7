import codecs
import os
from collections.abc import Iterator

_BUFFER = 32768


def read_lines(path: str, longest: int = 65536) -> Iterator[str]:
    """Yield the lines of a text file, each cut to `longest` characters."""
    if longest < 0:
        raise ValueError("longest must not be negative")
    os.stat(path)  # a missing file is reported at once, not at the first item
    return _lines(path, longest)


def _lines(path: str, longest: int) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    kept = ""  # the first `longest` characters of the current line
    length = 0  # number of its characters so far, kept or not
    last = ""  # the last one of them
    with open(path, "rb", buffering=0) as file:
        while True:
            data = file.read(_BUFFER)
            text = decoder.decode(data, final=not data)
            position = 0
            while position < len(text):
                end = text.find("\n", position)
                stop = len(text) if end < 0 else end
                if stop > position:
                    room = longest - len(kept)
                    if room > 0:
                        kept += text[position : min(stop, position + room)]
                    length += stop - position
                    last = text[stop - 1]
                if end < 0:
                    break
                if last == "\r" and length <= longest:
                    kept = kept[:-1]
                position = end + 1
                yield kept
                kept = last = ""
                length = 0
            if not data:
                break
    if length:
        yield kept
