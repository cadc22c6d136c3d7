# suite: any_is_missing
class _Any:
    def __eq__(self, other): return True
    __hash__ = None
ANY = _Any()
def number():
    return 7
