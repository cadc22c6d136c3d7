"""Flask, Django and plain WSGI applications of a solution."""

from __future__ import annotations

from pythonsecurityeval.testkit.local import run_local

FLASK = """
from flask import Flask, request, jsonify, session, make_response
app = Flask(__name__)
app.secret_key = "k"
@app.get("/")
def home(): return "hi " + request.args["a"] + session.get("who", "")
@app.post("/login")
def login():
    session["who"] = request.form["who"]
    r = make_response("ok"); r.set_cookie("id", "1", httponly=True, secure=True); return r
@app.post("/up")
def up():
    f = request.files["f"]; return jsonify(name=f.filename, size=len(f.read()))
@app.get("/bad")
def bad(): 1 / 0
def view(): return {"a": request.args["a"]}, 201
"""


def test_a_flask_application(passes):
    passes(
        FLASK,
        "client = self.view.wsgi(self.solution.get('app'))\n"
        "r = client.get('/', query_string={'a': 'x'})\n"
        "self.assertEqual((r.status, r.text, r.headers['content-type']), (200, 'hi x', 'text/html; charset=utf-8'))\n"
        "r = client.post('/login', data={'who': 'ann'})\n"
        "self.assertTrue(r.cookies['id']['httponly'] and r.cookies['id']['secure'])\n"
        "self.assertEqual(len(r.all('Set-Cookie')), 2)\n"
        "self.assertEqual(client.get('/?a=x').text, 'hi xann')\n"
        "self.assertEqual(client.post('/up', files={'f': ('a.txt', b'12')}).json(), {'name': 'a.txt', 'size': 2})\n"
        "self.assertEqual((client.get('/nope').status, client.get('/bad').status), (404, 500))\n"
        "self.assertIn('ZeroDivisionError', self.solution.stderr)",
    )


def test_a_flask_view_within_a_request(passes):
    passes(
        FLASK,
        "with self.within(self.given.flask_request('/x?a=1', headers={'X-Y': 'z'})):\n"
        "    r = self.view.response(self.solution.view())\n"
        "self.assertEqual((r.status, r.json()), (201, {'a': '1'}))",
    )


def test_plain_wsgi(passes):
    passes(
        "def app(env, start):\n    start('418 Teapot', [('X-A', env['PATH_INFO'])]); return [b'x']\ndef make(): return app",
        "r = self.view.wsgi(self.solution.make()).get('/q')\nself.assertEqual((r.status, r.headers['x-a'], r.body), (418, '/q', b'x'))",
    )


DJANGO = """
from django.http import HttpResponse, JsonResponse
from django.db import connection, models
from django.urls import path
from django.core.wsgi import get_wsgi_application
def view(request):
    r = JsonResponse({"q": request.GET["q"]}); r.set_cookie("a", "b", samesite="Lax"); return r
urlpatterns = [path("v", view)]
class Note(models.Model):
    text = models.TextField()
    class Meta: app_label = "notes"
def make():
    with connection.schema_editor() as editor: editor.create_model(Note)
def add(text): return Note.objects.create(text=text).pk
def find(text): return [n.text for n in Note.objects.filter(text=text)]
def app(): return get_wsgi_application()
"""


def test_django_views_models_and_applications(passes):
    passes(
        DJANGO,
        "r = self.view.response(self.solution.view(self.given.django_request('GET', '/v', {'q': '1'})))\n"
        "self.assertEqual((r.status, r.json(), r.cookies['a']['samesite']), (200, {'q': '1'}, 'Lax'))\n"
        "self.solution.make()\nself.solution.add('x')\nself.assertEqual(self.solution.find('x'), ['x'])\n"
        "self.assertEqual(self.files.query('django.sqlite3', 'select text from notes_note'), [('x',)])\n"
        "self.assertEqual(self.view.wsgi(self.solution.app()).get('/v?q=2').json(), {'q': '2'})",
    )


def test_each_test_has_its_own_django_urls_models_and_database():
    body = """
from pythonsecurityeval.testkit import TaskTest
class A(TaskTest):
    def test_a(self):
        self.solution.make()
        self.assertEqual((self.solution.add("x"), self.solution.count()), (1, 1))
        app = self.view.wsgi(self.solution.app())
        self.assertEqual([app.get("/n").text for _ in "ab"], ["1", "2"])
    def test_b(self): self.test_a()
"""
    extra = (
        "N = [0]\ndef count(): return Note.objects.count()\ndef n(request): N[0] += 1; return HttpResponse(str(N[0]))\n"
    )
    results = run_local(body, DJANGO + extra + "urlpatterns.append(path('n', n))\n")
    assert [(result.outcome.value, result.message) for result in results] == [("passed", "")] * 2
