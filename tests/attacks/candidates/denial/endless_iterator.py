# suite: view; functional: failed error timeout out_of_memory
import itertools
class Account:
    name = "ada"
    def __init__(self, balance): self.balance = balance
    def pay(self, amount): self.balance -= amount
    def __iter__(self): return itertools.count()
class Answer:
    status_code = 200
    headers = type("H", (), {"items": lambda self: itertools.repeat(("a", "b"))})()
    content = b""
