"""Pseudonyms for the customer numbers of a DataFrame."""

import decimal
import hashlib
import hmac
import secrets

import numpy
import pandas
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

__all__ = ["pseudonymise"]

_LOWEST, _HIGHEST = 1, 9_999_999
# Letters only, so that no spreadsheet takes a pseudonym for a number.
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def _number(value) -> int:
    """The customer number that ``value`` stands for."""
    if not isinstance(value, (bool, numpy.bool_)) and isinstance(
        value, (int, float, numpy.integer, numpy.floating, decimal.Decimal)
    ):
        try:
            number = int(value)
        except (OverflowError, ValueError):
            number = 0
        if number == value and _LOWEST <= number <= _HIGHEST:
            return number
    raise ValueError("the column holds something that is not a customer number")


def _pseudonyms(numbers: list[int], secret: bytes) -> list[str]:
    # A block cipher permutes its blocks: different numbers cannot meet. The
    # blocks are all different, so ECB (each block on its own) hides them well.
    encryptor = Cipher(algorithms.AES(secret), modes.ECB()).encryptor()
    plain = b"".join(number.to_bytes(16, "big") for number in numbers)
    text = (encryptor.update(plain) + encryptor.finalize()).hex().translate(_LETTERS)
    return [text[start : start + 32] for start in range(0, len(text), 32)]


def _replaced(series: pandas.Series, secret: bytes) -> pandas.Series:
    values = series.astype(object).to_numpy(dtype=object)
    present = ~numpy.asarray(series.isna(), dtype=bool)
    out = values.copy()
    if present.any():
        chosen = series.iloc[numpy.flatnonzero(present)]
        if chosen.dtype == object:
            # Not left to factorize(), for which True and 1 are the same.
            numbers = [_number(value) for value in values[present]]
            codes, unique = pandas.factorize(numpy.array(numbers, dtype="int64"))
        else:
            codes, unique = pandas.factorize(chosen)
        distinct = [_number(value) for value in list(unique)]
        pseudonyms = numpy.empty(len(distinct), dtype=object)
        pseudonyms[:] = _pseudonyms(distinct, secret)
        out[present] = pseudonyms[codes]
    return pandas.Series(out, index=series.index, name=series.name, dtype=object)


def pseudonymise(
    frame: pandas.DataFrame, column: str, key: bytes | None = None
) -> pandas.DataFrame:
    """Returns a copy of ``frame`` with pseudonyms for the numbers of ``column``.

    With ``key`` (16 to 64 secret bytes) they are the same in every delivery.
    """
    if key is None:
        key = secrets.token_bytes(32)
    elif not isinstance(key, (bytes, bytearray)):
        raise TypeError("key must be bytes")
    elif not 16 <= len(key) <= 64:
        raise ValueError("key must have 16 to 64 bytes")
    # The key is the message here, as HMAC itself pads short keys with zeros
    # and would take "k" and "k\0" for the same.
    secret = hmac.new(b"pseudonymise: key of AES-256", bytes(key), hashlib.sha256).digest()

    place = frame.columns.get_loc(column)  # KeyError if there is none
    if isinstance(place, slice):
        positions = list(range(*place.indices(frame.shape[1])))
    elif isinstance(place, numpy.ndarray):
        positions = [int(position) for position in numpy.flatnonzero(place)]
    else:
        positions = [int(place)]

    result = frame.copy()
    for position in positions:
        result.isetitem(position, _replaced(frame.iloc[:, position], secret))
    return result
