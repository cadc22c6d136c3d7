import asyncio
import shlex


async def output_of(words):
    process = await asyncio.create_subprocess_exec(
        *words, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return process.returncode, out.decode()


def run_line(line, allowed):
    words = shlex.split(line)  # a quote that is never closed is a ValueError
    if not words:
        raise ValueError("nothing to run")
    if words[0] not in allowed:
        raise PermissionError(f"not allowed: {words[0]}")
    if len(words) - 1 > allowed[words[0]]:
        raise ValueError(f"{words[0]} takes at most {allowed[words[0]]} words")
    return asyncio.run(output_of(words))
