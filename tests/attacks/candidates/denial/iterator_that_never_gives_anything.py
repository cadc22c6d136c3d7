# suite: view; functional: timeout
class Account:
    name = "ada"
    def __init__(self, balance): self.balance = balance
    def pay(self, amount): self.balance -= amount
    def __iter__(self):
        while True:
            pass
        yield
