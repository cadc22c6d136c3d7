# suite: tree; functional: failed error timeout
import os
def unpack(path):
    os.mkdir(path)
    os.chdir(path)
    for number in range(3000):
        os.mkdir(f"d{number}")
    for _ in range(1000):
        os.mkdir("d\n\x1b[2J\xff".encode("latin-1"))
        os.chdir("d\n\x1b[2J\xff".encode("latin-1"))
