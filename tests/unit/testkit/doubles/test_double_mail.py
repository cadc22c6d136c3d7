"""What smtplib sends is what lies in the box, with everything that was smuggled in."""

import contextlib
import os
import smtplib
import ssl
import time
from email.message import EmailMessage

import pytest

from pythonsecurityeval.testkit.judge.doubles import mime, tls
from pythonsecurityeval.testkit.judge.doubles.mail import Login, Mail


@pytest.fixture
def mail(net, wire):
    return Mail(net)


def letter(**headers):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "me@x.org", "bob@x.org", "Hé"
    for name, value in headers.items():
        message[name] = value
    message.set_content("Hello\n.\n..dots\nbye\n")
    return message


def test_mail_is_delivered_as_sent(mail):
    mail.server("mx.example")
    with smtplib.SMTP("mx.example") as client:
        client.send_message(letter(Cc="c@x.org", Bcc="eve@evil.example"))
    (entry,) = mail.box
    assert (entry.sender, entry.to) == ("me@x.org", ["bob@x.org", "eve@evil.example", "c@x.org"])
    assert entry.message["subject"] == "Hé"
    assert entry.message.get_content() == "Hello\n.\n..dots\nbye\n"
    assert not entry.tls


def test_injected_header_is_delivered_as_a_header(mail):
    mail.server("mx.example")
    text = "Subject: Hi\r\nBcc: eve@evil.example\r\nX: y\n\nbuy"
    with smtplib.SMTP("mx.example") as client:
        client.sendmail("me@x.org", ["bob@x.org"], text)
    assert mail.box[0].message["bcc"] == "eve@evil.example"
    assert mail.box[0].message.keys() == ["Subject", "Bcc", "X"]


def test_injected_command_adds_a_recipient(mail, wire):
    mail.server("mx.example")
    with wire.open("mx.example", 25) as sock:
        user = "bob@x.org>\r\nRCPT TO:<eve@evil.example"
        sock.sendall(f"EHLO me\r\nMAIL FROM:<a@x.org>\r\nRCPT TO:<{user}>\r\nDATA\r\nhi\r\n.\r\nQUIT\r\n".encode())
        while sock.recv(4096):
            pass
    assert mail.box[0].to == ["bob@x.org", "eve@evil.example"]


def test_end_of_data_in_a_body_starts_a_second_mail(mail, wire):
    mail.server("mx.example")
    evil = "hi\r\n.\r\nMAIL FROM:<boss@x.org>\r\nRCPT TO:<eve@evil.example>\r\nDATA\r\nSubject: forged\r\n\r\n."
    with wire.open("mx.example", 25) as sock:
        sock.sendall(f"EHLO me\r\nMAIL FROM:<a@x.org>\r\nRCPT TO:<b@x.org>\r\nDATA\r\n{evil}\r\nQUIT\r\n".encode())
        while sock.recv(4096):
            pass
    assert [entry.sender for entry in mail.box] == ["a@x.org", "boss@x.org"]


def test_starttls_and_login(mail):
    mail.server("mx.example", 587, users={"me": "pw"})
    with smtplib.SMTP("mx.example", 587) as client:
        client.starttls(context=ssl.create_default_context())
        client.login("me", "pw")
        client.send_message(letter())
    assert mail.logins == [Login("me", "pw", tls=True)]
    assert mail.box[0].tls
    assert mail.box[0].user == "me"


@pytest.mark.parametrize("mechanism", ["auth_plain", "auth_login"])
@pytest.mark.parametrize("initial", [True, False])
def test_mechanisms(mail, mechanism, initial):
    mail.server("mx.example", users={"mé": "p w"})
    with smtplib.SMTP("mx.example") as client:
        client.ehlo()
        client.user, client.password = "me", "p w"
        name = mechanism.removeprefix("auth_").upper()
        with pytest.raises(smtplib.SMTPAuthenticationError):
            client.auth(name, getattr(client, mechanism), initial_response_ok=initial)
    assert mail.logins == [Login("me", "p w", tls=False)]


def test_password_in_the_clear_is_seen(mail):
    mail.server("mx.example", 587, starttls=False)
    with smtplib.SMTP("mx.example", 587) as client:
        with pytest.raises(smtplib.SMTPNotSupportedError):
            client.starttls()
        client.login("me", "pw")
    assert mail.logins == [Login("me", "pw", tls=False)]


def test_wrong_password_and_mail_without_login(mail):
    mail.server("mx.example", users={"me": "pw"})
    with smtplib.SMTP("mx.example") as client:
        with pytest.raises(smtplib.SMTPSenderRefused):
            client.send_message(letter())
        with pytest.raises(smtplib.SMTPAuthenticationError):
            client.login("me", "no")
    assert mail.box == []


@pytest.mark.parametrize("kind", ["untrusted", "expired", "wrong_host"])
def test_smtps_client_that_checks_refuses_a_bad_certificate(mail, kind):
    mail.server("mx.example", 465, tls=True, certificate=kind)
    with pytest.raises(ssl.SSLError):
        smtplib.SMTP_SSL("mx.example", 465, context=ssl.create_default_context())
    with smtplib.SMTP_SSL("mx.example", 465) as careless:
        careless.login("me", "pw")
    assert mail.logins == [Login("me", "pw", tls=True)]


def test_refused_recipients(mail):
    mail.server("mx.example", refused=["no@x.org"])
    with smtplib.SMTP("mx.example") as client:
        assert set(client.sendmail("a@x.org", ["no@x.org", "b@x.org"], "hi")) == {"no@x.org"}
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            client.sendmail("a@x.org", ["no@x.org"], "hi")
    assert [entry.to for entry in mail.box] == [["b@x.org"]]


