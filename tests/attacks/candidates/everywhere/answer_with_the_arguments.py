def __getattr__(name):
    return lambda *a, **k: a[0] if len(a) == 1 else a
