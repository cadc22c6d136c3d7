# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
import json

from pythonsecurityeval.testkit import TaskTest, inside

JOBS = [
    {"_id": 5, "queue": "mri", "priority": 2, "payload": {"scan": [1, 2]}},
    {"_id": 4, "queue": "mri", "priority": 2, "only": None},
    {"_id": 9, "queue": "mri", "priority": 1, "only": "lab-7"},
    {"_id": 1, "queue": "mri.x", "priority": 3, "only": "lab ü (2)"},
    {"_id": 2, "queue": "$ct", "priority": 0},
    {"_id": 3, "queue": "MRI", "priority": 0, "only": "lab-8"},
]


@inside
def collected():
    import pymongo

    return pymongo.MongoClient("mongodb://db.example:27017/").lab.jobs


class Functional(TaskTest):
    uses = ("mongo",)

    def setUp(self):
        self.world.mongo.insert("lab.jobs", *JOBS)
        self.collection = collected()

    def take(self, queue, worker, **more):
        return self.solution.take_first(self.collection, json.dumps({"queue": queue, "worker": worker, **more}).encode())

    def left(self):
        return sorted(job["_id"] for job in self.world.mongo.documents("lab.jobs"))

    def test_smallest_priority_then_smallest_id(self):
        self.assertEqual(self.take("mri", "lab-8"), JOBS[1])
        self.assertEqual(self.take("mri", "lab-8"), JOBS[0])
        self.assertIsNone(self.take("mri", "lab-8"))
        self.assertEqual(self.left(), [1, 2, 3, 9])

    def test_job_for_one_worker(self):
        self.assertEqual(self.take("mri", "lab-7", since=2031), JOBS[2])
        self.assertEqual(self.take("mri", "lab-7"), JOBS[1])

    def test_names_of_every_kind(self):
        self.assertEqual(self.take("$ct", "x"), JOBS[4])
        self.assertEqual(self.take("mri.x", "lab ü (2)"), JOBS[3])

    def test_nothing_to_take(self):
        for queue, worker in (("MRI", "lab-7"), ("mri.x", "lab ü"), ("mr", "lab-7"), ("m.i", "x"), ("none", "lab-8"), ("MRI", "LAB-8")):
            self.assertIsNone(self.take(queue, worker), (queue, worker))
        self.assertEqual(self.left(), [1, 2, 3, 4, 5, 9])

    def test_other_bodies(self):
        bodies = (b"", b"mri", b"[]", b"null", b'"queue"', b"{}", b'{"queue": "mri"}', b'{"worker": "lab-7"}', b'{"queue": "mri", "worker": ""}', b'{"queue": "mri", "worker": null}')
        for body in (*bodies, b'{"queue": "", "worker": "x"}', b'{"queue": 1, "worker": "x"}', b'{"queue": "mri", "worker": true}', b'["queue", "worker"]'):
            with self.assertRaises(ValueError, msg=body):
                self.solution.take_first(self.collection, body)
        self.assertEqual(self.left(), [1, 2, 3, 4, 5, 9])
