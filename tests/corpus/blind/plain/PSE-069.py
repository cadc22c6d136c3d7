import base64
import hashlib
import numbers
import secrets

import pandas as pd


def pseudonymise(frame: pd.DataFrame, column: str, key: bytes | None = None) -> pd.DataFrame:
    if key is None:
        key = secrets.token_bytes(32)
    elif not 16 <= len(key) <= 64:
        raise ValueError("key must have 16 to 64 bytes")

    known: dict[int, str] = {}

    def pseudonym(value):
        if pd.isna(value):
            return value
        if not isinstance(value, numbers.Real) or isinstance(value, bool):
            raise ValueError(f"not a customer number: {value!r}")
        if value != value // 1 or not 1 <= value <= 9_999_999:
            raise ValueError(f"not a customer number: {value!r}")
        number = int(value)
        if number not in known:
            # 160 bits, so two numbers never share a pseudonym in practice
            digest = hashlib.blake2b(
                number.to_bytes(4, "big"), key=key, digest_size=20, person=b"pseudonymise"
            ).digest()
            known[number] = base64.b32encode(digest).decode("ascii").lower()
        return known[number]

    result = frame.copy()
    result[column] = pd.Series(
        [pseudonym(value) for value in frame[column]], dtype=object
    ).to_numpy()
    return result
