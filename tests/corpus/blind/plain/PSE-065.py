import asyncio
import json
import re
import socket
import struct

MAX_MESSAGE = 65536
MAX_NAMES = 100

# Values are kept and given back as the JSON text they came in: no number
# changes on the way, and the answer is never longer than the request was.
# The scanner is not recursive, as 64 KiB have room for very deep nesting.
_TOKEN = re.compile(
    r"""[ \t\n\r]*+(?:
        (?P<punct>[][{},:])
      | (?P<string>"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+")
      | (?P<atom>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?
          | true | false | null)
    )""",
    re.VERBOSE,
)
_SPACE = re.compile(r"[ \t\n\r]*")


def parse_members(text: str) -> dict[str, str] | None:
    """The members of a JSON object, the values as JSON text; None for any
    other JSON; ValueError if it is not JSON."""
    members: dict[str, str] = {}
    stack: list[str] = []  # the open brackets
    expect = "value"  # value, value or ], key, key or }, colon, comma, end
    is_object = False
    key, start = "", 0
    pos = 0
    while expect != "end":
        match = _TOKEN.match(text, pos)
        if not match:
            raise ValueError("not JSON")
        pos = match.end()
        kind = match.lastgroup
        token = match[kind]
        done = False  # a value ends here

        if expect.startswith("value"):
            if len(stack) == 1:
                start = match.start(kind)
            if token in ("[", "{"):
                if not stack:
                    is_object = token == "{"
                stack.append(token)
                expect = "value or ]" if token == "[" else "key or }"
            elif kind != "punct":
                done = True
            elif token == "]" and expect == "value or ]":
                stack.pop()
                done = True
            else:
                raise ValueError("not JSON")
        elif expect.startswith("key"):
            if kind == "string":
                if len(stack) == 1:
                    key = json.loads(token)
                expect = "colon"
            elif token == "}" and expect == "key or }":
                stack.pop()
                done = True
            else:
                raise ValueError("not JSON")
        elif expect == "colon":
            if token != ":":
                raise ValueError("not JSON")
            expect = "value"
        else:  # a comma or the closing bracket
            if token == ",":
                expect = "value" if stack[-1] == "[" else "key"
            elif token == ("]" if stack[-1] == "[" else "}"):
                stack.pop()
                done = True
            else:
                raise ValueError("not JSON")

        if done:
            expect = "comma" if stack else "end"
            if len(stack) == 1 and is_object:
                members[key] = text[start:pos]

    if _SPACE.match(text, pos).end() != len(text):
        raise ValueError("not JSON")
    return members if is_object else None


def answer(message: bytes, values: dict[str, str]) -> bytes:
    """The answer to one request; ValueError if it is not JSON."""
    members = parse_members(message.decode("utf-8"))
    if members is not None:
        do = _string(members.get("do"))
        name = _string(members.get("name"))
        if do == "put" and name is not None and "value" in members:
            if name in values or len(values) < MAX_NAMES:
                values[name] = members["value"]
                return b'{"ok": true}'
        elif do == "get" and name is not None and name in values:
            return b'{"ok":true,"value":' + values[name].encode("utf-8") + b"}"
    return b'{"ok": false}'


def _string(text: str | None) -> str | None:
    return json.loads(text) if text and text.startswith('"') else None


def serve(port: int) -> None:
    asyncio.run(_serve(port))


async def _serve(port: int) -> None:
    values: dict[str, str] = {}

    async def client(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            # drain() waits until everything is out, so a client that does not
            # take its answers is not read from and holds no more than one.
            writer.transport.set_write_buffer_limits(0)
            while True:
                (length,) = struct.unpack(">I", await reader.readexactly(4))
                if length > MAX_MESSAGE:
                    break
                reply = answer(await reader.readexactly(length), values)
                writer.write(struct.pack(">I", len(reply)) + reply)
                await writer.drain()
                await asyncio.sleep(0)  # the others' turn
        except (OSError, EOFError, ValueError):
            pass  # gone, or to be hung up on
        finally:
            writer.close()

    server = await asyncio.start_server(client, "127.0.0.1", port)
    async with server:
        await server.serve_forever()
