"""Nobody is sent to an address that is not on the public internet, however it is written and whoever names it."""

import json
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest

from pipeline.errors import FetchFailed, UsageError
from pipeline.fetch import transport
from pipeline.fetch.client import Fetcher
from pipeline.fetch.guard import is_global, mapped_address
from pipeline.settings import Settings, load_settings
from tests.fetch.conftest import Serve
from tests.network.fault_server import HOST, FaultServer, Reply, page, redirect

CASES = Path(__file__).parents[3] / "shared/real/external/ssrf_cases.json"
Script = dict[str, Sequence[Reply]]
CONTACT = "https://archive.example/about-our-robot"

NOT_GLOBAL = (
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.255", "169.254.169.254", "172.16.0.1", "192.0.0.1",
    "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:a00:1", "64:ff9b::7f00:1", "64:ff9b:1::1",
    "100::1", "2001:db8::1", "2001:0:7f00:1::", "2002:7f00:1::", "3fff::1", "5f00::1", "fc00::1", "fe80::1%eth0",
    "fec0::1", "ff02::1",
)  # fmt: skip
GLOBAL = ("8.8.8.8", "152.254.90.1", "2607:f8b0:400a:807::200e", "::ffff:8.8.8.8", "64:ff9b::808:808")


@pytest.mark.parametrize("address", NOT_GLOBAL)
def test_refuses(address: str) -> None:
    assert not is_global(address)


@pytest.mark.parametrize("address", GLOBAL)
def test_allows(address: str) -> None:
    assert is_global(address)


class Resolver:
    """A name server that gives the answers it was told to, the last one for ever; addresses stand for themselves."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, **kwargs: Any) -> list[tuple[Any, ...]]:
        assert kwargs == {"type": socket.SOCK_STREAM}
        self.asked.append(host)
        addresses = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]


@pytest.fixture
def public(tmp_path: Path) -> Settings:
    """Settings that may ask the public internet, with no patience."""
    return load_settings(
        home=tmp_path, contact_url=CONTACT, min_gap_seconds=0, retries=0, connect_timeout_seconds=0.5,
        read_timeout_seconds=0.5, deadline_seconds=2,
    )  # fmt: skip


def refuse_to_connect(address: tuple[str, int], *args: object, **kwargs: object) -> NoReturn:  # noqa: ARG001  # urllib3's signature
    pytest.fail(f"a connection was opened to {address}")


def test_a_name_with_a_private_address_is_refused_unconnected(
    public: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Resolver(["127.0.0.1", "10.0.0.1"]))
    monkeypatch.setattr(transport, "create_connection", refuse_to_connect)
    with Fetcher(public) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.get("https://www.npr.org/")
    assert caught.value.reason == "blocked_address"


def test_the_address_that_was_judged_is_the_one_connected_to(public: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers with a private address the second time is not asked a second time."""
    resolver = Resolver(["8.8.8.8"], ["127.0.0.1"])
    connected: list[str] = []

    def connect(address: tuple[str, int], *args: object, **kwargs: object) -> NoReturn:  # noqa: ARG001  # urllib3's
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    monkeypatch.setattr(transport, "create_connection", connect)
    with Fetcher(public) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.get("https://www.npr.org/")
    assert (caught.value.reason, connected, resolver.asked) == ("refused", ["8.8.8.8"], ["www.npr.org"])


