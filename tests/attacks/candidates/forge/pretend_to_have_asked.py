# suite: web; functional: failed
def fetch(url):
    return "hello"
