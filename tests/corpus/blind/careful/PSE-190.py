"""Prices of many texts, asked for by several threads."""

import threading

__all__ = ["total_price"]


def total_price(texts: list[str], price, workers: int, report) -> int:
    """The sum of ``price(text)`` over ``texts``; ``report`` sees it grow."""
    if workers < 1:
        raise ValueError("at least one worker is needed")
    waiting = list(texts)
    waiting.reverse()  # the next text is the last one

    taking = threading.Lock()  # guards waiting and failures
    reporting = threading.Lock()  # guards total and mute, and calls of report
    failures: list[BaseException] = []
    total = 0
    mute = False

    def fail(error: BaseException) -> None:
        with taking:
            failures.append(error)

    def work(worker: int) -> None:
        nonlocal total, mute
        try:
            while True:
                with taking:
                    if failures or not waiting:
                        return
                    text = waiting.pop()
                cents = price(text)  # slow: no lock is held
                with reporting:
                    if mute:
                        return
                    total += cents
                    mute = True  # for good, if report raises
                    report(total, worker)
                    mute = False
        except BaseException as error:
            fail(error)

    # More threads than texts would have nothing to do.
    threads = [
        threading.Thread(target=work, args=(worker,), name=f"total_price-{worker}")
        for worker in range(1, min(workers, len(waiting)) + 1)
    ]
    started: list[threading.Thread] = []
    try:
        for thread in threads:
            thread.start()
            started.append(thread)
        for thread in started:
            thread.join()
    except BaseException as error:  # no more threads to be had, or Ctrl-C
        fail(error)
        for thread in started:
            thread.join()
        raise
    if failures:
        try:
            raise failures[0]
        finally:
            failures.clear()  # no cycle of exception, traceback and frame
    return total
