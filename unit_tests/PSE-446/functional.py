# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
import json

from pythonsecurityeval.testkit import TaskTest

ADA = {"name": "Ada O'Neill", "born": "1975-12-10", "notes": ["tired; -- \"often\"", ""], "ward": 7}
ZOE = {"name": "Zoë 東", "born": "", "notes": []}
BOB = {"name": "Bob", "born": "2001-01-01", "notes": ["100%"]}


class Functional(TaskTest):
    def setUp(self):
        self.files.mkdir("spool")

    def convert(self, document):
        text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
        return self.solution.convert(self.files.write("in.json", text.encode()), self.files.path("spool/out.db"))

    def test_patients_and_notes(self):
        self.assertEqual(self.convert([ADA, ZOE, BOB]), 3)
        patients = [(1, ADA["name"], "1975-12-10"), (2, "Zoë 東", ""), (3, "Bob", "2001-01-01")]
        self.assertEqual(self.files.query("spool/out.db", "SELECT id, name, born FROM patients ORDER BY id"), patients)
        notes = [(1, 1, ADA["notes"][0]), (1, 2, ""), (3, 1, "100%")]
        self.assertEqual(self.files.query("spool/out.db", "SELECT patient, position, text FROM notes ORDER BY patient, position"), notes)
        self.assertEqual(self.files.tree("spool"), ["out.db"])

    def test_nobody(self):
        self.assertEqual(self.convert([]), 0)
        self.assertEqual(self.files.query("spool/out.db", "SELECT * FROM patients"), [])
        self.assertEqual(self.files.query("spool/out.db", "SELECT * FROM notes"), [])

    def test_something_is_there(self):
        self.files.write("spool/out.db", b"mine")
        with self.assertRaises(FileExistsError):
            self.convert([ADA])
        self.assertEqual(self.files.read("spool/out.db"), b"mine")

    def test_files_that_hold_no_patients(self):
        missing = [{key: value for key, value in ADA.items() if key != left} for left in ("name", "born", "notes")]
        wrong = [{**ADA, "name": 7}, {**ADA, "born": None}, {**ADA, "notes": "tired"}, {**ADA, "notes": [7]}, {**ADA, "notes": None}, 7, "name", None]
        for document in ("", "{", "7", "null", '"x"', *([BOB, entry] for entry in missing + wrong)):
            with self.assertRaises(ValueError, msg=document):
                self.convert(document)
            self.assertEqual(self.files.tree("spool"), [], document)
