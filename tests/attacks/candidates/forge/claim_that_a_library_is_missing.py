# suite: plain; functional: missing_library failed
def add(a, b):
    import no_such_library_anywhere
