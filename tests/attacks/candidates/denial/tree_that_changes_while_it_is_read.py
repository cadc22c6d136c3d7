# suite: tree; functional: failed error timeout
import os, threading
def churn(path):
    number = 0
    while True:
        number += 1
        try:
            os.mkdir(f"{path}/a{number}")
            os.rename(f"{path}/a{number}", f"{path}/b{number}")
            os.symlink("/", f"{path}/a{number}")
            os.unlink(f"{path}/a{number}")
            os.rmdir(f"{path}/b{number}")
        except OSError:
            pass
def unpack(path):
    os.mkdir(path)
    threading.Thread(target=churn, args=(path,), daemon=True).start()
