# suite: plain; functional: passed timeout
import os, threading, time
folder = os.path.dirname("@CANARY@")
os.mkdir("real")
open("real/canary", "w").close()
end = time.monotonic() + 0.15
def swap():
    while time.monotonic() < end:
        try:
            os.symlink(folder, "new"); os.rename("d", "old"); os.rename("new", "d")
            os.unlink("d"); os.rename("old", "d")
        except OSError:
            pass
os.rename("real", "d")
thread = threading.Thread(target=swap)
thread.start()
while time.monotonic() < end:
    for act in (lambda: os.chmod("d/canary", 0), lambda: os.utime("d/canary", (1, 1)), lambda: os.chown("d/canary", -1, -1), lambda: os.truncate("d/canary", 0)):
        try:
            act()
        except OSError:
            pass
thread.join()

def add(a, b):
    return a + b
