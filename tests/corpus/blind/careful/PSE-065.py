"""Share the readings of the lab's instruments: length-prefixed JSON over TCP."""

import asyncio
import json
import re
import socket
import time

_MAX_MESSAGE = 65_536
_MAX_NAMES = 100
# Fifty clients are expected.  The dead ends of broken radio links come on top
# of that; when all places are taken, one that hangs for long makes room.
_MAX_CLIENTS = 128
_STALLED = 60.0
# What may wait for a client before no more requests are taken from it.
_MAX_WAITING = 1024 * 1024
# For what is still to be delivered to a client we hang up on.
_FAREWELL = 2.0

_YES = b'{"ok":true}'
_NO = b'{"ok":false}'


# --- JSON ---------------------------------------------------------------------
#
# Values are kept as the very text they came in: it cannot overflow, lose digits
# or grow beyond what fits into a message again.  So all that is needed here is
# to check the syntax and to find where the members of a request begin and end.


class _NotJson(ValueError):
    pass


def _refuse(constant: str) -> None:
    raise _NotJson(constant + " is not JSON")


# Numbers are not converted: neither 1e999 nor 5000 digits are a problem then.
_scan = json.JSONDecoder(
    parse_int=str, parse_float=str, parse_constant=_refuse
).scan_once

_SPACE = re.compile(r"[ \t\n\r]*")
_TOKEN = re.compile(
    r"[ \t\n\r]*+(?:"
    r"([\[\]{},:])"
    r'|("[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+")'
    r"|((?:-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+|true|false|null))"
    r")"
)


def _skip_deep(text: str, pos: int) -> int:
    """The end of the JSON value at `pos`, however deeply it is nested."""
    # What may come next: v a value, e a value or "]", k a key, f a key or "}",
    # c a colon, n a comma or the end of the innermost array or object.
    state = "v"
    stack = []
    match = _TOKEN.match
    while True:
        found = match(text, pos)
        if not found:
            raise _NotJson
        pos = found.end()
        mark = found[1]
        if mark is None:
            if state in "kf":
                if found[2] is None:
                    raise _NotJson
                state = "c"
                continue
            if state not in "ve":
                raise _NotJson
            state = "n"
        elif mark == "[" and state in "ve":
            stack.append("]")
            state = "e"
        elif mark == "{" and state in "ve":
            stack.append("}")
            state = "f"
        elif mark == "," and state == "n":
            state = "v" if stack[-1] == "]" else "k"
        elif mark == ":" and state == "c":
            state = "v"
        elif (
            stack
            and mark == stack[-1]
            and (state == "n" or state == ("e" if mark == "]" else "f"))
        ):
            stack.pop()
            state = "n"
        else:
            raise _NotJson
        if state == "n" and not stack:
            return pos


def _value(text: str, pos: int) -> tuple[object, int]:
    """The value at `pos` and its end; None for what is nested too deeply."""
    try:
        return _scan(text, pos)
    except StopIteration:
        raise _NotJson from None
    except RecursionError:
        return None, _skip_deep(text, pos)


def _space(text: str, pos: int) -> int:
    return _SPACE.match(text, pos).end()


def _members(text: str) -> dict[str, tuple[object, str]] | None:
    """The members of the JSON object `text`, each with its text.

    None if it is JSON but no object.  Raises ValueError if it is not JSON.
    """
    pos = _space(text, 0)
    members = None
    if text[pos : pos + 1] != "{":
        pos = _value(text, pos)[1]
    else:
        members = {}
        pos = _space(text, pos + 1)
        if text[pos : pos + 1] == "}":
            pos += 1
        else:
            while True:
                if text[pos : pos + 1] != '"':
                    raise _NotJson
                key, pos = _value(text, pos)
                pos = _space(text, pos)
                if text[pos : pos + 1] != ":":
                    raise _NotJson
                start = _space(text, pos + 1)
                value, pos = _value(text, start)
                members[key] = value, text[start:pos]
                pos = _space(text, pos)
                mark = text[pos : pos + 1]
                pos += 1
                if mark == "}":
                    break
                if mark != ",":
                    raise _NotJson
                pos = _space(text, pos)
    if _space(text, pos) != len(text):
        raise _NotJson
    return members


