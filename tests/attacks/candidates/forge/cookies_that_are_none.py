# suite: view; functional: failed error
class Account:
    name = "ada"
    def __init__(self, balance): self.balance = balance
    def pay(self, amount): self.balance -= amount
    def __iter__(self): return iter(["pay 4"])
class Answer:
    status_code, content = 200, b"hello"
    class headers:
        items = staticmethod(lambda: [("X-A", "b"), ("Set-Cookie", "a=" + '"' + "\\" * 50_000 + '"; ' + "b=c; " * 5000), ("Set-Cookie", "\r\nX-A: b")])
