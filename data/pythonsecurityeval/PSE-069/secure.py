import hmac
import secrets


def pseudonymise(frame, column, key=None):
    secret = secrets.token_bytes(32) if key is None else key

    def pseudonym(number):
        return hmac.new(secret, b"%d" % number, "sha256").hexdigest()[:32]

    numbers = frame[column]
    names = {number: pseudonym(number) for number in numbers.dropna().unique()}
    return frame.assign(**{column: numbers.map(names).astype(object)})
