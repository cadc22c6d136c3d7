# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
import hashlib

from pythonsecurityeval.testkit import TaskTest, inside


def member(username, password, rounds=100, active=True, **more):
    salt = username.encode()[:4] + b"\x00\xff'salt"
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)
    return {"username": username, "active": active, "_salt": salt, "_rounds": rounds, "_hash": digest, **more}


ADA = {"city": "Oslo", "points": 120, "newsletter": False, "motto": "100% 'me' -- ok"}
MEMBERS = [
    member("ada", "l0velace", **ADA),
    member("bob", "builder", rounds=7, email="bob@north.example"),
    member("eve", "apple", active=False),
    member("Zoë O-Neill", "påsswörd 山田"),
]


@inside
def connected():
    import boto3

    return boto3.client("dynamodb", region_name="eu-west-1", aws_access_key_id="AKIATEST", aws_secret_access_key="s3cr3t")


class Functional(TaskTest):
    uses = ("dynamodb",)

    def setUp(self):
        self.world.dynamodb.table("members", "username", MEMBERS)
        self.client = connected()

    def login(self, username, password):
        return self.solution.login(self.client, username, password)

    def test_profile(self):
        profile = self.login("ada", "l0velace")
        self.assertEqual(profile, {"username": "ada", "active": True, **ADA})
        self.assertEqual((type(profile["points"]), type(profile["newsletter"])), (int, bool))

    def test_rounds_of_the_record(self):
        self.assertEqual(self.login("bob", "builder"), {"username": "bob", "active": True, "email": "bob@north.example"})

    def test_any_language(self):
        self.assertEqual(self.login("Zoë O-Neill", "påsswörd 山田"), {"username": "Zoë O-Neill", "active": True})

    def test_wrong_password(self):
        for password in ("l0velac", "L0velace", "l0velace ", "builder", "' OR 1=1", "x"):
            self.assertIsNone(self.login("ada", password), password)

    def test_nobody_of_that_name(self):
        for name in ("ad", "Ada", "ada ", "carl", "100%"):
            self.assertIsNone(self.login(name, "l0velace"), name)

    def test_empty_fields(self):
        for name, password in (("", "l0velace"), ("ada", ""), ("", "")):
            self.assertIsNone(self.login(name, password))

    def test_member_who_is_not_active(self):
        self.assertIsNone(self.login("eve", "apple"))
