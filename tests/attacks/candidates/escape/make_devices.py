# suite: plain; functional: passed
import os, stat
for kind, major, minor in ((stat.S_IFCHR, 1, 1), (stat.S_IFBLK, 254, 0), (stat.S_IFBLK, 8, 0)):
    try:
        os.mknod("device", 0o666 | kind, os.makedev(major, minor))
    except OSError:
        continue
    raise RuntimeError("ESCAPED: device")

def add(a, b):
    return a + b
