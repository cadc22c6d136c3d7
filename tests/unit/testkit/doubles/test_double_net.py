"""Names, addresses and refused ports, as a candidate meets them."""

import socket

import pytest

from pythonsecurityeval.testkit.judge.doubles.net import Peer, literal


def greet(sock, peer):
    sock.sendall(f"hello {peer.host}".encode())


def ask(wire, host, port=7):
    with wire.open(host, port) as sock:
        return sock.recv(100).decode()


def test_unknown_name_is_gaierror(net):
    with pytest.raises(socket.gaierror) as caught:
        net.resolve("nobody.example")
    assert caught.value.args == (socket.EAI_NONAME, "Name or service not known")
    assert net.lookups == ["nobody.example"]


def test_names_are_known_whatever_their_case_and_final_dot(net):
    net.host("a.example", ip="10.1.2.3")
    assert net.resolve("A.Example.") == ["10.1.2.3"]


def test_fresh_addresses_are_public_and_distinct(net):
    import ipaddress

    addresses = {net.host(f"h{n}.example") for n in range(300)}
    assert len(addresses) == 300
    assert all(ipaddress.ip_address(a).is_global for a in addresses)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("[::1]", "::1"),
        ("::ffff:10.0.0.7", "10.0.0.7"),
        ("a.example", None),
        ("", None),
        ("3com.example", None),
    ],
)
def test_odd_spellings_of_an_address_are_that_address(text, address):
    assert literal(text) == address


def test_odd_spelling_reaches_the_inner_server(net, wire):
    net.serve("127.0.0.1", 7, greet)
    assert ask(wire, "0x7f000001") == "hello 127.0.0.1"
    assert ask(wire, "localhost") == "hello 127.0.0.1"


def test_rebinding_name_moves_on_and_stays(net, wire):
    net.serve("r.example", 7, greet, ip=["93.184.216.34", "10.0.0.7"])
    assert [net.resolve("r.example")[0] for _ in range(3)] == ["93.184.216.34", "10.0.0.7", "10.0.0.7"]


def test_connecting_by_name_looks_up_again(net, wire):
    net.serve("r.example", 7, greet, ip=["93.184.216.34", "10.0.0.7"])
    net.resolve("r.example")
    assert ask(wire, "r.example") == "hello 10.0.0.7"


def test_closed_port_refuses(net, wire):
    net.serve("a.example", 7, greet)
    with pytest.raises(ConnectionRefusedError):
        wire.open("a.example", 8)
    assert net.dials == [("a.example", 8)]


def test_server_for_every_name(net, wire):
    net.serve("*", 7, greet)
    assert ask(wire, "db.internal").startswith("hello 93.184.")
    assert ask(wire, "10.9.9.9") == "hello 10.9.9.9"


def test_stalling_is_known_by_name_and_by_address(net):
    net.host("s.example", ip="93.184.216.99")
    net.stall("s.example")
    assert net.slow("s.example")
    assert net.slow("93.184.216.99")
    assert not net.slow("a.example")


def test_client_that_hangs_up_is_no_error(net, wire):
    net.serve("a.example", 7, lambda sock, _: sock.sendall(b"x" * (8 << 20)))
    wire.open("a.example", 7).close()
    wire.join()


def test_datagrams_are_answered_one_by_one(net):
    net.serve_udp("dns.example", 53, lambda data, peer: [data.upper(), peer.host.encode()])
    responder = net.find_udp("dns.example", 53)
    assert list(responder(b"a", Peer("dns.example", 53, udp=True))) == [b"A", b"dns.example"]
    assert net.find_udp("dns.example", 54) is None


def test_a_server_of_every_name_makes_names_known_for_its_port_alone(net):
    net.serve("*", 3306, lambda *_: None)
    for _ in range(2):  # whichever is looked up first
        for port in (0, 80):
            with pytest.raises(socket.gaierror):
                net.resolve("db.example", port)
        found = net.resolve("db.example", 3306)
        assert found == net.resolve("db.example", 3306)
    assert net.resolve("db2.example", 3306) != found
    assert [net.host("db.example")] == found == net.resolve("db.example", 80)
    assert net.find("other.example", 3306) is not None
