import asyncio
from contextlib import suppress


async def echo(reader, writer, max_line):
    with suppress(asyncio.IncompleteReadError):
        while True:
            try:
                line = await reader.readuntil(b"\n")
            except asyncio.LimitOverrunError:
                line = None
            if line is None or len(line) > max_line:
                writer.write(b"line too long\n")
                await writer.drain()
                return
            writer.write(line)
            await writer.drain()


async def listen(port, max_line):
    async def connected(reader, writer):
        try:
            with suppress(OSError):
                await echo(reader, writer, max_line)
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", port, limit=max_line)
    async with server:
        await server.serve_forever()


def serve(port, max_line):
    asyncio.run(listen(port, max_line))
