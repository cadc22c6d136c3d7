import asyncio
import socket

CHUNK = 65536
# What the kernel may hold for a connection counts as well (it doubles this).
KERNEL_BUFFER = 65536
# How long to wait for the device to hang up after "line too long".
LINGER = 10


def serve(port: int, max_line: int) -> None:
    asyncio.run(_serve(port, max_line))


async def _serve(port: int, max_line: int) -> None:
    async def device(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            # drain() is to wait until all answers are out; until then nothing
            # more is read from the device.
            writer.transport.set_write_buffer_limits(0)
            await _echo(reader, writer, max_line)
        except OSError:
            pass  # the device is gone
        finally:
            writer.close()

    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, KERNEL_BUFFER)
    sock.bind(("127.0.0.1", port))
    server = await asyncio.start_server(device, sock=sock, limit=CHUNK)
    async with server:
        await server.serve_forever()


async def _echo(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, max_line: int
) -> None:
    buffer = bytearray()  # begins with the line not yet answered
    searched = 0  # so much of it is known to hold no line feed
    while data := await reader.read(CHUNK):
        buffer += data
        start = 0
        while (end := buffer.find(b"\n", searched) + 1) and end - start <= max_line:
            start = searched = end
        # What begins at `start` is an incomplete line, or one too long.
        too_long = len(buffer) - start > max_line
        if start:
            writer.write(bytes(buffer[:start]))
            del buffer[:start]
        searched = len(buffer)
        if too_long:
            writer.write(b"line too long\n")
            await writer.drain()
            await _hang_up(reader, writer)
            return
        await writer.drain()


async def _hang_up(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Closing with input unread would reset the connection, and the device
    might lose its last answers. So end our side and discard what comes."""
    writer.write_eof()
    async with asyncio.timeout(LINGER):
        while await reader.read(CHUNK):
            pass
