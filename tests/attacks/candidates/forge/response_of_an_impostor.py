# suite: view; functional: failed error tampered
class Account:
    name = "ada"
    def __init__(self, balance): self.balance = balance
    def pay(self, amount): self.balance -= amount
    def __iter__(self): return iter(["pay 4"])
Account.__qualname__ = "Account"
class Any:
    def __int__(self): return 200
    def __str__(self): return "x-a\r\nx-b: c"
    def __eq__(self, other): return True
    def __bytes__(self): return b"hello"
class Headers:
    def items(self): return [(Any(), Any())] * 3
class Answer:
    status_code, headers, content = Any(), Headers(), Any()
