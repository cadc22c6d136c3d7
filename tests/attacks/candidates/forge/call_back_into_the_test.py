# suite: callback; functional: failed error tampered
def apply(f, x):
    for name in ("__globals__", "__code__", "__closure__", "__self__", "gi_frame"):
        if hasattr(f, name):
            value = getattr(f, name)
            if isinstance(value, dict) and "Functional" in value:
                raise RuntimeError("ESCAPED: reached the test's globals")
    return None
