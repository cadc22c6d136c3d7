# suite: callback; functional: failed error
kept = []
import sys
def apply(f, x):
    sys.kept = [*getattr(sys, "kept", []), f]
    return sys.kept[0](x) if len(sys.kept) > 1 else None
