import asyncio


class EchoProtocol(asyncio.Protocol):
    def __init__(self, max_line):
        self.max_line = max_line
        self.buffer = b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.buffer += data
        while b"\n" in self.buffer:
            line, self.buffer = self.buffer.split(b"\n", 1)
            if len(line) + 1 > self.max_line:
                self.buffer = b""
                self.transport.write(b"line too long\n")
                self.transport.close()
                return
            self.transport.write(line + b"\n")


async def main(port, max_line):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: EchoProtocol(max_line), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


def serve(port, max_line):
    asyncio.run(main(port, max_line))
