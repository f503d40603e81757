"""Where `asrun serve` runs: one per home, at an address that others find and that outlives its own death."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flows.server import answers, no_server_at
from pipeline.errors import AsrunError, UsageError
from pipeline.ingest.holding import only_one
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """The file that names the address of the serving process."""

    path: Path

    @property
    def former_port(self) -> int | None:
        """The port of a serving process that was killed: runs that it began may still be talking to it."""
        known = _read(self.path)
        return urlsplit(known).port if known else None

    def note(self, address: str) -> None:
        self.path.write_text(json.dumps({"prefect_api_url": address}), encoding="utf-8")


@contextmanager
def place(settings: Settings) -> Iterator[Place]:
    """The place of this serving process, for as long as it serves.

    Raises:
        UsageError: another one serves this home.
    """
    with only_one("serve", settings) as is_first:
        if not is_first:
            raise UsageError(f"another `asrun serve` runs for {settings.home.absolute()}: one is enough")
        here = Place(settings.home / "serving.json")
        yield here
        here.path.unlink(missing_ok=True)


def address(settings: Settings) -> str:
    """The address of the Prefect server with which a process serves this home.

    Raises:
        AsrunError: none does.
    """
    given = os.environ.get("PREFECT_API_URL")
    if given and not answers(given):
        raise no_server_at(given)
    found = given or _read(settings.home / "serving.json")
    if found is None or not answers(found):
        raise AsrunError(f"nobody serves {settings.home.absolute()}: start `asrun serve`, or leave out --deploy")
    return found


def _read(path: Path) -> str | None:
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["prefect_api_url"])
    except (OSError, ValueError, KeyError):
        return None
