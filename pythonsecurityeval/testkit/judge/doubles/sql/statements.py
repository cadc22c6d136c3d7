"""Text in, statements out: what they are, and where one ends."""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlglot
import sqlglot.errors
import sqlglot.tokens
from sqlglot import exp
from sqlglot.dialects.mysql import MySQL
from sqlglot.tokens import Token, TokenType

from pythonsecurityeval.testkit.judge.doubles.sql.errors import SqlError

Flavour = Literal["mysql", "postgres", "tsql"]
MOST_TEXT = 1 << 18
#: What is kept of texts that are read more than once, as the tables of a suite are for each of its tests.
CACHED_TEXT = 4096

_NAME = r"[`\"]?(\w+)[`\"]?"
_END = r"\s*$"
#: Statements that steer a transaction; what follows the word does not matter here.
_TRANSACTIONS: tuple[tuple[str, str], ...] = (
    (rf"(?:ROLLBACK|ABORT)(?:\s+(?:WORK|TRANSACTION))?\s+TO\s+(?:SAVEPOINT\s+)?{_NAME}{_END}", "back"),
    (rf"SAVEPOINT\s+{_NAME}{_END}", "savepoint"),
    (rf"RELEASE\s+(?:SAVEPOINT\s+)?{_NAME}{_END}", "release"),
    (r"(?:BEGIN|START\s+TRANSACTION)\b()", "begin"),
    (r"(?:COMMIT|END)\b()", "commit"),
    (r"(?:ROLLBACK|ABORT)\b()", "rollback"),
    (r"SET\b()", "set"),
    (r"USE\b()", "nothing"),
    (r"(?:UNLOCK\s+TABLES|LOCK\s+TABLES?|ANALYZE|FLUSH|DISCARD|DEALLOCATE|RESET|LISTEN|GRANT|REVOKE)\b()", "nothing"),
    (r"(?:CREATE|ALTER|DROP)\s+(?:DATABASE|SCHEMA|USER|LOGIN|ROLE|EXTENSION)\b()", "nothing"),
    (r"(?:COMMENT\s+ON|NOTIFY)\b()", "nothing"),
    (r"(?:VACUUM|REINDEX)\b()", "alone"),
)


@dataclass(frozen=True)
class Piece:
    """One statement of a text: its own text without comments around it, and its tokens."""

    text: str
    tokens: tuple[Token, ...]

    @property
    def word(self) -> str:
        """Its first word, upper case."""
        match = re.match(r"\w+", self.text)
        return match[0].upper() if match else ""


#: What a backslash and a character mean to MySQL; of all others the character remains.
_ESCAPES = {"0": "\0", "n": "\n", "r": "\r", "t": "\t", "b": "\b", "Z": "\x1a", "\\": "\\"}
_PLAIN = set(map(chr, range(1, 128))) - set("%_")


class Mysql8(MySQL):
    """MySQL with all escapes that its drivers write."""

    class Tokenizer(MySQL.Tokenizer):
        """Within backticks a backslash is a letter like others."""

        def _scan_identifier(self, identifier_end: str) -> None:
            self._advance()
            name = self._extract_string(identifier_end, escapes={identifier_end}, raw_string=True)
            self._add(TokenType.IDENTIFIER, name)

    UNESCAPED_SEQUENCES = {"\\" + c: _ESCAPES.get(c, c) for c in _PLAIN | _ESCAPES.keys()}  # noqa: RUF012  the library's form


@functools.lru_cache(maxsize=3)
def dialect(flavour: Flavour) -> sqlglot.Dialect:
    """The dialect of a server. The library's warnings are no news to anybody."""
    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)
    return sqlglot.Dialect.get_or_raise(Mysql8 if flavour == "mysql" else flavour)


#: Quoted text, comments, and what looks like a comment to all but MySQL, with the least version that runs it. What
#: never ends goes to the end of the text, so that each letter is read once.
_VERSIONED = re.compile(
    r"""'(?:[^'\\]|\\.?|'')*+(?:'|\Z)|"(?:[^"\\]|\\.?|"")*+(?:"|\Z)|`[^`]*+(?:`|\Z)|\#[^\n]*|--(?=\s)[^\n]*"""
    r"""|/\*(?!!).*?(?:\*/|\Z)|/\*!(?P<version>\d{5,6})?(?P<code>.*?)(?:\*/|\Z)""",
    re.DOTALL,
)
_VERSION = 80036


