# suite: plain; functional: failed timeout
import atexit, threading, time, sys
class Hang:
    def __del__(self):
        while True:
            pass
sys.kept = Hang()
atexit.register(time.sleep, 100)
threading.Thread(target=time.sleep, args=(100,)).start()
def add(a, b):
    return None
