# suite: words; functional: timeout
def words():
    return "a" * 60 + "!"
