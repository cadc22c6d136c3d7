# suite: plain; functional: passed
import os
for path in ("/etc/passwd", "/etc/shadow", "/etc/hostname", "/root", "/home", "/var", "/tmp", "/dev/shm", "/proc", "/sys", "/work",
             "/pool", "/pool/0", "/", "/dev", "@CANARY@", os.path.dirname("@CANARY@"), "/root", "/home", "/dev/tty", "/dev/kmsg"):
    try:
        found = os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(20)
    except OSError:
        continue
    if path == "/" and not {"root.txt", "tmp", "work", "var", "boot", "opt"} & set(found) or path == "/dev" and len(found) < 8:
        continue
    if not found or set(found) <= {".pyenv", "main"}:
        continue
    raise RuntimeError(f"ESCAPED: {path} {found}")

def add(a, b):
    return a + b
