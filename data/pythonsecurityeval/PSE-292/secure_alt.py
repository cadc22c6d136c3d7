import base64
import json
import sqlite3

from cryptography.fernet import Fernet, InvalidToken


class PrivateFields:
    def __init__(self, path, key):
        self.path = path
        self.box = Fernet(base64.urlsafe_b64encode(key))

    def _run(self, sql, *values):
        connection = sqlite3.connect(self.path)
        try:
            with connection:
                return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def put(self, customer, field, text):
        token = self.box.encrypt(json.dumps({"customer": customer, "field": field, "text": text}).encode())
        self._run("DELETE FROM private WHERE customer = ? AND field = ?", customer, field)
        self._run("INSERT INTO private (customer, field, sealed) VALUES (?, ?, ?)", customer, field, token)

    def get(self, customer, field):
        rows = self._run("SELECT sealed FROM private WHERE customer = ? AND field = ?", customer, field)
        if not rows:
            raise KeyError((customer, field))
        try:
            content = json.loads(self.box.decrypt(rows[0][0]))
        except (InvalidToken, TypeError) as error:
            raise ValueError("altered, or another key") from error
        if (content["customer"], content["field"]) != (customer, field):
            raise ValueError("belongs elsewhere")
        return content["text"]
