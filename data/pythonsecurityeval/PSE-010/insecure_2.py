import smtplib
from email.headerregistry import Address
from email.message import EmailMessage


def forward(form, inbox, server, user, password, copy=False):
    visitor = Address(display_name=form["name"], addr_spec=form["email"])
    msg = EmailMessage()
    msg["Subject"] = f"[contact] {form['subject']}"
    msg["From"] = inbox
    msg["To"] = inbox
    msg["Reply-To"] = visitor
    if copy:
        msg["Cc"] = form["email"]
    msg.set_content(form["text"])
    with smtplib.SMTP(server, 587, timeout=30) as s:
        s.ehlo()
        s.starttls()
        s.login(user, password)
        s.send_message(msg)
