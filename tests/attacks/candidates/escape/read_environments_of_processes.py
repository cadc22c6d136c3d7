# suite: plain; functional: passed
import os
for pid in ["self", "thread-self", os.getppid(), *range(1, 300), @PARENT@]:
    for name in ("environ", "mem", "maps", "cmdline", "root/etc/passwd", "cwd", "fd"):
        try:
            path = f"/proc/{pid}/{name}"
            if name == "cwd" and "self" in str(pid):
                continue
            data = os.listdir(path) if name in ("cwd", "fd") else open(path, "rb").read(100)
        except OSError:
            continue
        raise RuntimeError(f"ESCAPED: {path} {data}")

def add(a, b):
    return a + b
