import re
import smtplib
import ssl
from contextlib import closing
from email.header import Header
from email.mime.text import MIMEText
from email.utils import formataddr

ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)


def forward(form, inbox, server, user, password, copy=False):
    address = form["email"]
    if not ADDRESS.fullmatch(address):
        raise ValueError("this is no single plain address")
    name, subject = (re.sub(r"\s+|[\x00-\x1f]", " ", form[key]) for key in ("name", "subject"))
    mail = MIMEText(form["text"], "plain", "utf-8")
    mail["From"] = inbox
    mail["To"] = inbox
    mail["Reply-To"] = formataddr((name, address))
    mail["Subject"] = Header("[contact] " + subject, "utf-8")
    if copy:
        mail["Cc"] = address
    with closing(smtplib.SMTP(server, 587, timeout=30)) as client:
        client.starttls(context=ssl.create_default_context())
        client.login(user, password)
        client.sendmail(inbox, [inbox, address] if copy else [inbox], mail.as_bytes())
