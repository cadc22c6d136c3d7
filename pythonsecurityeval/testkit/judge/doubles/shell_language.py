"""The grammar of the shell double: text in, a tree out.

Understands what `sh` makes of: words, quotes, backslashes, comments,
variables, command substitution in both spellings, pipes, ``;`` ``&`` ``&&``
``||`` ``!``, groups and subshells, redirections. Does not understand: control
structures, functions, here-documents, arithmetic, patterns; those are syntax
errors or plain words, as the case may be.
"""

from __future__ import annotations

import re

from pythonsecurityeval.testkit.judge.doubles.shell_tree import (
    CommandList,
    Group,
    Pipeline,
    Redirection,
    Simple,
    Substitution,
    Text,
    Variable,
    Word,
)

MOST_TEXT = 64 << 10
MOST_DEPTH = 24

_BLANK = " \t"
_BREAKS = " \t\n;&|<>()"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=")
_PARAMETER = re.compile(r"\$(?:\{([A-Za-z_0-9?#*@$!]+)(?::?-([^{}$`]*))?\}|([A-Za-z_][A-Za-z0-9_]*|[0-9?#*@$!]))")
_REDIRECTION = re.compile(r"(\d?)(<|>>|>\||>&|>)|(&)(>>|>)")


class ShellSyntaxError(Exception):
    """The text is no command line, or is longer or deeper than any honest one."""


def parse(text: str, depth: int = 0) -> CommandList:
    """The tree of a command line.

    Raises:
        ShellSyntaxError: It is none.
    """
    if len(text) > MOST_TEXT or "\0" in text:
        raise ShellSyntaxError("too long")
    reader = _Reader(text, depth)
    body = reader.command_list("")
    if not reader.at_end():
        raise ShellSyntaxError(f"unexpected {reader.peek()!r}")
    return body


