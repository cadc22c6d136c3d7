"""Line echo for modem tests: one thread, non-blocking sockets."""

import errno
import fcntl
import selectors
import socket
import struct
import termios
import time

_MAX_LINE = 64 * 1024
_TOO_LONG = b"line too long\n"
_CHUNK = 64 * 1024
# No more is read from a device while this much waits for it.  Together with
# one chunk and one unfinished line that stays below a megabyte per device.
_MAX_WAITING = 800_000
# Forty are expected; some leftovers of vanished ones may come on top of that.
# Whoever comes when all places are taken waits in the listen queue.
_MAX_DEVICES = 128
# How long what a rejected device still sends is thrown away after it has got
# everything.  (Closing with unread data in the socket would reset the
# connection, and the reset might overtake our last words.)
_GRACE = 2.0

_READ = selectors.EVENT_READ
_WRITE = selectors.EVENT_WRITE

# States of a device.
_ECHO = 0  # lines come and go
_FINISH = 1  # it has ended its side: send what is waiting, then close
_REJECT = 2  # it sent too long a line: send what is waiting, then say goodbye
_LINGER = 3  # our side is ended: discard what it sends, then close


class _Device:
    __slots__ = ("sock", "partial", "out", "state", "events", "ended")

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.partial = bytearray()  # a line without its end, never a LF in it
        self.out = bytearray()  # answers it has not taken yet
        self.state = _ECHO
        self.events = 0  # what the selector watches for
        self.ended = 0.0  # when our side was ended

    def wants(self) -> int:
        if self.state == _LINGER:
            return _READ
        events = _WRITE if self.out else 0
        if self.state == _ECHO and len(self.out) < _MAX_WAITING:
            events |= _READ
        return events


class _Server:
    def __init__(self, port: int, max_line: int) -> None:
        self.max_line = max_line
        self.devices: set[_Device] = set()
        self.lingering: set[_Device] = set()
        self.accept_after = 0.0
        self.accepting = False
        self.selector = selectors.DefaultSelector()
        self.listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self.listener.bind(("127.0.0.1", port))
            self.listener.listen(128)
            self.listener.setblocking(False)
        except BaseException:
            self.listener.close()
            self.selector.close()
            raise

    def run(self) -> None:
        while True:
            self.watch_listener()
            pause = None
            if self.lingering:
                pause = 0.25
            elif not self.accepting and len(self.devices) < _MAX_DEVICES:
                pause = 0.5
            for key, events in self.selector.select(pause):
                device = key.data
                if device is None:
                    self.accept()
                elif device in self.devices:
                    self.serve(device, events)
            for device in list(self.lingering):
                if self.may_close(device):
                    self.drop(device)

    def watch_listener(self) -> None:
        wanted = (
            len(self.devices) < _MAX_DEVICES
            and time.monotonic() >= self.accept_after
        )
        if wanted and not self.accepting:
            self.selector.register(self.listener, _READ, None)
        elif self.accepting and not wanted:
            self.selector.unregister(self.listener)
        self.accepting = wanted

    def accept(self) -> None:
        try:
            sock, _ = self.listener.accept()
        except OSError as error:
            if error.errno in (
                errno.EMFILE,
                errno.ENFILE,
                errno.ENOBUFS,
                errno.ENOMEM,
            ):
                # Nothing to be had at the moment; do not spin meanwhile.
                self.accept_after = time.monotonic() + 0.5
            return
        device = _Device(sock)
        self.devices.add(device)
        try:
            sock.setblocking(False)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.watch(device)
        except (OSError, ValueError):
            self.drop(device)

    def serve(self, device: _Device, events: int) -> None:
        """One turn for a device: at most one read and one write."""
        try:
            if events & _READ:
                self.read(device)
            if device.out:
                self.write(device)
            if not device.out:
                if device.state == _FINISH:
                    self.drop(device)
                    return
                if device.state == _REJECT:
                    device.sock.shutdown(socket.SHUT_WR)
                    device.state = _LINGER
                    device.ended = time.monotonic()
                    self.lingering.add(device)
            self.watch(device)
        except EOFError:
            self.drop(device)
        except (OSError, MemoryError):
            self.drop(device)  # vanished, reset, ... its affair only

    def read(self, device: _Device) -> None:
        try:
            chunk = device.sock.recv(_CHUNK)
        except (BlockingIOError, InterruptedError):
            return
        if device.state == _LINGER:
            if not chunk:
                raise EOFError
            return
        if device.state != _ECHO:
            return
        if not chunk:
            device.partial = bytearray()
            device.state = _FINISH
        elif not self.take(device, chunk):
            device.partial = bytearray()
            device.out += _TOO_LONG
            device.state = _REJECT

    def take(self, device: _Device, chunk: bytes) -> bool:
        """Answer the lines that `chunk` completes; False if one is too long."""
        limit = self.max_line
        start = chunk.find(b"\n") + 1
        if not start:
            if len(device.partial) + len(chunk) > limit:
                return False
            device.partial += chunk
            return True
        if len(device.partial) + start > limit:
            return False
        device.out += device.partial
        device.partial = bytearray()
        # Up to the last LF within `limit` bytes of the start of a line no line
        # is too long, so that they need not be looked at one by one.
        while True:
            end = chunk.rfind(b"\n", start, start + limit) + 1
            if not end:
                break
            start = end
        device.out += chunk[:start]
        if len(chunk) - start > limit:
            return False
        device.partial += chunk[start:]
        return True

    def write(self, device: _Device) -> None:
        try:
            sent = device.sock.send(device.out)
        except (BlockingIOError, InterruptedError):
            return
        del device.out[:sent]

    def may_close(self, device: _Device) -> bool:
        """Whether a rejected device has got our last words, and some time."""
        if time.monotonic() - device.ended < _GRACE:
            return False
        try:
            if device.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                return True
            queued = fcntl.ioctl(
                device.sock.fileno(), termios.TIOCOUTQ, struct.pack("i", 0)
            )
            return struct.unpack("i", queued)[0] == 0
        except OSError:
            return True

    def watch(self, device: _Device) -> None:
        events = device.wants()
        if events == device.events:
            return
        if not device.events:
            self.selector.register(device.sock, events, device)
        elif not events:
            self.selector.unregister(device.sock)
        else:
            self.selector.modify(device.sock, events, device)
        device.events = events

    def drop(self, device: _Device) -> None:
        self.devices.discard(device)
        self.lingering.discard(device)
        if device.events:
            try:
                self.selector.unregister(device.sock)
            except (KeyError, ValueError, OSError):
                pass
            device.events = 0
        try:
            device.sock.close()
        except OSError:
            pass
        device.out = bytearray()
        device.partial = bytearray()


def serve(port: int, max_line: int) -> None:
    """Send every line that comes in on 127.0.0.1:`port` back; never return."""
    if not 1 <= max_line <= _MAX_LINE:
        raise ValueError("max_line must be from 1 to 65536")
    _Server(port, max_line).run()
