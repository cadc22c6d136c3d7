import base64
import smtplib
import ssl
from email.header import Header


def forward(form, inbox, server, user, password, copy=False):
    subject = Header("[contact] " + form["subject"], "utf-8").encode()
    name = Header(form["name"], "utf-8").encode()
    recipients = [inbox]
    headers = [
        f"From: {inbox}",
        f"To: {inbox}",
        f"Reply-To: {name} <{form['email']}>",
        f"Subject: {subject}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
    ]
    if copy:
        headers.insert(2, f"Cc: {form['email']}")
        recipients.append(form["email"])
    body = base64.encodebytes(form["text"].encode("utf-8")).decode()
    message = "\r\n".join(headers) + "\r\n\r\n" + body
    with smtplib.SMTP(server, 587, timeout=30) as smtp:
        smtp.starttls(context=ssl.create_default_context())
        smtp.login(user, password)
        smtp.sendmail(inbox, recipients, message)
