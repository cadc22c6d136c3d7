# suite: callback; functional: timeout error failed tampered
import socket, sys, time
line = sys.modules["pythonsecurityeval.testkit.inside.line"].JUDGE.line
wire = sys.modules["pythonsecurityeval.testkit.inside.wire"]
def apply(f, x):
    channel = line._open()
    channel.setblocking(False)
    try:
        for number in range(1, 100_000):
            channel.sendall(wire.pack({"i": number, "q": "callback", "a": [1, ["x" * 1000], {"t": "D", "v": []}]}))
    except OSError:
        pass
    time.sleep(60)
