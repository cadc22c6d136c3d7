"""Users that statements make: CREATE, ALTER and DROP USER (or ROLE)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from sqlglot.tokens import Token, TokenType

from pythonsecurityeval.testkit.judge.doubles.sql.errors import SqlError
from pythonsecurityeval.testkit.judge.doubles.sql.statements import Piece

_FILLERS: Final = {"IF", "NOT", "EXISTS"}
_KINDS: Final = {"USER", "ROLE", "LOGIN"}
_MOST: Final = 1000
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def change(accounts: dict[str, str | None], piece: Piece) -> None:
    """Do what a statement says to a server's users; one about anything else says nothing.

    Args:
        accounts: Their names and passwords, None for those without one.
        piece: The statement.

    Raises:
        SqlError: The user is there already, or is not.
    """
    words = [token.text.upper() for token in piece.tokens[:2]]
    if len(words) < 2 or words[1] not in _KINDS or words[0] not in {"CREATE", "ALTER", "DROP"}:  # noqa: PLR2004  verb and kind
        return
    rest = [t for t in piece.tokens[2:] if t.token_type is TokenType.STRING or t.text.upper() not in _FILLERS]
    lenient = len(rest) < len(piece.tokens) - 2
    verb = words[0]
    for name, password in list(_named(rest, every=verb == "DROP")):
        exists = name in accounts
        if exists == (verb == "CREATE"):
            if not lenient:
                raise SqlError("account", f"{verb} USER failed", name)
        elif verb == "DROP":
            del accounts[name]
        elif len(accounts) < _MOST:
            accounts[name] = password if password is not None else accounts.get(name)


def _named(tokens: list[Token], *, every: bool) -> Iterator[tuple[str, str | None]]:
    """Users with the passwords that follow them."""
    if every:
        yield from ((t.text, None) for n, t in enumerate(tokens) if n == 0 or tokens[n - 1].text == ",")
    elif tokens:
        yield tokens[0].text, _password(tokens)


def _password(tokens: list[Token]) -> str | None:
    for before, token in itertools.pairwise(t for t in tokens if t.text != "="):
        if before.text.upper() not in {"BY", "PASSWORD"}:
            continue
        if token.token_type in {TokenType.STRING, TokenType.HEREDOC_STRING}:
            return token.text
        if token.token_type is TokenType.BYTE_STRING:  # PostgreSQL's E'…'
            return _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1]), token.text)
    return None
