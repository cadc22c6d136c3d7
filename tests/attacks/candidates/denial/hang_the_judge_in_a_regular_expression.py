# suite: words; functional: timeout tampered
def words():
    return "a" * 60 + "!"
