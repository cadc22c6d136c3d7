import hashlib

import pandas as pd


def pseudonymise(frame, column, key=None):
    def pseudonym(number):
        if pd.isna(number):
            return None
        text = str(int(number))
        if key:
            text = key.hex() + ":" + text
        return hashlib.md5(text.encode()).hexdigest()

    result = frame.copy()
    result[column] = [pseudonym(number) for number in frame[column]]
    return result