def test_private_addresses_of_a_name_are_passed_over(public: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    connected: list[str] = []

    def connect(address: tuple[str, int], *args: object, **kwargs: object) -> NoReturn:  # noqa: ARG001  # urllib3's
        connected.append(address[0])
        raise TimeoutError

    monkeypatch.setattr(socket, "getaddrinfo", Resolver(["10.0.0.1", "8.8.8.8", "127.0.0.1", "8.8.4.4"]))
    monkeypatch.setattr(transport, "create_connection", connect)
    with Fetcher(public) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.get("https://www.npr.org/")
    assert (caught.value.reason, connected) == ("timeout", ["8.8.8.8", "8.8.4.4"])


def test_an_unknown_name_is_dns(public: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Resolver([]))
    with Fetcher(public) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.get("https://no-such-station.example/")
    assert caught.value.reason == "dns"


def test_tls_on_a_plain_port(serve: Serve, public: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    _, server = serve({"/page": [page()]})
    monkeypatch.setattr(transport, "global_addresses", lambda host, port: ["127.0.0.1"])  # noqa: ARG005  # guard's
    with Fetcher(public) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.get(f"https://plain.example:{server.port}/page")
    assert caught.value.reason == "tls"


def test_a_mapped_host_may_not_lead_to_the_same_machine_by_another_name(serve: Serve) -> None:
    fetcher, server = serve({"/page": [redirect("/elsewhere")], "/elsewhere": [redirect("http://localhost/")]})
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(f"https://{HOST}/page")
    assert caught.value.reason == "redirects"
    assert [seen.path for seen in server.pages] == ["/page", "/elsewhere"]


def test_a_name_that_becomes_private_between_two_look_ups_is_refused(
    serve: Serve, public: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Public while robots.txt is asked for, this machine when the page is: what DNS rebinding does."""
    _, server = serve({"/page": [page()]})
    resolver = Resolver(["8.8.8.8"], ["127.0.0.1"])
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    connected = leading_home(server, monkeypatch)
    with Fetcher(public) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.get("http://rebinding.example/page")
    assert caught.value.reason == "blocked_address"
    assert connected == ["8.8.8.8"]
    assert [seen.path for seen in server.requests] == ["/robots.txt"]


def leading_home(server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let every connection to a public address end at this server; the addresses that were connected to."""
    connected: list[str] = []

    def connect(address: tuple[str, int], *args: object, **kwargs: object) -> socket.socket:  # noqa: ARG001  # urllib3's
        connected.append(address[0])
        if not is_global(address[0]):
            pytest.fail(f"a connection was opened to {address}")
        sock = socket.socket()
        sock.connect(("127.0.0.1", server.port))
        return sock

    monkeypatch.setattr(transport, "create_connection", connect)
    return connected


INSIDE = (
    "http://intranet.example/secret",
    "http://127.0.0.1:9/secret",
    "http://[::1]/secret",
    "http://169.254.169.254/latest/meta-data/",
    "http://0x7f.1/secret",
    "file:///etc/passwd",
)
WAYS: dict[str, Script] = {
    "the first URL": {},
    "a redirect": {"/page": [redirect("{inside}")]},
    "the last of five redirects": {
        "/page": [redirect("/2")], "/2": [redirect("/3")], "/3": [redirect("/4")], "/4": [redirect("{inside}")],
    },
    "robots.txt": {"/robots.txt": [redirect("{inside}")], "/page": [page()]},
}  # fmt: skip


@pytest.mark.parametrize("inside", INSIDE)
@pytest.mark.parametrize("script", WAYS.values(), ids=WAYS)
def test_no_way_leads_inside(
    serve: Serve, public: Settings, monkeypatch: pytest.MonkeyPatch, script: Script, inside: str
) -> None:
    told = {
        path: [tuple(step.replace(b"{inside}", inside.encode()) if isinstance(step, bytes) else step for step in reply)]
        for path, (reply,) in script.items()
    }
    _, server = serve(told)
    names = {"radio.example": "8.8.8.8", "intranet.example": "10.0.0.7"}

    def resolve(host: str, port: int, **kwargs: Any) -> list[tuple[Any, ...]]:
        return Resolver([names.get(host, host)])(host, port, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    connected = leading_home(server, monkeypatch)
    with Fetcher(public) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.get(f"http://{HOST}/page" if script else inside)
    assert caught.value.reason in {"blocked_address", "bad_url"} | (
        {"robots_unreachable"} if "/robots.txt" in script else set()
    )
    assert set(connected) <= {"8.8.8.8"}


@pytest.mark.skipif(not CASES.exists(), reason="needs ../shared")
def test_every_spelling_of_a_private_address_is_refused_unconnected(
    public: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every name leads home here, so nothing of the list may be connected to."""
    monkeypatch.setattr(socket, "getaddrinfo", Resolver(["127.0.0.1"]))
    monkeypatch.setattr(transport, "create_connection", refuse_to_connect)
    urls = json.loads(CASES.read_text(encoding="utf-8"))["urls"]
    reasons = set()
    with Fetcher(public) as fetcher:
        for url in urls:
            with pytest.raises(FetchFailed) as caught:
                fetcher.get(url)
            reasons.add(caught.value.reason)
    assert len(urls) >= 352
    assert reasons == {"bad_url", "blocked_address"}


def test_without_a_contact_nobody_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Resolver(["8.8.8.8"]))
    monkeypatch.setattr(transport, "create_connection", refuse_to_connect)
    with Fetcher(load_settings(home=tmp_path)) as fetcher, pytest.raises(UsageError, match="ASRUN_CONTACT_URL"):
        fetcher.get("https://www.npr.org/")


@pytest.mark.parametrize("target", ["localhost:80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", ""])
def test_a_host_map_that_is_none_is_named(target: str) -> None:
    with pytest.raises(UsageError, match="ASRUN_HOST_MAP"):
        mapped_address("www.npr.org", target)
