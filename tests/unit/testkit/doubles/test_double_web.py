"""What requests, httpx, urllib and http.client meet, and what is known of them afterwards."""

import contextlib
import http.client
import json
import ssl
import time
import tracemalloc
import urllib.error
import urllib.request

import httpx
import pytest
import requests

from pythonsecurityeval.testkit.judge.doubles import tls
from pythonsecurityeval.testkit.judge.doubles.web import Response, Web


def trusting():
    return ssl.create_default_context()


@pytest.fixture
def web(net, wire):
    return Web(net, [])


def by_requests(url, ca):
    return requests.get(url, timeout=5, verify=ca).content


def by_httpx(url, ca):
    return httpx.get(url, verify=trusting()).content


def by_urllib(url, ca):
    with urllib.request.urlopen(url, timeout=5, context=trusting()) as answer:
        return answer.read()


CLIENTS = pytest.mark.parametrize("fetch", [by_requests, by_httpx, by_urllib])


@CLIENTS
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_every_client_gets_the_document(web, ca_file, fetch, scheme):
    web.route(f"{scheme}://api.example/a?x=1", json={"k": [1, None]})
    assert json.loads(fetch(f"{scheme}://api.example/a?x=1", ca_file)) == {"k": [1, None]}
    assert web.requests[0].url == f"{scheme}://api.example/a?x=1"
    assert web.requests[0].query == {"x": "1"}
    assert "USER-agent" in web.requests[0].headers


@CLIENTS
@pytest.mark.parametrize("kind", ["untrusted", "expired", "wrong_host"])
def test_no_request_reaches_a_bad_certificate_of_a_client_that_checks(web, ca_file, fetch, kind):
    web.route("https://api.example/", json={}, certificate=kind)
    with pytest.raises((requests.exceptions.SSLError, httpx.ConnectError, urllib.error.URLError)):
        fetch("https://api.example/", ca_file)
    assert web.requests == []


@pytest.mark.parametrize("kind", tls.KINDS)
@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def test_request_over_a_bad_certificate_shows_that_nobody_checked(web, kind):
    web.route("https://api.example/", "x", certificate=kind)
    requests.get("https://api.example/", timeout=5, verify=False)
    assert len(web.requests) == 1


def test_certificate_of_a_literal_address(web, ca_file):
    web.route("https://93.184.216.34/", "x")
    assert by_requests("https://93.184.216.34/", ca_file) == b"x"


def test_hosts_on_one_address_have_their_own_pages_and_certificates(web, ca_file):
    web.route("https://a.example/", "A", ip="93.184.216.34")
    web.route("https://b.example/", "B", ip="93.184.216.34")
    assert by_requests("https://a.example/", ca_file) == b"A"
    assert by_requests("https://b.example/", ca_file) == b"B"


def test_redirects_are_followed_by_those_who_follow(web):
    web.redirect("http://a.example/", "http://10.0.0.7/secret")
    web.route("http://10.0.0.7/secret", "s3cret")
    assert requests.get("http://a.example/", timeout=5).text == "s3cret"
    assert [r.ip for r in web.requests][1] == "10.0.0.7"
    assert httpx.get("http://a.example/").status_code == 302
    assert len(web.requests) == 3


def test_rebinding_shows_in_the_address_that_was_dialled(web, net):
    web.route("http://r.example/", "x", ip=["93.184.216.34", "10.0.0.7"])
    net.resolve("r.example")
    requests.get("http://r.example/", timeout=5)
    assert web.requests[0].ip == "10.0.0.7"


def test_form_and_files_are_parsed_as_sent(web):
    web.route("http://a.example/up", "ok")
    requests.post("http://a.example/up", data={"n": "é"}, files={"f": ("../x.txt", b"\0data\r\n", "text/x")}, timeout=5)
    httpx.post("http://a.example/up", data={"a": "1 2"})
    multipart, plain = web.requests
    assert multipart.form == {"n": "é"}
    assert (multipart.files["f"].filename, multipart.files["f"].data) == ("../x.txt", b"\0data\r\n")
    assert multipart.files["f"].type == "text/x"
    assert plain.form == {"a": "1 2"}
    assert plain.files == {}


def test_chunked_request_body(web):
    web.route("http://a.example/up", lambda request: request.body.upper())
    assert requests.post("http://a.example/up", data=iter([b"ab", b"c"]), timeout=5).content == b"ABC"


def test_answers_computed_from_the_request(web):
    web.route("http://a.example/*", lambda r: Response(body=r.method.encode(), status=201, headers=[("X-A", "b")]))
    answer = requests.put("http://a.example/x/y", timeout=5)
    assert (answer.status_code, answer.text, answer.headers["x-a"]) == (201, "PUT", "b")
    web.route("http://a.example/j", lambda r: {"path": r.path})
    assert requests.get("http://a.example/j?q", timeout=5).json() == {"path": "/j"}


def test_fault_of_the_tests_own_callable_is_kept(web):
    web.route("http://a.example/", lambda r: 1 / 0)
    assert requests.get("http://a.example/", timeout=5).status_code == 500
    assert isinstance(web.faults[0], ZeroDivisionError)


def test_connection_stays_alive(web, net):
    web.route("http://a.example/", "x")
    with requests.Session() as session:
        assert [session.get("http://a.example/", timeout=5).text for _ in range(3)] == ["x"] * 3
        assert session.head("http://a.example/", timeout=5).headers["content-length"] == "1"
        assert session.get("http://a.example/none", timeout=5).status_code == 404
    assert len(net.dials) == 1


