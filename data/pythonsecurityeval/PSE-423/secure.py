from email.utils import formataddr


def consenting(connection):
    latest = {}
    for name, email, consent in connection.execute("SELECT name, email, consent FROM subscribers ORDER BY id"):
        latest.pop(email.lower(), None)
        latest[email.lower()] = name, email, consent
    return [formataddr((" ".join((name or "").split()), email)) for name, email, consent in latest.values() if consent == 1]
