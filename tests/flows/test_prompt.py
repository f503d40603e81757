"""The prompt of `asrun sql`, typed into as at a terminal: a real process behind a pseudo-terminal."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.lake.store import Lake
from pipeline.settings import Settings, load_settings
from tests.lake.factory import Look, batch

ENDLESS = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 3;"
PROGRAM = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # Ctrl-C reaches the processes of the terminal's own session
from flows.cli import main
sys.argv = ["asrun", "sql"]
main()
"""
INTERRUPT, TAB = b"\x03", "\t"


class Terminal:
    """What a person types and sees."""

    def __init__(self, home: Path) -> None:
        self._screen, inner = pty.openpty()
        environment = {**os.environ, "ASRUN_HOME": str(home), "TERM": "dumb", "COLUMNS": "200"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env=environment,
            start_new_session=True,
        )
        os.close(inner)
        self._unread = ""

    def type(self, text: str | bytes) -> None:
        os.write(self._screen, text if isinstance(text, bytes) else text.encode())

    def read_until(self, wanted: str, seconds: float = 60) -> str:
        end = time.monotonic() + seconds
        while wanted not in self._unread:
            assert time.monotonic() < end, f"{wanted!r} did not come: {self._unread!r}"
            if select.select([self._screen], [], [], 0.2)[0]:
                self._unread += os.read(self._screen, 65_536).decode()
        seen, self._unread = self._unread.split(wanted, 1)
        return seen

    def interrupt_until(self, wanted: str) -> None:
        """As a person does: again where nothing came of it, for one between prompt and reading is lost."""
        for seconds in (5, 10, 20):
            self.type(INTERRUPT)
            with suppress(AssertionError):
                self.read_until(wanted, seconds)
                return
        raise AssertionError(f"{wanted!r} did not come after three interrupts")

    def interrupt_query(self, query: str, until: str) -> None:
        """The same of a query that runs: an interrupt before its begin drops it, and it is asked again."""
        for _ in range(3):
            self.type(f"{query}\n")
            self.read_until(query[-6:])
            time.sleep(1)
            self.type(INTERRUPT)
            with suppress(AssertionError):
                self.read_until(until, 20)
                return
        raise AssertionError(f"{until!r} did not come after three interrupts")

    def close(self) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        os.close(self._screen)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = load_settings(home=tmp_path_factory.mktemp("home"))
    Lake(settings).commit(batch(Look(page=1), Look(page=2)))
    return settings


@pytest.fixture
def terminal(settings: Settings) -> Iterator[Terminal]:
    terminal = Terminal(settings.home)
    terminal.read_until("asrun> ")
    yield terminal
    terminal.close()


def test_interrupt_stops_the_query_and_the_session_lives_on(terminal: Terminal, settings: Settings) -> None:
    terminal.interrupt_query(ENDLESS, until="asrun: the query was stopped")
    terminal.type("SELECT 40 + 2 AS answer;\n")
    assert "answer" in terminal.read_until(" 42 ")
    terminal.type("SELECT 1\n")
    terminal.read_until("......> ")
    terminal.interrupt_until("asrun> ")
    terminal.type("exit\n")
    assert terminal.process.wait(60) == 0
    assert not list((settings.lake_dir / "tmp").iterdir())


def test_names_are_completed_and_lines_remembered(terminal: Terminal, settings: Settings) -> None:
    terminal.type(f"SELECT speaker_na{TAB}")
    terminal.read_until("speaker_name")
    terminal.type(f" FROM who_s{TAB}")
    terminal.read_until("who_said")
    terminal.type("('morning');\n")
    terminal.read_until("Leila Fadel")
    terminal.type("exit\n")
    assert terminal.process.wait(60) == 0
    assert "SELECT speaker_name FROM who_said('morning');" in (settings.home / "sql_history").read_text()
