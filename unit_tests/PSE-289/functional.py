# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
from pythonsecurityeval.testkit import TaskTest

SITE = "http://pears.example"


class Functional(TaskTest):
    uses = ("net",)

    def page(self, path, title, *links, kind="text/html; charset=utf-8"):
        anchors = "".join(f'<li><a class="x" href="{link}">{link}</a></li>' for link in links)
        text = f"<!DOCTYPE html><html><head>{title}</head><body><a name=top></a><ul>{anchors}</ul></body></html>"
        self.world.web.route(SITE + path, text.encode(), headers={"Content-Type": kind})

    def crawl(self, path="/", depth=5, max_pages=50):
        pages = self.view.items(self.solution.crawl(SITE + path, depth, max_pages))
        return [(url.removeprefix(SITE), title) for url, title in pages]

    def asked(self):
        return [request.url.removeprefix(SITE) for request in self.world.web.requests]

    def tree(self):
        self.page("/", "<title> Pears\n</title>", "/a", "b", f"{SITE}/c/")
        self.page("/a", "<title>A</title>", "/a1", "/")
        self.page("/b", "<title>Bö</title>", "/a1", "#top")
        self.page("/c/", "<title>C</title>", "deep", "../a", "?page=2")
        self.page("/a1", "<title>A1</title>", "/a2")
        self.page("/a2", "<title>A2</title>")
        self.page("/c/deep", "")
        self.page("/c/?page=2", "<title>C, 2</title>")

    def test_breadth_first_in_the_order_of_the_links(self):
        self.tree()
        expected = [
            ("/", "Pears"),
            ("/a", "A"),
            ("/b", "Bö"),
            ("/c/", "C"),
            ("/a1", "A1"),
            ("/c/deep", ""),
            ("/c/?page=2", "C, 2"),
            ("/a2", "A2"),
        ]
        self.assertEqual(self.crawl(), expected)
        self.assertEqual(self.asked(), [url for url, _ in expected])

    def test_depth(self):
        self.tree()
        self.assertEqual(self.crawl(depth=0), [("/", "Pears")])
        self.assertEqual([url for url, _ in self.crawl(depth=1)], ["/", "/a", "/b", "/c/"])
        self.assertEqual([url for url, _ in self.crawl("/a", depth=1)], ["/a", "/a1", "/"])

    def test_number_of_requests(self):
        self.tree()
        self.assertEqual([url for url, _ in self.crawl(max_pages=3)], ["/", "/a", "/b"])
        self.assertEqual(self.asked(), ["/", "/a", "/b"])

    def test_start_with_a_fragment(self):
        self.page("/", "<title>Top</title>", "/#end", "#")
        self.assertEqual(self.crawl("/#top"), [("/", "Top")])
        self.assertEqual(len(self.asked()), 1)

    def test_what_is_no_page(self):
        no_addresses = ("mailto:me@pears.example", "javascript:go()", "tel:1")
        self.page("/", "<title>Top</title>", "/gone", "/logo", "/script", "/b", *no_addresses, "/empty")
        self.world.web.route(f"{SITE}/gone", b"<title>404</title><a href='/x'>x</a>", status=404)
        self.page("/logo", "<title>SVG</title>", "/x", kind="image/svg+xml")
        self.page("/script", "<title>text</title>", "/x", kind="text/plain")
        self.page("/b", "<title>B</title>")
        self.world.web.route(f"{SITE}/empty", b"", headers={"Content-Type": "text/html"})
        self.assertEqual(self.crawl(), [("/", "Top"), ("/b", "B"), ("/empty", "")])
        self.assertNotIn("/x", self.asked())

    def test_redirect_within_the_site(self):
        self.page("/", "<title>Top</title>", "/old", "/b")
        self.world.web.redirect(f"{SITE}/old", "/new/", status=301)
        self.page("/new/", "<title>New</title>", "next")
        self.page("/new/next", "<title>Next</title>")
        self.page("/b", "<title>B</title>")
        self.assertEqual(self.crawl(depth=1), [("/", "Top"), ("/new/", "New"), ("/b", "B")])
        self.assertIn(("/new/next", "Next"), self.crawl(depth=2))

    def test_start_that_is_not_there(self):
        self.assertEqual(self.crawl("/none"), [])
