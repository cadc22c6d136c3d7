# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
from email.message import EmailMessage

from pythonsecurityeval.testkit import TaskTest

OURS = "bank.example"


def letter(sender="Ada <ada@mail.test>", reply=None, html=None, text="hello", **how):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "you@home.test", "News"
    if reply:
        message["Reply-To"] = reply
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html", **how)
    return message.as_bytes()


class Functional(TaskTest):
    def codes(self, **kwargs):
        return self.solution.warnings_for(letter(**kwargs), OURS)

    def link(self, href, text, **how):
        return self.codes(html=f'<p>Dear member, <a class="b" href="{href}">{text}</a></p>', **how)

    def test_ordinary_letters(self):
        self.assertEqual(self.codes(), [])
        self.assertEqual(self.codes(sender="Bank.example <info@bank.example>", reply="help@bank.example"), [])
        self.assertEqual(self.codes(sender='"The team, mail.Bank.Example" <a@News.bank.Example>'), [])

    def test_name_that_is_not_the_address(self):
        self.assertEqual(self.codes(sender="BANK.example service <x@cheap.test>"), ["name"])
        self.assertEqual(self.codes(sender="Müller, bank.example <x@cheap.test>".replace(",", " -")), ["name"])
        self.assertEqual(self.codes(sender="bank dot example <x@cheap.test>"), [])

    def test_reply_goes_elsewhere(self):
        self.assertEqual(self.codes(reply="Ada <ada@other.test>"), ["reply"])
        self.assertEqual(self.codes(reply="someone@MAIL.test"), [])
        self.assertEqual(self.codes(sender="a@bank.example", reply="b@mail.bank.example"), ["reply"])

    def test_link_that_shows_us_and_leads_elsewhere(self):
        self.assertEqual(self.link("https://cheap.test/login", "www.Bank.example"), ["link"])
        self.assertEqual(self.link("https://cheap.test/login", "log in <b>at bank</b>.example"), ["link"])
        self.assertEqual(self.link("mailto:info@bank.example", "write to bank.example"), ["link"])

    def test_links_that_are_fine(self):
        self.assertEqual(self.link("https://bank.example/login", "bank.example"), [])
        self.assertEqual(self.link("HTTP://my.BANK.example:8443?x=1", "https://bank.example"), [])
        self.assertEqual(self.link("https://cheap.test/", "something else"), [])
        self.assertEqual(self.link("https://cheap.test/", "something</a> else than bank.example <a>"), [])
        self.assertEqual(self.codes(text='<a href="http://cheap.test">bank.example</a>'), [])

    def test_encodings_of_the_html_part(self):
        for how in ({"cte": "base64"}, {"cte": "quoted-printable"}, {"charset": "utf-16", "cte": "base64"}):
            self.assertEqual(self.link("https://cheap.test/ü", "bank.example", **how), ["link"], how)

    def test_codes_are_sorted_and_stand_once(self):
        html = '<a href="http://a.test">bank.example</a>' * 3
        self.assertEqual(self.codes(sender="bank.example <x@a.test>", reply="y@b.test", html=html), ["link", "name", "reply"])
