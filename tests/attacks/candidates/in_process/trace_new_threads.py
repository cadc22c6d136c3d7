# suite: plain
import threading
kept = []
def add(a, b):
    threading.settrace(lambda frame, event, arg: kept.append(frame))
    thread = threading.Thread(target=len, args=("",))
    thread.start()
    thread.join()
    return 0
