import string

from sqlalchemy.dialects.sqlite.base import SQLiteIdentifierPreparer, dialect

PREPARER = SQLiteIdentifierPreparer(dialect())
LETTERS = string.ascii_letters + "_"


def split(text):
    """The first name of a text and what comes behind it."""
    if text.startswith('"'):
        name, place = "", 1
        while True:
            end = text.find('"', place)
            if end < 0:
                raise ValueError("a quote is missing")
            name += text[place:end]
            if text[end + 1 : end + 2] != '"':
                break
            name, place = name + '"', end + 2
        rest = text[end + 1 :]
    else:
        rest = text.lstrip(LETTERS + string.digits)
        name = text[: len(text) - len(rest)].lower()
        if name[:1] in string.digits:
            raise ValueError("a name cannot begin like that")
    if not name:
        raise ValueError("a name is empty")
    return name, rest


def table_reference(typed, catalogue):
    name, rest = split(typed.strip())
    schema = "main"
    if rest.startswith("."):
        schema = name
        name, rest = split(rest[1:])
    if rest:
        raise ValueError(f"cannot read {rest!r}")
    if schema not in catalogue or name not in catalogue[schema]:
        raise LookupError(name)
    return PREPARER.quote_identifier(schema) + "." + PREPARER.quote_identifier(name)
