import base64
import contextlib
import re
import smtplib
import ssl
from email import policy
from email.mime.text import MIMEText
from email.utils import formatdate, make_msgid

PORT = 587
TIMEOUT = 30

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")


def forward(
    form: dict[str, str],
    inbox: str,
    server: str,
    user: str,
    password: str,
    copy: bool = False,
) -> None:
    """Send a filled-in contact form to `inbox` (and, with `copy`, to the visitor).

    ValueError: the form cannot be made into such a mail; nothing was sent.
    OSError: the delivery failed.
    """
    mail = _build(form, inbox, copy)
    recipients = [inbox]
    if copy and form["email"] != inbox:
        recipients.append(form["email"])

    try:
        _deliver(mail, inbox, recipients, server, user, password)
    except Exception as exc:
        # Certificate errors are ValueErrors as well; callers shall not take
        # them for a bad form.
        if isinstance(exc, OSError) and not isinstance(exc, ValueError):
            raise
        raise OSError(f"delivery failed: {exc}") from exc


def _build(form: dict[str, str], inbox: str, copy: bool) -> bytes:
    for key in ("name", "email", "subject", "text"):
        if not isinstance(form.get(key), str):
            raise ValueError(f"no {key} in the form")
        form[key].encode("utf-8")  # UnicodeEncodeError is a ValueError
    for key in ("name", "subject"):
        if re.search(r"[\r\n\0]", form[key]):
            raise ValueError(f"line break in {key}")
    address = form["email"]
    if (
        not _ADDRESS.fullmatch(address)
        or len(address) > 254
        or address.index("@") > 64
    ):
        raise ValueError("not a mail address")

    # The text goes base64-encoded, so nothing in it can mean anything to SMTP.
    text = re.sub(r"\r\n|\r|\n", "\r\n", form["text"])
    mail = MIMEText(text, "plain", "utf-8")
    mail["From"] = inbox
    mail["To"] = inbox
    mail["Reply-To"] = f"{_encode(form['name'])} <{address}>".lstrip()
    if copy:
        mail["Cc"] = address
    mail["Subject"] = _encode("[contact] " + form["subject"])
    mail["Date"] = formatdate()
    mail["Message-ID"] = make_msgid(domain=inbox.rpartition("@")[2] or None)
    return mail.as_bytes(policy=policy.compat32.clone(linesep="\r\n"))


def _encode(text: str) -> str:
    """`text` as RFC 2047 encoded words, one a line."""
    chunks = [""]
    for char in text:
        if len((chunks[-1] + char).encode("utf-8")) > 45:
            chunks.append("")
        chunks[-1] += char
    return "\n ".join(
        f"=?utf-8?b?{base64.b64encode(chunk.encode('utf-8')).decode('ascii')}?="
        for chunk in chunks
        if chunk
    )


def _deliver(
    mail: bytes,
    sender: str,
    recipients: list[str],
    server: str,
    user: str,
    password: str,
) -> None:
    smtp = smtplib.SMTP(server, PORT, timeout=TIMEOUT)
    try:
        smtp.starttls(context=ssl.create_default_context())
        smtp.login(user, password)
        # Not sendmail(), which goes ahead when only some recipients are refused.
        code, reply = smtp.mail(sender)
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, reply, sender)
        for recipient in recipients:
            code, reply = smtp.rcpt(recipient)
            if code not in (250, 251):
                raise smtplib.SMTPRecipientsRefused({recipient: (code, reply)})
        code, reply = smtp.data(mail)
        if code != 250:
            raise smtplib.SMTPDataError(code, reply)
        with contextlib.suppress(OSError):  # it is delivered by now
            smtp.quit()
    finally:
        smtp.close()
