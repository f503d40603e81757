"""Receivers on this machine: what they are told, and that one that is down breaks nothing."""

import json
import logging
import socket
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import notify
from pipeline.errors import UsageError
from pipeline.ledger import Alarm
from pipeline.notify import tell
from pipeline.settings import Settings, load_settings
from tests.network.fault_server import FaultServer, Pause, Reply, Reset, Stall, page, redirect

AT = datetime(2026, 3, 21, 7, 15, tzinfo=UTC)
RAISED = Alarm(1, "kpbs", "no_new_stories", "dns", "newest story of 2026-03-01\n  <b>20 days</b> ago «ö»", AT, None)
CLEARED = Alarm(2, "npr", "refusing", "blocked", "3 of 3 pages", AT, AT)
TOLD = "RAISED kpbs: no_new_stories (dns): newest story of 2026-03-01 <b>20 days</b> ago «ö»\ncleared npr: refusing"
NO_CONTENT: Reply = (b"HTTP/1.1 204 No Content\r\n\r\n",)


def settings(home: Path, **more: object) -> Settings:
    return load_settings(home=home, **more)


class Receiver(FaultServer):
    """A webhook's receiver, asked for /hook."""

    def __init__(self, *replies: Reply) -> None:
        super().__init__({"/hook": replies, "/elsewhere": [NO_CONTENT]})
        self.bodies: list[bytes] = []

    @property
    def hook(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def _answer(self, connection: socket.socket, head: str, began_at: float) -> None:
        head, _, begin = head.partition("\r\n\r\n")
        body, length = begin.encode("latin-1"), int(head.lower().partition("content-length: ")[2].split("\r\n")[0])
        while len(body) < length:
            body += connection.recv(65_536)
        self.bodies.append(body)
        super()._answer(connection, head, began_at)


def test_a_webhook_is_posted_json_that_chat_services_show(tmp_path: Path) -> None:
    with Receiver(NO_CONTENT) as receiver:
        assert tell(settings(tmp_path, alarm_webhook=receiver.hook), [RAISED], [CLEARED])

    (seen,), (body,) = receiver.requests, receiver.bodies
    message = json.loads(body)
    assert seen.head.startswith("POST /hook HTTP/1.1\r\n")
    assert "Content-Type: application/json; charset=utf-8" in seen.head
    assert message["text"] == TOLD
    assert message["raised"] == [
        {
            "source_id": "kpbs",
            "kind": "no_new_stories",
            "cause": "dns",
            "detail": RAISED.detail,
            "raised_at": "2026-03-21T07:15:00+00:00",
            "cleared_at": None,
        }
    ]
    assert message["cleared"][0]["cleared_at"] == "2026-03-21T07:15:00+00:00"


DOWN: dict[str, Sequence[Reply]] = {
    "an error": [page(b"", status="500 Internal Server Error")],
    "a refusal": [page(b"", status="403 Forbidden")],
    "a redirect": [redirect("/elsewhere")],
    "no HTTP": [(b"hello\r\n\r\n",)],
    "a reset": [(Reset(),)],
    "silence": [(Stall(),)],
    "an answer that is late": [(Pause(2), *NO_CONTENT)],
}


@pytest.mark.parametrize("replies", DOWN.values(), ids=DOWN)
def test_a_webhook_that_is_down_is_logged_and_no_error(
    replies: Sequence[Reply], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(notify, "WEBHOOK_SECONDS", 0.5)

    with Receiver(*replies) as receiver, caplog.at_level(logging.WARNING, "pipeline"):
        assert not tell(settings(tmp_path, alarm_webhook=receiver.hook), [RAISED], [])
        assert [seen.path for seen in receiver.requests] == ["/hook"]

    assert "alarm_not_told webhook=127.0.0.1" in caplog.text
    assert "/hook" not in caplog.text


def test_nobody_listens(tmp_path: Path) -> None:
    assert not tell(settings(tmp_path, alarm_webhook="http://127.0.0.1:9/hook"), [RAISED], [])


def test_a_command_is_given_text(tmp_path: Path) -> None:
    out = tmp_path / "mail"
    write = f"import sys, pathlib; pathlib.Path({str(out)!r}).write_bytes(sys.stdin.buffer.read())"

    assert tell(settings(tmp_path, alarm_command=(sys.executable, "-c", write)), [RAISED], [CLEARED])
    assert out.read_text(encoding="utf-8") == TOLD + "\n"


BROKEN = {
    "not there": ("/no/such/command",),
    "fails": (sys.executable, "-c", "raise SystemExit(1)"),
    "hangs": (sys.executable, "-c", "import time; time.sleep(60)"),
    "a shell's line is no command": ("exit 0; true",),
}


@pytest.mark.parametrize("command", BROKEN.values(), ids=BROKEN)
def test_a_command_that_fails_is_logged_and_no_error(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(notify, "COMMAND_SECONDS", 1)

    with caplog.at_level(logging.WARNING, "pipeline"):
        assert not tell(settings(tmp_path, alarm_command=command), [RAISED], [])

    assert "alarm_not_told command=" in caplog.text


def test_one_receiver_that_is_down_does_not_keep_the_other_from_being_told(tmp_path: Path) -> None:
    out = tmp_path / "told"
    command = (sys.executable, "-c", f"open({str(out)!r}, 'w').close()")

    assert not tell(settings(tmp_path, alarm_webhook="http://127.0.0.1:9/", alarm_command=command), [RAISED], [])
    assert out.exists()


def test_without_a_receiver_all_are_told(tmp_path: Path) -> None:
    assert tell(settings(tmp_path), [RAISED], [])


def test_a_webhook_is_http(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="alarm_webhook"):
        settings(tmp_path, alarm_webhook="file:///etc/passwd")
