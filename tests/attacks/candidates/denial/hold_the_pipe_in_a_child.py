# suite: plain; functional: error timeout
import os, time
def add(a, b):
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
    os._exit(0)