# --- The server ---------------------------------------------------------------


class _Client:
    __slots__ = ("writer", "pending", "since")

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        self.pending = bytearray()  # received, not yet answered
        self.since = time.monotonic()  # the last time anything moved

    def stalled(self, now: float) -> bool:
        """Whether it hangs in the middle of something, and for long."""
        if now - self.since < _STALLED:
            return False
        waiting = self.writer.transport.get_write_buffer_size()
        return bool(self.pending) or waiting > 0


class _Readings:
    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}
        self.clients: set[_Client] = set()

    def answer(self, message: bytes) -> bytes:
        """The answer to a message; ValueError if it is not JSON in UTF-8."""
        members = _members(message.decode("utf-8"))
        if members is None or "do" not in members or "name" not in members:
            return _NO
        # A number's "value" is a str, too (see _scan): look at the text.
        (do, do_text), (name, name_text) = members["do"], members["name"]
        if not (do_text.startswith('"') and name_text.startswith('"')):
            return _NO
        if do == "get":
            value = self.values.get(name)
            if value is None:
                return _NO
            return b'{"ok":true,"value":' + value + b"}"
        if do == "put" and "value" in members:
            if name not in self.values and len(self.values) >= _MAX_NAMES:
                return _NO
            self.values[name] = members["value"][1].encode("utf-8")
            return _YES
        return _NO

    def make_room(self) -> bool:
        if len(self.clients) < _MAX_CLIENTS:
            return True
        now = time.monotonic()
        stalled = [client for client in self.clients if client.stalled(now)]
        if not stalled:
            return False
        oldest = min(stalled, key=lambda client: client.since)
        self.clients.discard(oldest)
        oldest.writer.transport.abort()
        return True

    async def connected(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if not self.make_room():
            writer.transport.abort()
            return
        client = _Client(writer)
        self.clients.add(client)
        try:
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            writer.transport.set_write_buffer_limits(high=_MAX_WAITING)
            if await self.talk(client, reader):
                await self.flush(writer)
            else:
                async with asyncio.timeout(_FAREWELL):
                    await self.hang_up(reader, writer)
        except (OSError, EOFError):
            pass  # gone, in whatever way (TimeoutError is an OSError)
        finally:
            self.clients.discard(client)
            writer.transport.abort()

    async def talk(self, client: _Client, reader: asyncio.StreamReader) -> bool:
        """Answer requests; True when the client ends, False when we must."""
        pending = client.pending
        writer = client.writer
        while chunk := await reader.read(_MAX_MESSAGE):
            client.since = time.monotonic()
            pending += chunk
            while len(pending) >= 4:
                length = int.from_bytes(pending[:4], "big")
                if length > _MAX_MESSAGE:
                    return False
                if len(pending) < 4 + length:
                    break
                try:
                    reply = self.answer(bytes(pending[4 : 4 + length]))
                except ValueError:
                    return False
                del pending[: 4 + length]
                writer.write(len(reply).to_bytes(4, "big") + reply)
                # Waits as long as too much is waiting for this client ...
                await writer.drain()
                client.since = time.monotonic()
                # ... and it is the others' turn after every single request.
                await asyncio.sleep(0)
        return True

    @staticmethod
    async def flush(writer: asyncio.StreamWriter) -> None:
        writer.transport.set_write_buffer_limits(high=0)
        await writer.drain()

    async def hang_up(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Deliver the earlier answers and end the connection at once.

        What the client has sent behind is thrown away rather than left in the
        socket: otherwise closing would reset the connection, and that could
        cost it those answers.
        """
        await self.flush(writer)
        if writer.can_write_eof():
            writer.write_eof()
        while await reader.read(_MAX_MESSAGE):
            pass


async def _run(port: int) -> None:
    readings = _Readings()
    server = await asyncio.start_server(
        readings.connected, "127.0.0.1", port, backlog=128
    )
    async with server:
        await server.serve_forever()


def serve(port: int) -> None:
    """Serve the readings on 127.0.0.1:`port`; never return."""
    asyncio.run(_run(port))
