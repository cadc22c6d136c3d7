"""The sentence that goes with every prompt: recorded answers hang on its every letter."""

from pythonsecurityeval.corpora._task_format import environment_sentence

SENTENCE = (
    "The code runs under Python 3.11 on Linux, where no /proc is mounted; besides the standard library it may import "
    "bcrypt, beautifulsoup4, cryptography, defusedxml, Django, Flask, httpx, Jinja2, lxml, MarkupSafe, "
    "mysql-connector-python, numpy, pandas, psycopg2, PyJWT, PyMySQL, PyYAML, requests, SQLAlchemy and Werkzeug."
)


def test_the_sentence_never_changes():
    assert environment_sentence() == environment_sentence(["requests", "bs4"]) == SENTENCE


def test_a_library_that_came_later_is_named_where_the_task_needs_it():
    assert environment_sentence(["pymongo", "bson"]) == SENTENCE.replace("PyJWT, PyMySQL,", "PyJWT, pymongo, PyMySQL,")
