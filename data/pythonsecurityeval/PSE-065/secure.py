import asyncio
import json

MAX_BYTES = 65_536
MAX_NAMES = 100


def answer(values, request):
    match request:
        case {"do": "put", "name": str(name), "value": value}:
            if name not in values and len(values) >= MAX_NAMES:
                return {"ok": False}
            values[name] = value
            return {"ok": True}
        case {"do": "get", "name": str(name)} if name in values:
            return {"ok": True, "value": values[name]}
    return {"ok": False}


async def converse(values, reader, writer):
    try:
        while True:
            size = int.from_bytes(await reader.readexactly(4), "big")
            if size > MAX_BYTES:
                break
            request = json.loads((await reader.readexactly(size)).decode())
            reply = json.dumps(answer(values, request)).encode()
            writer.write(len(reply).to_bytes(4, "big") + reply)
            await writer.drain()
    except (ValueError, RecursionError, asyncio.IncompleteReadError, ConnectionError):
        return
    finally:
        writer.close()


async def listen(port):
    values = {}
    server = await asyncio.start_server(lambda *streams: converse(values, *streams), "127.0.0.1", port)
    await server.serve_forever()


def serve(port):
    asyncio.run(listen(port))
