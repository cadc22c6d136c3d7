"""Hostile JSON: any at all, values shaped almost like those of the wire, and valid texts with a few bytes changed."""

import json

from hypothesis import settings
from hypothesis import strategies as st

LONG = settings.get_current_profile_name() == "fuzz"
FUZZ = settings() if LONG else settings(settings.get_profile("few"))

TAGS = [
    "i",
    "b",
    "T",
    "S",
    "F",
    "D",
    "dec",
    "datetime",
    "date",
    "time",
    "td",
    "uuid",
    "path",
    "h",
    "cb",
    "g",
    "re",
    "cls",
    "o",
    "",
]
TEXTS = (
    st.text(max_size=20)
    | st.sampled_from(
        ["0x10", "-0x1", "AAAA", "1e400", "NaN", "sNaN", "-Infinity", "1e9999", "0" * 50, "2020-01-01", "24:00", "os:system",
         "2020-01-01T00:00:00+23:59:59.999999", "../..", "\0", "\ud800", "\x1b[31m", "\u202e", "__class__", "passed"]
    )
)  # fmt: skip
NUMBERS = (
    st.integers(-3, 70) | st.integers() | st.floats() | st.sampled_from([1 << 53, 1 << 64, 10**400, -(10**400), 1e308])
)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS


def nested(depth):
    """Lists in lists, to any depth that JSON can be read in."""
    return json.loads("[" * depth + "]" * depth)


JSON = st.recursive(
    SCALARS | st.integers(1, 900).map(nested),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(TEXTS, inner, max_size=4)
        | st.builds(lambda t, v: {"t": t, "v": v}, st.sampled_from(TAGS), inner)
        | st.builds(lambda v: {"t": "D", "v": [[v, v]]}, inner)
        | st.builds(lambda v: {"t": "h", "v": 1, "n": v}, inner)
    ),
    max_leaves=12,
)


def objects(**known):
    """Objects with the keys of a known shape, each rightly filled, wrongly filled, or left out, and now and then more."""
    keys = {key: right | JSON for key, right in known.items()}
    return (
        st.fixed_dictionaries({}, optional=keys)
        | st.fixed_dictionaries(known)
        | st.fixed_dictionaries(keys)
        | st.fixed_dictionaries(keys, optional={"more": JSON})
        | JSON
    )


@st.composite
def changed(draw, valid):
    """Bytes of a valid text with a few of them changed, taken out, doubled or put elsewhere."""
    data = bytearray(draw(valid))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        match draw(st.integers(0, 3)):
            case 0:
                data[at : at + 1] = draw(st.binary(max_size=3))
            case 1:
                del data[at : at + draw(st.integers(1, 8))]
            case 2:
                data[at:at] = data[at : at + draw(st.integers(1, 30))]
            case _:
                data[at:at] = draw(st.sampled_from([b'"', b"{", b"]", b"\n", b"\0", b"\xff", b"9" * 5000, b"[" * 2000]))
    return bytes(data)
