"""Send what a visitor typed into the contact form to our inbox."""

import base64
import email.utils
import re
import smtplib
import ssl
import time
import unicodedata

_PORT = 587
_TIMEOUT = 30.0
_MAX_REPLY = 64 * 1024

# --- The mail -----------------------------------------------------------------
#
# The headers are put together here rather than by email.message: that parses
# what it is given, and would take "=?utf-8?q?...?=" in a visitor's subject or
# name for an encoded word.

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@({_LABEL}(?:\.{_LABEL})*)")
_PLAIN = re.compile(r"(?! )[ -~]+(?<! )")
_Q_SAFE = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!*+-/"
)
_FOLD = "\r\n "


def _address(text: object) -> str:
    """`text` if it is one plain e-mail address and nothing besides."""
    if not isinstance(text, str) or len(text) > 254:
        raise ValueError("not an e-mail address")
    match = _ADDRESS.fullmatch(text)
    # "=?" is allowed there, but would be decoded by some programs.
    if not match or len(match[1]) > 64 or "=?" in text:
        raise ValueError("not an e-mail address")
    return text


def _one_line(form: dict[str, str], key: str) -> str:
    """What was typed in a field that goes into a header."""
    text = _field(form, key)
    for char in text:
        # Control characters, line and paragraph separators.
        if unicodedata.category(char) in ("Cc", "Zl", "Zp"):
            raise ValueError(f"line break or control character in {key}")
    return text


def _field(form: dict[str, str], key: str) -> str:
    text = form.get(key)
    if not isinstance(text, str):
        raise ValueError(f"{key} is missing")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(f"{key} is not valid text") from None
    return text


def _encoded(text: str) -> list[str]:
    """`text` as encoded words (RFC 2047), as few as possible."""

    def quoted(char: str) -> str:
        return "".join(
            chr(byte) if chr(byte) in _Q_SAFE else "=%02X" % byte
            for byte in char.encode("utf-8")
        )

    def chunks(pieces: list[bytes], size: int) -> list[bytes]:
        result = [b""]
        for piece in pieces:
            if len(result[-1]) + len(piece) > size:
                result.append(b"")
            result[-1] += piece
        return result

    # A word has at most 75 characters, 12 of them around the text, and no
    # character may be cut in two.
    q_words = [
        f"=?utf-8?q?{chunk.decode('ascii')}?="
        for chunk in chunks([quoted(char).encode("ascii") for char in text], 63)
    ]
    b_words = [
        f"=?utf-8?b?{base64.b64encode(chunk).decode('ascii')}?="
        for chunk in chunks([char.encode("utf-8") for char in text], 45)
    ]
    return min(q_words, b_words, key=len)


def _is_plain(text: str, size: int) -> bool:
    return len(text) <= size and bool(_PLAIN.fullmatch(text)) and "=?" not in text


def _subject(text: str) -> str:
    if not text:
        return _encoded("[contact] ")[0]  # the space would get lost at the end
    if _is_plain(text, 60):
        return "[contact] " + text
    return _FOLD.join(["[contact]", *_encoded(text)])


def _mailbox(name: str, address: str) -> str:
    if not name.strip():
        return address
    if _is_plain(name, 300):
        words = ['"' + re.sub(r'(["\\])', r"\\\1", name) + '"']
    else:
        words = _encoded(name)
    if len(words[0]) > 60:
        words.insert(0, "")  # begin on a line of its own
    return _FOLD.join([*words, "<" + address + ">"])


def _compose(form: dict[str, str], inbox: str, copy: bool) -> tuple[bytes, list[str]]:
    """The mail and whom it goes to; ValueError if it cannot be made."""
    inbox = _address(inbox)
    visitor = _address(form.get("email"))
    name = _one_line(form, "name")
    subject = _one_line(form, "subject")
    text = _field(form, "text")

    headers = [
        ("From", inbox),
        ("To", inbox),
        ("Reply-To", _mailbox(name, visitor)),
        ("Subject", _subject(subject)),
        ("Date", email.utils.formatdate()),
        ("Message-ID", email.utils.make_msgid(domain=inbox.rpartition("@")[2])),
        ("MIME-Version", "1.0"),
        ("Content-Type", 'text/plain; charset="utf-8"'),
        ("Content-Transfer-Encoding", "base64"),
    ]
    recipients = [inbox]
    if copy:
        headers.insert(2, ("Cc", visitor))
        if visitor != inbox:
            recipients.append(visitor)
    head = "".join(f"{key}: {value}\r\n" for key, value in headers)
    head = head.replace(": \r\n", ":\r\n")
    # Base64, so that no line of the text can mean anything on its way.
    body = base64.encodebytes(
        re.sub(r"(?<!\r)\n", "\r\n", text).encode("utf-8")
    ).replace(b"\n", b"\r\n")
    return head.encode("ascii") + b"\r\n" + body, recipients


