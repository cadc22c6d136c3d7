import subprocess


def words_of(line):
    words, word, quote, chars = [], None, "", iter(line)
    for char in chars:
        if quote:
            if char == quote:
                quote = ""
            elif char == "\\" and quote == '"':
                following = next(chars, "")
                word += following if following in ('"', "\\") else char + following
            else:
                word += char
        elif char in "'\"":
            quote, word = char, word or ""
        elif char == "\\":
            word = (word or "") + next(chars, "")
        elif char.isspace():
            if word is not None:
                words.append(word)
            word = None
        else:
            word = (word or "") + char
    if quote:
        raise ValueError("open quote")
    return words if word is None else [*words, word]


def run_line(line, allowed):
    program, *arguments = words_of(line) or [None]
    if program is None:
        raise ValueError("empty line")
    if program not in allowed:
        raise PermissionError(program)
    if len(arguments) > allowed[program]:
        raise ValueError("too many words")
    done = subprocess.run([program, *arguments], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, check=False)
    return done.returncode, done.stdout.decode(errors="replace")
