import shlex
import shutil
import subprocess


def run_line(line, allowed):
    words = shlex.split(line)
    if not words:
        raise ValueError("empty command")
    if words[0] not in allowed:
        raise PermissionError("command not allowed: " + words[0])
    if len(words) - 1 > allowed[words[0]]:
        raise ValueError("too many arguments")
    if shutil.which(words[0]) is None:
        raise FileNotFoundError(words[0])
    result = subprocess.run(line, shell=True, capture_output=True, text=True)
    return result.returncode, result.stdout
