"""Very many stations at once: every host with a sitemap and a few pages, each of a different kind of slowness."""

import socket
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from threading import Event

from tests.network import grove, grove_lists
from tests.network.document import Document
from tests.network.fault_server import FaultServer, Reply, page, path_of
from tests.network.stations import KPBS, StationPage, at
from tests.network.stories import STORIES

PATIENCE_SECONDS = 60
_BASE = date(2026, 3, 20)


@dataclass(frozen=True, slots=True)
class Many:
    """Stations whose ids are `w000`, `w001`, ...: what their servers say, and the registry that names them."""

    script: dict[str, Sequence[Reply]]
    hosts: tuple[str, ...]
    source_ids: tuple[str, ...]
    page_keys: tuple[str, ...]
    """Host and path of every page."""

    def write_registry(self, file: Path) -> Path:
        """The file that the setting `sources_file` names."""
        entries = (
            f'[[station]]\ncall_sign = "{source_id.upper()}"\nname = "{source_id.upper()}"\nhost = "{host}"\n'
            'city = "San Diego"\nstate = "CA"\ntimezone = "America/Los_Angeles"\n'
            for source_id, host in zip(self.source_ids, self.hosts, strict=True)
        )
        file.write_text("\n".join(entries), encoding="utf-8")
        return file

    def pages_of(self, source_id: str) -> list[str]:
        """Host and path of the pages of one station."""
        return [key for key in self.page_keys if key.startswith(f"www.{source_id}.example/")]


def many_stations(count: int, pages_each: int, day: date = _BASE) -> Many:
    """So many stations, each with so many transcripts of one day in its newest sitemap; other listings are not there."""
    source_ids = tuple(f"w{number:03}" for number in range(count))
    hosts = tuple(f"www.{source_id}.example" for source_id in source_ids)
    script: dict[str, Sequence[Reply]] = {}
    page_keys: list[str] = []
    for number, (source_id, host) in enumerate(zip(source_ids, hosts, strict=True)):
        station = replace(KPBS, call_sign=source_id.upper(), name=source_id.upper(), host=host)
        pages = [
            StationPage(
                station,
                f"What {source_id.upper()} heard, part {part}",
                "A story of its own.",
                at(station, day, 5 + part % 18, part % 60),
                (),
                lines=STORIES[(number + part) % len(STORIES)].lines,
            )
            for part in range(pages_each)
        ]
        script[f"{host}/sitemap-latest.xml"] = (_reply(grove_lists.sitemap(station, pages, standing=False)),)
        for one in pages:
            key = one.url.removeprefix("https://")
            script[key] = (_reply(grove.story_page(one)),)
            page_keys.append(key)
    return Many(script, hosts, source_ids, tuple(page_keys))


def _reply(document: Document) -> Reply:
    return page(document.body)


class ManyHosts(FaultServer):
    """Serves many stations. All that `last` asks for waits until every page of the others was asked for."""

    def __init__(self, many: Many, *, last: str | None = None) -> None:
        super().__init__(many.script, hosts=many.hosts)
        self._last = last
        self._waited_for = {key for key in many.page_keys if not key.startswith(f"{last}/")}
        self.are_others_done = Event()

    def _answer(self, connection: socket.socket, head: str, began_at: float) -> None:
        host = next(line[6:] for line in head.split("\r\n") if line.lower().startswith("host: "))
        if host == self._last:
            self.are_others_done.wait(PATIENCE_SECONDS)
        else:
            with self._lock:
                self._waited_for.discard(f"{host}{path_of(head)}")
                if not self._waited_for:
                    self.are_others_done.set()
        super()._answer(connection, head, began_at)

    def shortest_gap(self) -> float:
        """The shortest time between two requests at the same host, of all hosts; each is seen before it is answered."""
        by_host: dict[str, list[float]] = {}
        for seen in self.requests:
            by_host.setdefault(seen.host, []).append(seen.began_at)
        return min(later - former for began in by_host.values() for former, later in pairwise(sorted(began)))

    def page_requests(self) -> Counter[str]:
        """How often each page was asked for."""
        return Counter(f"{seen.host}{seen.path}" for seen in self.requests if "/news/" in seen.path)

    def seconds(self) -> float:
        """From the first request to the last answer."""
        return max(seen.ended_at for seen in self.requests) - min(seen.began_at for seen in self.requests)
