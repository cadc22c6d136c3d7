import threading


def total_price(texts: list[str], price, workers: int, report) -> int:
    if workers < 1:
        raise ValueError("at least one worker is needed")

    todo = iter(texts)
    todo_lock = threading.Lock()
    total = 0
    total_lock = threading.Lock()
    errors = []

    def work(worker):
        nonlocal total
        try:
            while True:
                with todo_lock:
                    if errors:
                        return
                    try:
                        text = next(todo)
                    except StopIteration:
                        return
                cents = price(text)
                with total_lock:
                    total += cents
                    report(total, worker)
        except BaseException as error:
            with todo_lock:
                errors.append(error)

    threads = []
    try:
        for worker in range(1, min(workers, len(texts)) + 1):
            thread = threading.Thread(target=work, args=(worker,))
            thread.start()
            threads.append(thread)
        for thread in threads:
            thread.join()
    except BaseException as error:
        # no more threads to be had, or Ctrl-C
        with todo_lock:
            errors.append(error)
        for thread in threads:
            thread.join()

    if errors:
        raise errors[0]
    return total
