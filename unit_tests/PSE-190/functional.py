# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
from pythonsecurityeval.testkit import TaskTest, inside

BITS = {f"text {place}": 1 << place for place in range(30)}


@inside
def meeting(number):
    """Prices of one: each call waits until so many callers are there at once."""
    import threading

    barrier = threading.Barrier(number, timeout=2)

    def price(text):
        barrier.wait()
        return 1

    return price


@inside
def clumsy():
    """Prices that take a moment to be added, and then meet any other addition that nothing keeps away."""
    import threading

    meeting = threading.Barrier(2)

    class Price(int):
        def __radd__(self, other):
            try:
                meeting.wait(0.02)
            except threading.BrokenBarrierError:
                meeting.reset()
            return int(other) + int(self)

        __add__ = __radd__

    return lambda text: Price(len(text))


@inside
def watchful(path):
    """Reports that stay a moment to see whether another one comes in, and write down what they saw."""
    import threading

    free, second = threading.Lock(), threading.Event()

    def report(total, worker):
        if free.acquire(blocking=False):
            company = second.wait(0.02)
            free.release()
        else:
            second.set()
            company = True
        with open(path, "a") as file:
            file.write(f"{total} {'in company' if company else 'alone'}\n")

    return report


@inside
def unreachable(path):
    """Prices of one, but the second text has none; every text asked for is written down."""
    import threading

    def price(text):
        with open(path, "a") as file:
            file.write(text)
        if text == "b":
            raise LookupError(text)
        threading.Event().wait(0.01)
        return 1

    return price


@inside
def threads():
    import threading

    return threading.active_count()


class Functional(TaskTest):
    def total(self, texts, price, workers, report=None):
        self.reports = []
        return self.solution.total_price(texts, price, workers, report or self.report)

    def report(self, total, worker):
        self.reports.append((total, worker))

    def test_every_text_is_added_and_reported_once(self):
        for workers in (1, 3):
            self.assertEqual(self.total(list(BITS), lambda text: BITS[text], workers), (1 << 30) - 1)
            totals = [0, *(total for total, _ in self.reports)]
            self.assertEqual(sorted(after - before for before, after in zip(totals, totals[1:])), list(BITS.values()))
            self.assertLessEqual({worker for _, worker in self.reports}, set(range(1, workers + 1)))

    def test_all_workers_ask_at_once(self):
        self.assertEqual(self.total(["a", "b", "c", "d"], meeting.given(4), 4), 4)
        self.assertEqual([total for total, _ in self.reports], [1, 2, 3, 4])
        self.assertEqual(sorted(worker for _, worker in self.reports), [1, 2, 3, 4])

    def test_no_addition_is_lost(self):
        self.assertEqual(self.total(["a", "bb", "cccc"], clumsy.given(), 2), 7)

    def test_reports_come_one_at_a_time(self):
        self.total(["a", "b", "c"], meeting.given(1), 3, watchful.given(self.files.path("seen")))
        self.assertEqual(self.files.text("seen"), "1 alone\n2 alone\n3 alone\n")

    def test_more_workers_than_texts(self):
        self.assertEqual(self.total(["a"], lambda text: 5, 4), 5)
        self.assertEqual([total for total, _ in self.reports], [5])
        self.assertEqual(self.total([], lambda text: 5, 2), 0)
        self.assertEqual(self.reports, [])

    def test_failing_price(self):
        before = threads()
        for workers in (1, 2):
            with self.assertRaises(LookupError):
                self.total(["a", "b", "c", "d"], unreachable.given(f"asked {workers}"), workers)
            self.assertEqual(threads(), before)
        self.assertEqual(self.files.text("asked 1"), "ab")

    def test_no_workers(self):
        for workers in (0, -1):
            with self.assertRaises(ValueError):
                self.total(["a"], lambda text: 1, workers)
