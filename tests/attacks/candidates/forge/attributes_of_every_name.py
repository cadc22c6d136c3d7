# suite: view; functional: failed error
class Account:
    def __init__(self, *a): pass
    def __getattr__(self, name): return self
    def __call__(self, *a): return self
    def __eq__(self, other): return True
    def __iter__(self): return self
    def __next__(self): return self
Answer = Account
