"""The scanner's own process: reads sources from a socket, answers with what Bandit finds.

Started through the house's one door, so nothing of the working directory, the user's site or the
environment takes part; it imports the standard library and Bandit, and nothing else.

Wire: one JSON value a line. First come the options, and the worker names the rules it has; then each
source, a string, gets one answer. A source that takes too long kills the process by ``SIGPROF``: a
timer on CPU seconds with the default action, which nothing in the process can hold up.
"""

from __future__ import annotations

import codecs
import contextlib
import gc
import importlib
import importlib.metadata
import inspect
import io
import json
import logging
import re
import resource
import signal
import socket
import sys
import tokenize
import warnings
from collections.abc import Iterable
from typing import Any

#: Bandit's command line calls its visitor from the fifth frame, under Python's default limit. Nesting that it
#: accepts must be accepted here, and the other way round.
_CLI_FRAMES = 5
_CLI_RECURSION_LIMIT = 1000

_LARGE = 200_000
_MAX_FINDINGS = 10_000
_MAX_MESSAGE = 500
_NOSEC = re.compile(r"#\s*nosec")
_DECLARED = re.compile(rb"coding[:=][ \t]*([-\w.]+)")
_UTF8 = codecs.lookup("utf-8")

Reply = dict[str, Any]


def printable(text: str, limit: int = _MAX_MESSAGE) -> str:
    """``text`` as one bounded line without control characters, whatever it was made of."""
    line = " ".join(text[: 4 * limit].split())
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
    return line if len(line) <= limit else line[: limit - 1] + "…"


class Rules:
    """The default rules of the installed Bandit, and no one else's.

    Bandit also loads rules that other packages register. Those are dropped and no configuration
    is read, so that a verdict depends on the pinned version alone.
    """

    def __init__(self) -> None:
        loader = importlib.import_module("bandit.core.extension_loader").MANAGER
        loader.plugins = [p for p in loader.plugins if p.plugin.__module__.startswith("bandit.plugins.")]
        loader.blacklist = self._blacklist(loader.blacklists_mgr)
        config = importlib.import_module("bandit.core.config").BanditConfig()
        self.tests = importlib.import_module("bandit.core.test_set").BanditTestSet(config)
        self.visitor = importlib.import_module("bandit.core.node_visitor").BanditNodeVisitor
        self.metrics = importlib.import_module("bandit.core.metrics").Metrics
        self.meta = importlib.import_module("bandit.core.meta_ast").BanditMetaAst()
        listed = {rule["id"]: rule["name"] for rules in loader.blacklist.values() for rule in rules}
        coded = {vars(plugin.plugin)["_test_id"]: plugin.name for plugin in loader.plugins}
        self.names = sorted([rule_id, name] for rule_id, name in {**listed, **coded}.items())

    @staticmethod
    def _blacklist(extensions: Any) -> dict[str, list[Any]]:
        merged: dict[str, list[Any]] = {}
        for extension in extensions:
            if extension.plugin.__module__.startswith("bandit.blacklists."):
                for node, rules in extension.plugin().items():
                    merged.setdefault(node, []).extend(rules)
        return merged


class Failures:
    """Rules that raised. Bandit only logs them, but without them nothing is proven clean."""

    def __init__(self) -> None:
        self.first = ""

    def record(self, rule: str, context: Any, error: Exception) -> None:
        """Stand in for Bandit's ``report_error``."""
        if isinstance(error, MemoryError):
            raise error
        line = getattr(context.node, "lineno", 0)
        self.first = self.first or f"rule {rule} failed at line {line}: {type(error).__name__}"


def frames() -> int:
    """How many frames the caller's is from the bottom, itself included."""
    count, frame = -1, inspect.currentframe()
    while frame is not None:
        count, frame = count + 1, frame.f_back
    return count


def findings_of(rules: Rules, data: bytes, failures: Failures) -> list[Any]:
    """Bandit's findings on the bytes of a file, ordered by place and rule."""
    metrics = rules.metrics()
    metrics.begin("./candidate.py")
    visitor = rules.visitor("./candidate.py", io.BytesIO(data), rules.meta, rules.tests, False, {}, metrics)  # noqa: FBT003 - Bandit's signature
    visitor.tester.report_error = failures.record
    sys.setrecursionlimit(_CLI_RECURSION_LIMIT + frames() - _CLI_FRAMES)
    visitor.process(data)
    issues = sorted(visitor.tester.results, key=lambda i: (i.lineno, i.col_offset, i.test_id, i.text))
    return [
        [i.test_id, i.test, i.cwe.id, i.severity, i.confidence, i.lineno, printable(i.text)]
        for i in issues[:_MAX_FINDINGS]
    ]


def _comment(line: bytes) -> bool:
    return line.lstrip(b" \t\f\xef\xbb\xbf").startswith(b"#")


