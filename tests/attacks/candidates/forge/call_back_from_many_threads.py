# suite: callback; functional: failed error tampered
import threading
def apply(f, x):
    threads = [threading.Thread(target=f, args=(x,)) for _ in range(12)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return x + 1
