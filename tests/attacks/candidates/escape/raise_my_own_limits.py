# suite: plain; functional: passed
import resource
for name in ("AS", "NPROC", "NOFILE", "FSIZE", "CORE", "MEMLOCK", "MSGQUEUE"):
    kind = getattr(resource, "RLIMIT_" + name)
    _, hard = resource.getrlimit(kind)
    for limit in (hard + 1, resource.RLIM_INFINITY):
        try:
            resource.setrlimit(kind, (limit, limit))
        except (ValueError, OSError):
            continue
        raise RuntimeError("ESCAPED: raised " + name)

def add(a, b):
    return a + b
