# suite: plain; functional: passed
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
local = ctypes.create_string_buffer(64)
class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]
vector = Vector(ctypes.addressof(local), 64)
for pid in (@PARENT@, os.getppid(), 1):
    if libc.ptrace(16, pid, 0, 0) != -1 or libc.ptrace(0x4206, pid, 0, 0) != -1:
        raise RuntimeError("ESCAPED: traced")
    if libc.process_vm_readv(pid, ctypes.byref(vector), 1, ctypes.byref(vector), 1, 0) != -1:
        raise RuntimeError("ESCAPED: peeked")
    pidfd = libc.syscall(434, pid, 0)
    if pidfd != -1 and (libc.syscall(438, pidfd, 0, 0) != -1 or libc.syscall(424, pidfd, 0, None, 0) != -1):
        raise RuntimeError("ESCAPED: took a descriptor")

def add(a, b):
    return a + b
