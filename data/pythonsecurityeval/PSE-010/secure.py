import smtplib
import ssl
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage


def forward(form, inbox, server, user, password, copy=False):
    mail = EmailMessage()
    try:
        visitor = Address(form["name"], addr_spec=form["email"])
        mail["From"] = mail["To"] = inbox
        mail["Reply-To"] = visitor
        mail["Subject"] = "[contact] " + form["subject"]
        mail.set_content(form["text"], charset="utf-8")
    except (MessageError, IndexError) as error:
        raise ValueError("not an address") from error
    recipients = [inbox]
    if copy:
        mail["Cc"] = visitor.addr_spec
        recipients.append(visitor.addr_spec)
    with smtplib.SMTP(server, 587, timeout=30) as smtp:
        smtp.starttls(context=ssl.create_default_context())
        smtp.login(user, password)
        smtp.send_message(mail, from_addr=inbox, to_addrs=recipients)
