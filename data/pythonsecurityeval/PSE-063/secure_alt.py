import re

from django.template import Context, Engine

RUNS = Engine().from_string("{% for bold, run in runs %}{% if bold %}<strong>{{ run }}</strong>{% else %}{{ run }}{% endif %}{% endfor %}")


def runs(text, term):
    end = 0
    for match in re.compile(re.escape(term), re.I).finditer(text):
        yield False, text[end : match.start()]
        yield True, match.group()
        end = match.end()
    yield False, text[end:]


def highlight(text, term):
    found = list(runs(text, term)) if term else [(False, text)]
    return RUNS.render(Context({"runs": found}))
