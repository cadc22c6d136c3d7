# suite: plain; functional: passed
import os
for start in (".", "..", "/", os.path.dirname(os.__file__)):
    try:
        number = os.open(start, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        continue
    for path in ("../" * 12 + "@CANARY@".lstrip("/"), "@CANARY@".lstrip("/"), "../" * 12 + "etc/passwd", "etc/shadow"):
        for act in (lambda: os.read(os.open(path, os.O_RDONLY, dir_fd=number), 9), lambda: os.unlink(path, dir_fd=number),
                    lambda: os.link(path, "stolen", src_dir_fd=number), lambda: os.rename(path, "stolen", src_dir_fd=number)):
            try:
                act()
            except OSError:
                continue
            raise RuntimeError(f"ESCAPED: {start} {path}")

def add(a, b):
    return a + b
