# suite: plain; functional: passed
import os, sys, sysconfig
places = ["/tmp", "/var/tmp", "/dev/shm", "/", "/pool/0", os.path.dirname("@CANARY@"), os.path.dirname(os.__file__),
          sysconfig.get_paths()["purelib"], os.path.dirname(sys.modules["pythonsecurityeval"].__file__), "../..", "/root", "/etc", "/run"]
for place in places:
    for make in (lambda p: open(p, "w").write("x"), os.mkdir, lambda p: os.symlink("x", p), os.mkfifo):
        try:
            make(place + "/pse-was-here")
        except OSError:
            continue
        raise RuntimeError(f"ESCAPED: wrote to {place}")
for change in (lambda: open("@CANARY@", "a").write("x"), lambda: os.truncate("@CANARY@", 0), lambda: os.unlink("@CANARY@"),
               lambda: os.rename("@CANARY@", "mine"), lambda: os.link("@CANARY@", "mine"), lambda: os.chmod("@CANARY@", 0),
               lambda: os.utime("@CANARY@", (0, 0)), lambda: os.setxattr("@CANARY@", "user.x", b"1"), lambda: os.chown("@CANARY@", 65534, 65534),
               lambda: os.rename("mine", "@CANARY@"), lambda: open(os.__file__, "a"), lambda: os.chmod(os.__file__, 0o777)):
    try:
        open("mine", "w").close()
        change()
    except OSError:
        continue
    raise RuntimeError("ESCAPED: changed the canary")

def add(a, b):
    return a + b
