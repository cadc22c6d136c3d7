import hashlib
import hmac
import os

import pandas as pd


def pseudonymise(frame, column, key=None):
    key = key or os.urandom(32)
    out = frame.copy()
    out[column] = frame[column].apply(
        lambda n: n if pd.isna(n) else hmac.new(key, str(int(n)).encode(), hashlib.sha256).hexdigest()[:8]
    )
    return out
