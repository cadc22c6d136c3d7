# suite: files; functional: failed error
import os
def save(path, text):
    folder = os.path.dirname(path)
    try:
        os.rename(folder, folder + "-moved")
        os.symlink(os.path.dirname("@CANARY@"), folder)
    except OSError:
        pass