def test_expect_continue(web, wire):
    web.route("http://a.example/", lambda r: r.body)
    with wire.open("a.example", 80) as sock:
        sock.sendall(b"POST / HTTP/1.1\r\nHost: a.example\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        assert sock.recv(100).startswith(b"HTTP/1.1 100 ")
        sock.sendall(b"hi")
        assert sock.recv(1000).endswith(b"\r\n\r\nhi")


def test_old_client_is_answered_and_closed(web, wire):
    web.route("http://a.example/", iter([b"a", b"b"]))
    with wire.open("a.example", 80) as sock, sock.makefile("rb") as stream:
        sock.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert stream.read().endswith(b"\r\n\r\nab")


@pytest.mark.parametrize(
    "nonsense",
    [
        b"hello\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
        b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 2000 + b"\r\n",
        b"G" * 70000 + b"\r\n",
    ],
)
def test_nonsense_is_refused_within_bounds(web, wire, nonsense):
    web.route("http://a.example/", "x")
    with wire.open("a.example", 80) as sock, sock.makefile("rb") as stream:
        sock.sendall(nonsense)
        assert stream.readline().startswith(b"HTTP/1.1 400 ")
    wire.join()
    assert web.requests == []


def test_client_without_time_out_hangs(web):
    web.route("http://s.example/", stall=True)
    with pytest.raises(requests.ConnectionError):
        requests.get("http://s.example/", timeout=None)
    assert web.hung == ["http://s.example/"]
    assert web.gave_up == []


def test_client_with_time_out_gives_up(web, wire, net):
    web.route("http://s.example/", stall=True)
    with pytest.raises(requests.Timeout):
        requests.get("http://s.example/", timeout=0.02)
    wire.join()
    assert web.gave_up == ["http://s.example/"]
    assert web.hung == []
    assert net.slow("s.example")


def test_stall_within_the_body(web, wire):
    web.route("https://s.example/", "begin", stall="body")
    with pytest.raises(httpx.ReadTimeout):
        httpx.get("https://s.example/", timeout=0.03, verify=trusting())
    wire.join()
    assert web.gave_up == ["https://s.example/"]


def test_endless_body_counts_what_was_taken(web, wire):
    web.route("http://big.example/", endless=True)
    with requests.get("http://big.example/", stream=True, timeout=5) as answer:
        next(answer.iter_content(100_000))
    wire.join()
    assert web.taken < 2 << 20
    web.taken = 0
    assert len(requests.get("http://big.example/", timeout=5).content) == 64 << 20
    assert web.taken == 64 << 20


def test_wsgi_application_of_the_test(web, ca_file):
    def app(environ, start):
        start("202 Accepted", [("Content-Type", "text/plain")])
        return [environ["PATH_INFO"].encode(), b"?", environ["QUERY_STRING"].encode(), environ["wsgi.input"].read()]

    web.app("s3.example", app)
    answer = requests.post("https://s3.example/b/k?x=1", data=b"!", timeout=5, verify=ca_file)
    assert (answer.status_code, answer.text) == (202, "/b/k?x=1!")


def test_http_client_and_raw_tls(web, wire):
    web.route("https://a.example:8443/", "x")
    connection = http.client.HTTPSConnection("a.example", 8443, context=trusting())
    connection.request("GET", "/", headers={"Connection": "close"})
    assert connection.getresponse().read() == b"x"
    connection.close()


def test_answer_to_a_plain_client_on_a_tls_port_is_none(web, wire):
    web.route("https://a.example/", "x")
    with wire.open("a.example", 443) as sock:
        sock.sendall(b"GET / HTTP/1.1\r\n\r\n")
        with contextlib.suppress(ConnectionResetError):
            assert b"200" not in sock.recv(100)
    wire.join()
    assert web.requests == []


def test_certificates_need_no_file_system(net):
    context = tls.new_server_context("a.example", "expired")
    assert isinstance(context, ssl.SSLContext)


def test_attack_announce_bodies_and_never_send_them(web, wire):
    web.route("http://api.example/a")
    tracemalloc.start()
    try:
        socks = [wire.open("api.example", 80) for _ in range(20)]
        for sock in socks:
            sock.sendall(b"POST /a HTTP/1.1\r\nHost: api.example\r\nContent-Length: 16777216\r\n\r\nx")
        time.sleep(0.2)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    for sock in socks:
        sock.close()
    wire.join()
    assert peak < 16 << 20


@pytest.mark.parametrize("chunked", [False, True])
def test_attack_bodies_that_fill_the_judge_together(web, wire, chunked):
    web.route("http://api.example/a")
    body = b"x" * (16 << 20)

    def post():
        with contextlib.closing(http.client.HTTPConnection("api.example")) as connection:
            connection.request("POST", "/a", iter([body]) if chunked else body)
            return connection.getresponse().status

    assert [post() for _ in range(4)] == [200] * 4
    with pytest.raises((http.client.HTTPException, OSError)):
        post()
    wire.join()
    assert len(web.requests) == 4


def test_attack_a_length_of_many_digits(web, wire):
    web.route("http://api.example/a")
    with wire.open("api.example", 80) as sock:
        sock.sendall(b"POST /a HTTP/1.1\r\nContent-Length: " + b"9" * 9000 + b"\r\n\r\n")
        assert sock.recv(12) == b"HTTP/1.1 400"
    wire.join()


def test_attack_a_form_that_takes_minutes_to_parse(web):
    web.route("http://api.example/a")
    parts = b"".join(b"--b\r\n\r\n" for _ in range(200_000))
    requests.post("http://api.example/a", parts, headers={"Content-Type": "multipart/form-data; boundary=b"}, timeout=5)
    fields = {"Content-Type": "application/x-www-form-urlencoded"}
    requests.post("http://api.example/a", b"a&" * 1_000_000, headers=fields, timeout=5)
    started = time.process_time()
    for request in web.requests:
        with pytest.raises(ValueError, match=r"form|fields"):
            _ = request.form
    assert time.process_time() - started < 1
