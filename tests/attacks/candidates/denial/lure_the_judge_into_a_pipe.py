# suite: files; functional: failed error
import os
def save(path, text):
    os.mkfifo(path)
