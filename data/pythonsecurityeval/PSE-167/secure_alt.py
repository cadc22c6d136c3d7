import os
import uuid
from typing import NamedTuple

import flask
from werkzeug import security


class Ticket(NamedTuple):
    user: str
    number: str


class Gate:
    """Flask's signed session holds user and ticket; a ticket counts until it is handed back."""

    def __init__(self, users):
        self.users = dict(users)
        self.valid = set()

    def ticket(self):
        ticket = Ticket(flask.session.get("user", ""), flask.session.get("number", ""))
        return ticket if ticket in self.valid else None

    def login(self):
        user, password = (flask.request.form.get(field) or "" for field in ("username", "password"))
        if not security.check_password_hash(self.users.get(user) or "", password):
            return {"error": "That did not work."}, 401
        ticket = Ticket(user, uuid.uuid4().hex)
        self.valid.add(ticket)
        flask.session.clear()
        flask.session.update(ticket._asdict())
        return {"user": user}

    def me(self):
        ticket = self.ticket()
        if not ticket:
            return {"error": "Please sign in."}, 401
        return {"user": ticket.user}

    def logout(self):
        self.valid.discard(self.ticket())
        flask.session.clear()
        return "", 204


def create_app(users):
    app, gate = flask.Flask("site"), Gate(users)
    app.config.from_mapping(SECRET_KEY=os.urandom(32), SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Strict")
    for path, view, method in (("/login", gate.login, "POST"), ("/me", gate.me, "GET"), ("/logout", gate.logout, "POST")):
        app.add_url_rule(path, view_func=view, methods=[method])
    return app
