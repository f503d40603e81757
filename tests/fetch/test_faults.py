"""Every fault ends in its own name, in time, and none is taken for a page."""

import socket
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NoReturn

import pytest

from pipeline.errors import FetchFailed
from pipeline.fetch import transport
from pipeline.fetch.client import Fetcher
from pipeline.settings import load_settings
from tests.fetch.certificates import Authority
from tests.fetch.conftest import Serve
from tests.network.fault_server import HOST, FaultServer, page
from tests.network.faults import FAULTS, MAX_DECODED_BYTES, MAX_WIRE_BYTES, SCRAPY, SCRAPY_FAULTS, Fault

DEADLINE_SECONDS = 1.5
PATIENCE_SECONDS = 20
"""For a busy machine."""
LIMITS = {
    "deadline_seconds": DEADLINE_SECONDS,
    "max_wire_bytes": MAX_WIRE_BYTES,
    "max_decoded_bytes": MAX_DECODED_BYTES,
}


def test_faults_have_names_of_their_own() -> None:
    names = [fault.name for fault in FAULTS]
    assert len(names) == len(set(names)) >= 32


@pytest.mark.parametrize("fault", [f for f in FAULTS if f.certificate is None], ids=lambda fault: fault.name)
def test_fault_is_named_and_in_time(serve: Serve, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    fetcher, server = serve({"/page": [fault.reply], **fault.others}, **LIMITS)
    url = f"https://{HOST}/page"
    if not fault.has_address:
        monkeypatch.setattr(socket, "getaddrinfo", no_such_name)
        fetcher, url = asking_anyone(fetcher), "https://no-such-station.example/page"
    began_at = time.monotonic()
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(url)
    # The deadline holds for the page; robots.txt has its own. What drips would take a minute, and what stalls for ever.
    assert time.monotonic() - began_at < 2 * DEADLINE_SECONDS + PATIENCE_SECONDS
    assert caught.value.reason == fault.reason, caught.value
    assert caught.value.is_gone == (fault.reason in {"http_404", "http_410"})
    assert "\n" not in str(caught.value)
    assert len([seen for seen in server.pages if seen.path == "/page"]) <= 1


@pytest.mark.skipif(not SCRAPY.exists(), reason="needs ../shared")
@pytest.mark.parametrize("fault", SCRAPY_FAULTS, ids=lambda fault: fault.name)
def test_files_of_scrapy_are_named(serve: Serve, fault: Fault) -> None:
    fetcher, _ = serve({"/page": [fault.reply]}, **LIMITS)
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(f"https://{HOST}/page")
    assert caught.value.reason == fault.reason


def no_such_name(*_: object, **__: object) -> NoReturn:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def asking_anyone(fetcher: Fetcher) -> Fetcher:
    """A fetcher of the same limits that has a contact, and no mapped host."""
    changes: dict[str, Any] = {"host_map": {}, "contact_url": "https://archive.example/about"}
    return Fetcher(fetcher._settings.model_copy(update=changes))


def over_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, certificate: str | None) -> bytes:
    """What comes of asking a server of our own for a page, where all is well but its certificate."""
    ours, theirs = (Authority(tmp_path / name) for name in made(tmp_path, "ours", "theirs"))
    signer = theirs if certificate == "self-signed" else ours
    host = "other.example" if certificate == "of another host" else HOST
    context = signer.context(host, is_expired=certificate == "expired")
    monkeypatch.setattr(transport, "global_addresses", lambda host, port: ["127.0.0.1"])  # noqa: ARG005  # guard's
    settings = load_settings(home=tmp_path, contact_url="https://archive.example/about", min_gap_seconds=0, retries=0)
    with ExitStack() as stack:
        server = stack.enter_context(FaultServer({"/page": [page(b"<p>Good morning.</p>")]}, tls=context))
        fetcher = stack.enter_context(Fetcher(settings))
        fetcher._wire._session.verify = str(ours.file)
        return fetcher.get(f"https://{HOST}:{server.port}/page").content


def made(folder: Path, *names: str) -> tuple[str, ...]:
    for name in names:
        (folder / name).mkdir()
    return names


@pytest.mark.parametrize("fault", [f for f in FAULTS if f.certificate is not None], ids=lambda fault: fault.name)
def test_a_certificate_that_is_wrong_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    with pytest.raises(FetchFailed) as caught:
        over_tls(tmp_path, monkeypatch, fault.certificate)
    assert caught.value.reason == fault.reason
    assert "certificate" in caught.value.detail.lower()


def test_a_certificate_that_is_right_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert over_tls(tmp_path, monkeypatch, None) == b"<p>Good morning.</p>"
