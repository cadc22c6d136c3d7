# suite: plain; functional: passed
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
for path in ("/dev/null", os.__file__, os.path.dirname(os.__file__), "/"):
    try:
        number = os.open(path, os.O_RDONLY)
    except OSError:
        continue
    before = os.fstat(number)
    for act in (lambda: os.fchmod(number, 0o777), lambda: os.utime(number, (1, 1)), lambda: os.fchown(number, 65534, 65534),
                lambda: os.chmod(f"/proc/self/fd/{number}", 0o777), lambda: os.chmod(f"/dev/fd/{number}", 0o777),
                lambda: libc.fchmodat(number, b"", 0o777, 0x1000)):
        try:
            act()
        except OSError:
            continue
    after = os.fstat(number)
    if (before.st_mode, before.st_uid, before.st_mtime_ns) != (after.st_mode, after.st_uid, after.st_mtime_ns):
        raise RuntimeError(f"ESCAPED: {path} {before} {after}")
    os.close(number)

def add(a, b):
    return a + b