def declares_other_encoding(data: bytes) -> bool:
    """Whether the bytes, which are UTF-8, may say to Python that they are something else."""
    for line in data.splitlines()[:2]:
        for name in _DECLARED.findall(line) if _comment(line) else ():
            try:
                if codecs.lookup(name.decode()) != _UTF8:
                    return True
            except (LookupError, ValueError):
                return True
    return False


def without_declaration(data: bytes) -> bytes:
    """The same bytes, lines and columns, with an encoding declaration made harmless."""
    lines = data.splitlines(keepends=True)
    for number, line in enumerate(lines[:2]):
        if _comment(line):
            lines[number] = line.replace(b"coding", b"c0ding")
    return b"".join(lines)


def suppressions_in(code: str) -> int:
    """How many comments ask Bandit to look away, as far as the text can be cut into tokens."""
    count = 0
    if "nosec" in code:
        try:
            for token in tokenize.generate_tokens(io.StringIO(code, newline=None).readline):
                count += token.type == tokenize.COMMENT and _NOSEC.search(token.string) is not None
        except (tokenize.TokenError, SyntaxError, MemoryError):
            return count
    return count


def has_code(code: str) -> bool:
    """Whether there is a line that is neither blank, nor a comment, nor the mere continuation of one of these."""
    lines = re.split(r"[\r\n]", code.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))  # as Python cuts, not `splitlines`
    return any(not re.match(r"[\s\\]*(#|$)", line) for line in lines)


def unscannable(reason: str, status: str = "unscannable") -> Reply:
    """The answer where no verdict is possible."""
    return {"status": status, "reason": printable(reason)}


def scanned(rules: Rules, code: str, data: bytes) -> Reply:
    """The answer where Bandit runs to its end."""
    failures = Failures()
    findings = findings_of(rules, data, failures)
    if declares_other_encoding(data):
        as_text = findings_of(rules, without_declaration(data), failures)
        if [(f[0], f[5]) for f in findings] != [(f[0], f[5]) for f in as_text]:
            return unscannable("its encoding declaration changes what the text means")
    if not findings and failures.first:
        return unscannable(failures.first)
    if not findings and not has_code(code):
        return unscannable("nothing but comments", "no_code")
    return {"status": "scanned", "findings": findings}


def verdict(rules: Rules, code: str) -> Reply:
    """The answer to one source, whatever it holds."""
    if not code.strip():
        return unscannable("empty", "no_code")
    if "\0" in code:
        return unscannable("holds a NUL byte")
    try:
        return scanned(rules, code, code.encode())
    except UnicodeEncodeError:
        return unscannable("holds half of a surrogate pair, which no file can")
    except SyntaxError as error:
        return unscannable(f"does not parse: line {error.lineno or 0}: {error.msg}")
    except (RecursionError, MemoryError):
        return unscannable("nested too deeply, or needs too much memory")
    except Exception as error:  # noqa: BLE001 - whatever Bandit raises on a file is a verdict on that file
        return unscannable(f"Bandit failed: {type(error).__name__}")


def answer(rules: Rules, code: str, cpu_s: float) -> Reply:
    """`verdict` under the time limit, with the count of suppressions."""
    signal.setitimer(signal.ITIMER_PROF, cpu_s)
    try:
        return {**verdict(rules, code), "suppressions": suppressions_in(code)}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def confine(memory_mb: int) -> None:
    """Take the limits, leave no core file behind, leave Ctrl-C to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGPROF])
    for kind in (resource.RLIMIT_CPU, resource.RLIMIT_DATA):  # those of the shell are no part of a verdict
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (hard, hard))
    for kind, wanted in ((resource.RLIMIT_AS, memory_mb << 20), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY and hard < wanted:
            sys.exit(f"the address space is limited to {hard}, and the scanner needs {wanted}; see ulimit -v")
        with contextlib.suppress(ValueError):  # macOS does not limit address space; it is not where runs are judged
            resource.setrlimit(kind, (wanted, hard))


def serve(options: dict[str, Any], requests: Iterable[bytes], wire: socket.socket) -> None:
    """Answer until the requests end."""
    confine(options["memory_mb"])
    sys.path.append(options["site"])
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    rules = Rules()
    gc.collect()
    gc.freeze()
    send(wire, {"version": importlib.metadata.version("bandit"), "rules": rules.names})
    for line in requests:
        if len(line) > _LARGE:
            gc.collect()  # Bandit ties every tree into cycles; left over, they would count against this source
        send(wire, answer(rules, json.loads(line), options["cpu_s"]))


def send(wire: socket.socket, value: Reply) -> None:
    """One value, as one line."""
    wire.sendall(json.dumps(value).encode() + b"\n")


def main(descriptor: int) -> None:
    """Serve the parent at the other end of the socket until it closes it, or is gone."""
    with socket.socket(fileno=descriptor) as wire, wire.makefile("rb") as requests, contextlib.suppress(OSError):
        serve(json.loads(requests.readline()), requests, wire)
