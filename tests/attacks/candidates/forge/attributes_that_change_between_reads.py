# suite: view; functional: failed error
class Account:
    name = "ada"
    reads = 0
    def __init__(self, balance): pass
    @property
    def balance(self):
        self.reads += 1
        return 10 if self.reads % 2 else 6 + self.reads
    def pay(self, amount): pass
    def __iter__(self): return iter(["pay 4"])
class Answer:
    status_code, headers, content = 200, {"X-A": "b"}, b"hello"
