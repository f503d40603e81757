"""A process of `asrun serve` under test: started, asked for runs over Prefect's API, killed in its parts."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.error import URLError
from urllib.request import Request, urlopen
from uuid import uuid4
from zoneinfo import ZoneInfo

from flows.schedules import ZONE

SERVE = """
from flows import schedules
schedules.NIGHTLY_CRON = schedules.REVISIT_CRON = "0 {hour} * * *"
schedules.RELEASE_CRON = "0 {hour} 1 * *"
from flows.cli import main
main()
"""
"""`asrun serve` with its schedules at an hour of New York: what is due while tests run would be a run more."""
PATIENCE_SECONDS = 240.0
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
UNENDED = ("RUNNING", "PENDING", "CANCELLING")


def until(is_so: Callable[[], bool], what: str, patience: float = PATIENCE_SECONDS) -> None:
    """Wait until something is so.

    Raises:
        TimeoutError: it did not become so.
    """
    end = time.monotonic() + patience
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {patience:.0f} s: {what}")
        time.sleep(0.1)


def hour_far_from_now() -> int:
    return (datetime.now(ZoneInfo(ZONE)).hour + 12) % 24


class Api:
    """Prefect's API, asked without Prefect; a server that is away is waited for."""

    def __init__(self, address: str) -> None:
        self.address = address

    def ask(self, path: str, body: object = None, method: str | None = None) -> Any:
        """What a path answers to a body, or to nothing.

        Raises:
            HTTPError: it refuses.
            TimeoutError: nobody answers.
        """
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.address}{path}", data, {"Content-Type": "application/json"}, method=method)
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                with urlopen(request, timeout=30) as response:
                    answer = response.read()
                return json.loads(answer) if answer else None
            except (URLError, ConnectionError, TimeoutError) as error:
                is_busy = getattr(error, "code", 503) == 503  # a database that is locked is one too
                if not is_busy or time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def deployment(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.ask(f"/deployments/name/{name}")
        return found

    def run_now(self, name: str, parameters: Mapping[str, object]) -> str:
        """Ask for a run of a deployment, as a schedule whose time has come does; its id."""
        asked = {
            "parameters": dict(parameters),
            "state": {"type": "SCHEDULED"},
            "idempotency_key": str(uuid4()),  # an answer that a dying server did not send is asked for again
        }
        return str(self.ask(f"/deployments/{self.deployment(name)['id']}/create_flow_run", asked)["id"])

    def flow_runs(self, **wanted: object) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("/flow_runs/filter", {"flow_runs": wanted, "limit": 200})
        return found

    def of_types(self, *types: str) -> list[dict[str, Any]]:
        return self.flow_runs(state={"type": {"any_": list(types)}})

    def state(self, flow_run_id: str) -> str:
        return str(self.ask(f"/flow_runs/{flow_run_id}")["state_type"])

    def wait_for_end(self, flow_run_id: str, patience: float = PATIENCE_SECONDS) -> str:
        """The final state of a run."""
        until(lambda: self.state(flow_run_id) in ENDED, f"end of {flow_run_id}", patience)
        return self.state(flow_run_id)


class Serving:
    """A serving process of a home; it starts a server of its own unless the environment names one."""

    def __init__(self, home: Path, environment: Mapping[str, str]) -> None:
        self.home = home
        self._environment = {**os.environ, **environment, "ASRUN_HOME": str(home)}
        self._log = home.with_name(f"{home.name}-serve.log")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end(signal.SIGTERM)

    def start(self) -> None:
        """Start, and wait until runs are taken."""
        (self.home / "serving.json").unlink(missing_ok=True)
        before = len(self.said())
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", SERVE.format(hour=hour_far_from_now()), "serve"],
                env=self._environment, stdout=log, stderr=log,
            )  # fmt: skip
        until(lambda: "taking runs" in self.said()[before:] or self.has_ended, "asrun serve takes runs")
        assert not self.has_ended, self.said()

    def end(self, how: signal.Signals) -> None:
        """Send a signal and wait for the end."""
        if self._process:
            self._process.send_signal(how)
            self._process.wait(PATIENCE_SECONDS)

    @property
    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    @property
    def api(self) -> Api:
        return Api(json.loads((self.home / "serving.json").read_text(encoding="utf-8"))["prefect_api_url"])

    def said(self) -> str:
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def flow_process(self) -> int | None:
        """The process of the run that is under way."""
        return self._child("prefect.engine")

    def server_process(self) -> int | None:
        return self._child("flows.server_process")

    def _child(self, command: str) -> int | None:
        assert self._process is not None
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                called = (entry / "cmdline").read_text()
            except (FileNotFoundError, ProcessLookupError):  # it ended meanwhile
                continue
            if parent == self._process.pid and command in called:
                return int(entry.name)
        return None