def _conditional(text: str) -> str:
    """The text with ``/*! … */`` as MySQL reads it: as code, unless it is for a later version."""

    def code(match: re.Match[str]) -> str:
        runs = match["code"] is not None and int(match["version"] or 0) <= _VERSION
        return f" {match['code']} " if runs else match[0]

    return _VERSIONED.sub(code, text) if "/*!" in text else text


def split(text: str, flavour: Flavour) -> tuple[Piece, ...]:
    """The statements of a text, in order.

    Raises:
        SqlError: A quote never ends, or the text is larger than any honest one.
    """
    if len(text) > MOST_TEXT:
        raise SqlError("too_big", "the statement is too long")
    return _split_once(text, flavour) if len(text) <= CACHED_TEXT else _split(text, flavour)


def _split(text: str, flavour: Flavour) -> tuple[Piece, ...]:
    if flavour == "mysql":
        text = _conditional(text)
    try:
        tokens = dialect(flavour).tokenize(text)
    except (sqlglot.errors.SqlglotError, RecursionError) as error:
        raise SqlError("syntax", "unterminated quoted string", text[:80]) from error
    return tuple(Piece(text[part[0].start : part[-1].end + 1], part) for part in _parts(tokens))


_split_once = functools.lru_cache(maxsize=256)(_split)


def _parts(tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    part: list[Token] = []
    for token in tokens:
        if token.token_type is not TokenType.SEMICOLON:
            part.append(token)
        elif part:
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)


def steering(piece: Piece) -> tuple[str, str] | None:
    """What a statement that steers a transaction or a session does, with the name it gives; None for all others."""
    for pattern, action in _TRANSACTIONS:
        if match := re.match(pattern, piece.text, re.IGNORECASE):
            return action, match[1].lower()
    return None


def parse(piece: Piece, flavour: Flavour) -> exp.Expression:
    """The tree of one statement.

    Raises:
        SqlError: It does not parse.
    """
    return parse_text(piece.text, flavour, piece.tokens)


def parse_text(text: str, flavour: Flavour, tokens: Sequence[Token] | None = None) -> exp.Expression:
    """The tree of one statement, given as text.

    Raises:
        SqlError: It does not parse.
    """
    language = dialect(flavour)
    try:
        trees = language.parser(error_level=sqlglot.ErrorLevel.IMMEDIATE).parse(
            list(tokens) if tokens is not None else language.tokenize(text), text
        )
    except (sqlglot.errors.SqlglotError, RecursionError) as error:
        raise SqlError("syntax", "syntax error", _near(error) or text[:80]) from error
    if len(trees) != 1 or trees[0] is None:
        raise SqlError("syntax", "syntax error", text[:80])
    return trees[0]


def _near(error: Exception) -> str:
    details = getattr(error, "errors", None)
    return str(details[0].get("highlight") or "")[:80] if details else ""


def projection_texts(piece: Piece) -> list[str] | None:
    """The source of each column of an outermost SELECT, which is what MySQL names it by; None if that is not plain."""
    tokens = list(piece.tokens)
    if not tokens or tokens[0].token_type is not TokenType.SELECT:
        return None
    start = 2 if len(tokens) > 1 and tokens[1].token_type in {TokenType.DISTINCT, TokenType.ALL} else 1
    found: list[list[Token]] = [[]]
    depth = 0
    for token in tokens[start:]:
        depth += (token.token_type is TokenType.L_PAREN) - (token.token_type is TokenType.R_PAREN)
        if depth == 0 and token.token_type in _AFTER_COLUMNS:
            break
        if depth == 0 and token.token_type is TokenType.COMMA:
            found.append([])
        else:
            found[-1].append(token)
    base = tokens[0].start
    return [piece.text[c[0].start - base : c[-1].end + 1 - base] for c in found if c]


_AFTER_COLUMNS = {
    TokenType.FROM,
    TokenType.WHERE,
    TokenType.UNION,
    TokenType.ORDER_BY,
    TokenType.GROUP_BY,
    TokenType.LIMIT,
    TokenType.HAVING,
    TokenType.INTO,
    TokenType.FOR,
}
