"""Servers of our own: that they end with whoever started them, and what is said when there is none."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer

import pytest

from flows import environment
from flows.server import NoServer, _listening, answers, server


def test_prefect_finds_its_settings_and_the_users_own_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "environ", {"DO_NOT_TRACK": "0"})

    environment.prepare(is_verbose=False)

    assert os.environ["PREFECT_HOME"] == str(tmp_path / ".prefect")
    assert os.environ["DO_NOT_TRACK"] == "0"
    assert os.environ["PREFECT_LOGGING_EXTRA_LOGGERS"] == "pipeline,flows"
    assert os.environ["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] == "CRITICAL"
    assert os.environ["PREFECT_INTERNAL_LOGGING_LEVEL"] == "CRITICAL"


def test_a_named_server_that_is_dead_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")

    with pytest.raises(NoServer, match="unset PREFECT_API_URL"), server():
        pass


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/api", "not a url", ""])
def test_nobody_answers_there(address: str) -> None:
    assert not answers(address)


def test_of_two_servers_that_start_at_once_one_gets_the_port() -> None:
    with _listening(0, patience=0) as first:
        port = first.getsockname()[1]
        with _listening(port, patience=0) as second:
            assert second.getsockname()[1] != port


def test_the_port_of_a_server_that_comes_to_its_end_is_waited_for() -> None:
    former = _listening(0, patience=0)
    port = former.getsockname()[1]
    Timer(0.3, former.close).start()

    with _listening(port, patience=60) as place:
        assert place.getsockname()[1] == port


_STARTED = """
    import time
    from flows.server import server
    with server() as address:
        from prefect.settings import get_current_settings
        print(address, get_current_settings().flows.heartbeat_frequency, flush=True)
        time.sleep(120)
"""


@pytest.mark.flow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.usefixtures("prefect_home")
def test_a_server_ends_with_whoever_started_it(how: signal.Signals) -> None:
    code = "\n".join(line.removeprefix("    ") for line in _STARTED.splitlines())
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as parent:
        assert parent.stdout is not None
        address, heartbeats = parent.stdout.readline().split()
        assert answers(address)
        assert heartbeats == "None"
        parent.send_signal(how)

    until = time.monotonic() + 60
    while answers(address) and time.monotonic() < until:
        time.sleep(0.2)
    assert not answers(address)
