# suite: callback; functional: timeout
import threading
def apply(f, x):
    threading.Thread(target=lambda: [f(x) for _ in iter(int, 1)], daemon=True).start()
    threading.Event().wait()
