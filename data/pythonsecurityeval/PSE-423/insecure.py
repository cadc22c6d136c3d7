from email.utils import formataddr


def consenting(connection):
    rows = connection.execute(
        "SELECT name, email, consent, MAX(id) AS latest FROM subscribers GROUP BY lower(email) ORDER BY latest"
    )
    recipients = []
    for name, email, consent, _ in rows:
        if consent == 1:
            recipients.append(formataddr(((name or "").strip().replace("  ", " "), email)))
    return recipients
