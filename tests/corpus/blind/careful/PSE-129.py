import shutil
import subprocess


def _split(line: str) -> list[str]:
    """The words of `line`: blanks, quotes and backslashes count, nothing else does."""
    words: list[str] = []
    word: list[str] | None = None
    quote = ""
    characters = iter(line)
    for char in characters:
        if quote:
            if char == quote:
                quote = ""
            elif char == "\\" and quote == '"':
                following = next(characters, None)
                if following is None:
                    raise ValueError("a quote is never closed")
                if following not in '"\\':
                    word.append(char)
                word.append(following)
            else:
                word.append(char)
        elif char in " \t":
            if word is not None:
                words.append("".join(word))
                word = None
        else:
            if word is None:
                word = []
            if char in "'\"":
                quote = char
            elif char == "\\":
                following = next(characters, None)
                if following is None:
                    raise ValueError("nothing follows the last backslash")
                word.append(following)
            else:
                word.append(char)
    if quote:
        raise ValueError("a quote is never closed")
    if word is not None:
        words.append("".join(word))
    return words


def run_line(line: str, allowed: dict[str, int]) -> tuple[int, str]:
    """Run the program that `line` names; return exit status and standard output."""
    # The end of the line is no part of it.
    words = _split(line.rstrip("\r\n"))
    if not words:
        raise ValueError("the line has no word")
    name, arguments = words[0], words[1:]
    if name not in allowed:
        raise PermissionError(f"not allowed: {name!r}")
    if len(arguments) > allowed[name]:
        raise ValueError(f"{name} takes at most {allowed[name]} words")
    if any("\0" in argument for argument in arguments):
        raise ValueError("a word must not contain a null character")
    program = shutil.which(name)
    if program is None:
        raise FileNotFoundError(f"not installed: {name!r}")
    done = subprocess.run(
        [name, *arguments],
        executable=program,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8", "replace")
