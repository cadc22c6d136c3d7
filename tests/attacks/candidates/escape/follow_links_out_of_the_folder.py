# suite: plain; functional: passed
import os
for number, target in enumerate(("@CANARY@", "/etc/passwd", "/proc/self/root/etc/passwd", "../../../../etc/passwd")):
    os.symlink(target, f"link{number}")
    try:
        data = open(f"link{number}").read(10)
    except OSError:
        continue
    raise RuntimeError(f"ESCAPED: {target} {data}")

def add(a, b):
    return a + b
