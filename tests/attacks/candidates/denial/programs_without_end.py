# suite: shell; functional: failed error timeout tampered
import subprocess
def count(text):
    for command in ("yes | cat", "cat /dev/zero", "f() { f | f; }; f", "echo a > x; cat x x > y; sh y", "$(" * 200 + ")" * 200, "true " * 100_000, "sh -c 'sh $0' x"):
        try:
            subprocess.run(command, shell=True, capture_output=True, timeout=1)
        except (OSError, subprocess.SubprocessError):
            pass
    return None
