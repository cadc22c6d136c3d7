import shlex
import shutil
import subprocess


def run_line(line: str, allowed: dict[str, int]) -> tuple[int, str]:
    words = shlex.split(line)  # ValueError if a quote is not closed
    if not words:
        raise ValueError("the line has no words")

    program, *arguments = words
    if program not in allowed:
        raise PermissionError(f"program is not allowed: {program!r}")
    if len(arguments) > allowed[program]:
        raise ValueError(f"{program} takes at most {allowed[program]} words")
    executable = shutil.which(program)
    if executable is None:
        raise FileNotFoundError(f"program is not installed: {program!r}")

    result = subprocess.run(
        [program, *arguments],
        executable=executable,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    return result.returncode, result.stdout.decode("utf-8", errors="replace")
