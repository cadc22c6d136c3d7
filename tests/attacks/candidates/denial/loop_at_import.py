# suite: plain; functional: timeout
while True:
    pass
