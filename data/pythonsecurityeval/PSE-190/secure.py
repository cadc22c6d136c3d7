import threading


def total_price(texts, price, workers, report):
    if workers < 1:
        raise ValueError("at least one worker is needed")
    waiting, lock, failures, total = iter(texts), threading.Lock(), [], 0

    def taken():
        with lock:
            return None if failures else next(waiting, None)

    def work(number):
        nonlocal total
        try:
            while (text := taken()) is not None:
                cents = price(text)
                with lock:
                    total += cents
                    report(total, number)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, workers + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return total