class _Reader:
    def __init__(self, text: str, depth: int) -> None:
        self.text = text
        self.at = 0
        self.depth = depth

    def at_end(self) -> bool:
        return self.at >= len(self.text)

    def peek(self, size: int = 1) -> str:
        return self.text[self.at : self.at + size]

    def take(self, token: str) -> bool:
        if self.text.startswith(token, self.at):
            self.at += len(token)
            return True
        return False

    def expect(self, token: str) -> None:
        if not self.take(token):
            raise ShellSyntaxError(f"{token!r} is missing")

    def skip(self, characters: str) -> None:
        while True:
            while not self.at_end() and self.peek() in characters:
                self.at += 1
            if self.take("\\\n"):
                continue
            if self.peek() != "#":
                return
            end = self.text.find("\n", self.at)
            self.at = len(self.text) if end < 0 else end

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise ShellSyntaxError("too deep")

    def command_list(self, closer: str) -> CommandList:
        parts: list[tuple[str, Pipeline]] = []
        joint = ";"
        while True:
            self.skip(_BLANK + "\n")
            if self.at_end() or (closer and self.peek() == closer):
                break
            parts.append((joint, self.pipeline()))
            self.skip(_BLANK)
            joint = self.joint(closer)
        if joint != ";":
            raise ShellSyntaxError("unfinished command")
        return CommandList(tuple(parts))

    def joint(self, closer: str) -> str:
        for token in ("&&", "||"):
            if self.take(token):
                return token
        if self.at_end() or (closer and self.peek() == closer):
            return ";"
        if self.peek() in ";&\n":
            self.at += 1
            return ";"
        raise ShellSyntaxError(f"unexpected {self.peek()!r}")

    def pipeline(self) -> Pipeline:
        negated = self.peek(2) in {"! ", "!\t"} and self.take("!")
        commands = [self.command()]
        while self.peek() == "|" and self.peek(2) != "||":
            self.at += 1
            self.skip(_BLANK + "\n")
            commands.append(self.command())
        return Pipeline(tuple(commands), negated)

    def command(self) -> Simple | Group:
        self.skip(_BLANK)
        if self.take("("):
            return self.group(")", subshell=True)
        if self.peek(2) in {"{ ", "{\n", "{\t"} and self.take("{"):
            return self.group("}", subshell=False)
        return self.simple()

    def group(self, closer: str, *, subshell: bool) -> Group:
        self.deeper()
        body = self.command_list(closer)
        self.expect(closer)
        self.depth -= 1
        return Group(body, self.redirections(), subshell)

    def redirections(self) -> tuple[Redirection, ...]:
        found = []
        self.skip(_BLANK)
        while redirection := self.redirection():
            found.append(redirection)
            self.skip(_BLANK)
        return tuple(found)

    def simple(self) -> Simple:
        assignments: list[tuple[str, Word]] = []
        words: list[Word] = []
        redirections: list[Redirection] = []
        while True:
            self.skip(_BLANK)
            if redirection := self.redirection():
                redirections.append(redirection)
            elif self.at_end() or self.peek() in _BREAKS:
                break
            elif not words and (match := _ASSIGNMENT.match(self.text, self.at)):
                self.at = match.end()
                assignments.append((match[1], self.word()))
            else:
                words.append(self.word())
        if not (assignments or words or redirections):
            raise ShellSyntaxError(f"unexpected {self.peek() or 'end'!r}")
        return Simple(tuple(assignments), tuple(words), tuple(redirections))

    def redirection(self) -> Redirection | None:
        match = _REDIRECTION.match(self.text, self.at)
        if not match:
            return None
        if self.peek(2) == "<<":
            raise ShellSyntaxError("here-documents are not understood")
        self.at = match.end()
        self.skip(_BLANK)
        target = self.word()
        if not target:
            raise ShellSyntaxError("a redirection leads nowhere")
        operator = match[2] or match[4]
        if match[3]:
            return Redirection(12, ">>" if operator == ">>" else ">", target)
        fd = int(match[1] or (0 if operator == "<" else 1))
        return Redirection(fd, {"<": "<", ">>": ">>", ">&": ">&"}.get(operator, ">"), target)  # type: ignore[arg-type]  # the table's values are the four

    def word(self) -> Word:
        parts: list[Text | Variable | Substitution] = []
        while not self.at_end() and self.peek() not in _BREAKS:
            if self.take("'"):
                parts.append(Text(self.until("'"), quoted=True))
            elif self.take('"'):
                parts.extend(self.double_quoted())
            else:
                parts.append(self.piece(quoted=False))
        return tuple(parts)

    def until(self, mark: str) -> str:
        end = self.text.find(mark, self.at)
        if end < 0:
            raise ShellSyntaxError("unterminated quoted string")
        found, self.at = self.text[self.at : end], end + len(mark)
        return found

    def double_quoted(self) -> Word:
        parts: list[Text | Variable | Substitution] = [Text("", quoted=True)]
        while not self.take('"'):
            if self.at_end():
                raise ShellSyntaxError("unterminated quoted string")
            parts.append(self.piece(quoted=True))
        return tuple(parts)

    def piece(self, *, quoted: bool) -> Text | Variable | Substitution:
        if self.take("\\"):
            return self.escaped(quoted=quoted)
        if self.take("$("):
            return self.substitution(quoted=quoted)
        if self.take("`"):
            return self.backticks(quoted=quoted)
        if match := _PARAMETER.match(self.text, self.at):
            self.at = match.end()
            return Variable(match[1] or match[3], quoted, match[2] or "")
        self.at += 1
        return Text(self.text[self.at - 1], quoted)

    def escaped(self, *, quoted: bool) -> Text:
        follower = self.peek()
        self.at += 1
        if follower == "\n":
            return Text("", quoted)
        if quoted and follower not in {"$", "`", '"', "\\"}:
            return Text("\\" + follower, quoted=True)
        return Text(follower or "\\", quoted=True)

    def substitution(self, *, quoted: bool) -> Substitution:
        self.deeper()
        body = self.command_list(")")
        self.expect(")")
        self.depth -= 1
        return Substitution(body, quoted)

    def backticks(self, *, quoted: bool) -> Substitution:
        inner = ""
        while not self.take("`"):
            if self.at_end():
                raise ShellSyntaxError("unterminated substitution")
            if self.peek() == "\\" and self.peek(2)[1:] in {"`", "\\", "$"}:
                self.at += 1
            inner += self.peek()
            self.at += 1
        return Substitution(parse(inner, self.depth + 1), quoted)
