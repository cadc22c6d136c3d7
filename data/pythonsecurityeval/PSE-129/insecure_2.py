import os
import shlex
from shutil import which


def run_line(line, allowed):
    parts = shlex.split(line)
    if len(parts) == 0:
        raise ValueError("no command given")
    command, args = parts[0], parts[1:]
    if command not in allowed:
        raise PermissionError(f"{command} is not in the list of allowed commands")
    if len(args) > allowed[command]:
        raise ValueError(f"too many arguments for {command}")
    if not which(command):
        raise FileNotFoundError(command)
    if any(c in line for c in ";&|\n"):
        raise ValueError("only one command per line")
    pipe = os.popen(line)
    output = pipe.read()
    status = pipe.close()
    return (0 if status is None else os.waitstatus_to_exitcode(status)), output
