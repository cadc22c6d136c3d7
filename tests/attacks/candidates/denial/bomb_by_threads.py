# suite: plain; functional: error timeout failed out_of_memory
import threading, time
def add(a, b):
    while True:
        threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
