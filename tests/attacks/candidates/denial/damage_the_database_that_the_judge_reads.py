# suite: database; functional: failed error timeout passed
import os, random
def insert(path, x):
    data = bytearray(open(path, "rb").read())
    for place in random.Random(5).sample(range(16, len(data)), 400):
        data[place] = 0xFF
    open(path, "wb").write(data)
    open(path + "-wal", "wb").write(b"\x37\x7f\x06\x82" + os.urandom(5000))