# --- The delivery -------------------------------------------------------------


class _Client(smtplib.SMTP):
    """An SMTP client that waits for a whole reply no longer than `timeout`.

    (smtplib itself waits that long for every piece of it, and for any number
    of pieces.)  It takes from the connection no byte behind the reply, so that
    nothing that was smuggled in before TLS is read as an answer afterwards.
    """

    def getreply(self) -> tuple[int, bytes]:
        deadline = time.monotonic() + self.timeout
        reply = []
        size = 0
        try:
            if self.sock is None:
                raise smtplib.SMTPServerDisconnected("not connected")
            while True:
                line = bytearray()
                while not line.endswith(b"\n"):
                    left = deadline - time.monotonic()
                    if left <= 0:
                        raise TimeoutError("no answer from the mail server")
                    self.sock.settimeout(left)
                    byte = self.sock.recv(1)
                    if not byte:
                        raise smtplib.SMTPServerDisconnected(
                            "the mail server closed the connection"
                        )
                    line += byte
                    size += 1
                    if size > _MAX_REPLY:
                        raise smtplib.SMTPServerDisconnected(
                            "endless answer from the mail server"
                        )
                if not re.match(rb"[2-5][0-9][0-9](?:[ -]|\r?\n)", line):
                    raise smtplib.SMTPServerDisconnected(
                        "the mail server does not speak SMTP"
                    )
                reply.append(bytes(line[4:]).strip(b" \t\r\n"))
                if line[3:4] != b"-":
                    break
            self.sock.settimeout(self.timeout)
        except BaseException:
            self.close()
            raise
        return int(line[:3]), b"\n".join(reply)

    def authenticate(self, user: str, password: str) -> None:
        methods = self.esmtp_features.get("auth", "").upper().split()
        if "PLAIN" in methods:
            token = _base64(f"\0{user}\0{password}")
            code, reply = self.docmd("AUTH", "PLAIN " + token)
        elif "LOGIN" in methods:
            code, reply = self.docmd("AUTH", "LOGIN")
            for answer in (user, password):
                if code == 334:
                    code, reply = self.docmd(_base64(answer))
        else:
            self.login(user, password)
            return
        if code != 235:
            raise smtplib.SMTPAuthenticationError(code, reply)

    def expect(self, result: tuple[int, bytes], *codes: int) -> None:
        if result[0] not in codes:
            raise smtplib.SMTPResponseException(*result)


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")


def _deliver(
    mail: bytes,
    sender: str,
    recipients: list[str],
    server: str,
    user: str,
    password: str,
) -> None:
    context = ssl.create_default_context()  # checks certificate and host name
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # Without local_hostname smtplib would ask the DNS for our own name.
    client = _Client(
        server, _PORT, local_hostname="[127.0.0.1]", timeout=_TIMEOUT
    )
    try:
        client.expect(client.ehlo(), 250)
        client.expect(client.starttls(context=context), 220)
        if not isinstance(client.sock, ssl.SSLSocket):
            raise ssl.SSLError("connection is not encrypted")
        client.expect(client.ehlo(), 250)
        client.authenticate(user, password)
        client.expect(client.mail(sender), 250)
        # Either all of them get it, or nobody.
        for recipient in recipients:
            client.expect(client.rcpt(recipient), 250, 251)
        client.expect(client.data(mail), 250)
        # It is delivered: whatever happens now is no failure any more.
        try:
            client.timeout = 5.0
            client.docmd("QUIT")
        except Exception:
            pass
    finally:
        client.close()


def forward(
    form: dict[str, str],
    inbox: str,
    server: str,
    user: str,
    password: str,
    copy: bool = False,
) -> None:
    """Mail `form` to `inbox` and, with `copy`, to the visitor.

    Raises ValueError, before anything is sent, if no proper mail can be made
    of it, and OSError if it could not be delivered.
    """
    mail, recipients = _compose(form, inbox, copy)
    if "\0" in user or "\0" in password:
        raise ValueError("NUL in user or password")
    try:
        _deliver(mail, inbox, recipients, server, user, password)
    except OSError:
        raise
    except Exception as error:
        # Such as UnicodeError for an impossible host name, or what smtplib
        # makes of an answer that is none.
        raise OSError(f"mail could not be delivered: {error}") from error