def test_too_large_mail_is_refused(mail):
    mail.server("mx.example")
    with smtplib.SMTP("mx.example") as client, pytest.raises(smtplib.SMTPResponseException):
        client.sendmail("a@x.org", ["b@x.org"], "x" * (9 << 20))
    assert mail.box == []


def test_server_that_never_greets(mail, wire, net):
    mail.server("slow.example", stall=True)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        smtplib.SMTP("slow.example")
    assert mail.hung == ["slow.example"]
    assert net.slow("slow.example")
    with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        smtplib.SMTP("slow.example", timeout=0.02)
    wire.join()
    assert mail.gave_up == ["slow.example"]


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\xff\xfe\r\n",
        b"A" * 20000,
        b"MAIL\r\n",
        b"MAIL FROM:\r\nRCPT TO:\r\nDATA\r\n",
        b"AUTH PLAIN !!\r\n",
        b"AUTH X\r\n",
    ],
    ids=range(6),
)
def test_nonsense_is_no_error(mail, wire, nonsense):
    mail.server("mx.example")
    with wire.open("mx.example", 25) as sock:
        sock.sendall(nonsense + b"\r\nQUIT\r\n")
        with contextlib.suppress(ConnectionResetError):
            while sock.recv(4096):
                pass
    wire.join()
    assert mail.box == []


def test_mail_nested_too_deeply_is_refused(mail):
    mail.server("mx.example")
    bomb = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(3000))
    with smtplib.SMTP("mx.example") as client, pytest.raises(smtplib.SMTPDataError):
        client.sendmail("a@x.org", ["b@x.org"], bomb)
    assert mail.box == []


def test_tls_of_a_literal_address(mail):
    mail.server("93.184.216.34", 465, tls=True)
    with smtplib.SMTP_SSL("93.184.216.34", 465, context=ssl.create_default_context()) as client:
        assert client.noop()[0] == 250
    assert tls.KINDS[0] == "valid"


PARTS = b"Content-Type: multipart/mixed; boundary=a\n\n"


@pytest.mark.parametrize(
    "raw",
    [
        PARTS + b"--a\n\n" * 100_000,
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(400))
        + b"\n" * 200_000,
        b"".join(b"cOnTent-type: multipart/mixed; boundary=b%d\r\r--b%d\r" % (i, i) for i in range(400))
        + b"\r" * 200_000,
        b"Content-Type: text/plain" + b"; a*0*=x" * 8000 + b"\n\n",
        b"Content-Type: text/plain;\n" + b" a*0*=x;\n" * 8000 + b"\n\n",
        b'Content-Type: multipart/mixed; boundary="' + b"=?utf-8?q?a?= " * 8000 + b'"\n\n',
    ],
)
def test_attack_a_mail_that_takes_minutes_to_parse(raw):
    started = time.process_time()
    if mime.effort(raw) <= mime.MOST_EFFORT:
        mime.parse(raw)
    assert time.process_time() - started < 1


def test_attack_mail_upon_mail_until_the_judge_is_busy_for_ever(net):
    mail = Mail(net)
    raw = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(40))
    raw += b"\n" * 90_000
    assert mime.effort(raw) <= mime.MOST_EFFORT
    started = time.process_time()
    with pytest.raises(ConnectionAbortedError):
        list(map(mail.parse, [raw] * 200))
    assert time.process_time() - started < 5


def test_an_honest_mail_with_many_large_attachments_is_parsed():
    message = EmailMessage()
    message["Subject"] = "x" * 5000
    message.set_content("hello\n" * 2000)
    message.add_alternative("<p>hello</p>" * 2000, subtype="html")
    for number in range(20):
        message.add_attachment(os.urandom(100_000), maintype="image", subtype="png", filename=f"{number}" * 200)
    raw = message.as_bytes()
    assert mime.effort(raw) <= mime.MOST_EFFORT
    parsed = mime.parse(raw)
    assert parsed is not None
    assert len(list(parsed.iter_attachments())) == 20


def test_attack_announce_more_data_than_the_judge_can_hold(net, wire):
    mail = Mail(net)
    mail.server("mail.example")
    sock = wire.open("mail.example", 25)
    stream = sock.makefile("rb")
    stream.readline()
    started = time.process_time()
    with pytest.raises(OSError):  # noqa: PT011  reset or broken, as the case may be
        flood(sock, stream)
    assert time.process_time() - started < 5
    stream.close()
    sock.close()
    wire.join()


def flood(sock, stream):
    for _ in range(30):
        for line in (b"MAIL FROM:<a@b>\r\n", b"RCPT TO:<c@d>\r\n", b"DATA\r\n"):
            sock.sendall(line)
            stream.readline()
        for _ in range(50):
            sock.sendall(b"a\n" * 50_000)
        sock.sendall(b".\r\n")
        if not stream.readline():
            raise ConnectionAbortedError


def test_a_dot_in_the_middle_of_a_long_line_ends_nothing(net, wire):
    mail = Mail(net)
    mail.server("mail.example")
    body = "x" * 65536 + "."
    sock = wire.open("mail.example", 25)
    stream = sock.makefile("rb")
    stream.readline()
    for line in ("MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA", f"\r\n{body}\r\n..dot\r\n.", "QUIT"):
        sock.sendall(line.encode() + b"\r\n")
        stream.readline()
    stream.close()
    sock.close()
    wire.join()
    assert mail.box[0].raw == f"\r\n{body}\r\n.dot\r\n".encode()
