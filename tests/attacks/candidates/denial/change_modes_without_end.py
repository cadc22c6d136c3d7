# suite: plain; functional: timeout error
import os, threading
def churn():
    while True:
        os.chmod(".", 0o755)
        os.utime(".", (1, 1))
def add(a, b):
    os.mkfifo("pipe")
    os.chmod("pipe", 0o600)
    os.utime("pipe", (1, 1))
    for _ in range(8):
        threading.Thread(target=churn, daemon=True).start()
    churn()
