import re
from urllib.parse import parse_qsl, unquote_plus

LINE = re.compile(r'(\S+) - - \[[^\]"]*\] "[A-Z]+ [^ "?]*\?([^ "]*) HTTP/[0-9.]+" [0-9]+ [0-9-]+\s*')
WORDS = re.compile(r"\w+|[^\w\s]")
AFTER = {"'": {"or", "and"}, '"': {"or", "and"}, ";": {"drop", "delete", "insert", "update"}}


def plain(text):
    """The text with each closed comment as a blank."""
    kept, place = [], 0
    while (start := text.find("/*", place)) >= 0 and (end := text.find("*/", start + 2)) >= 0:
        kept += [text[place:start], " "]
        place = end + 2
    return "".join([*kept, text[place:]])


def telling(words):
    for place, word in enumerate(words):
        following = words[place + 1 : place + 3]
        if word == "union" and (following[:1] == ["select"] or following == ["all", "select"]):
            return True
        if following and following[0] in AFTER.get(word, ()):
            return True
    return False


def sql_attempts(lines):
    found = []
    for number, line in enumerate(lines, start=1):
        if match := LINE.fullmatch(line):
            values = [unquote_plus(value) for _, value in parse_qsl(match[2], max_num_fields=None)]
            if any(telling(WORDS.findall(plain(value.lower()))) for value in values):
                found.append((number, match[1]))
    return found
