"""Pages per second on one core: asrun's read + transcribe beside bare lexbor parsing and BeautifulSoup with lxml.

BeautifulSoup does the same: it gives the same rows (`soup`), which is looked at before anything is measured.
"""

import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from pipeline.parse import parse_page
from pipeline.read.dates import printed_instant
from pipeline.records import PUBLISHED, Reading
from pipeline.sources import Sources, load_sources
from pipeline.transcribe import names
from pipeline.transcribe.labels.label import caps_label
from pipeline.transcribe.speakers.persons import folded_words
from tests.benchmarks.soup import on_beautiful_soup
from tests.network import site

_ROUNDS = 15
_REAL = Path(__file__).parents[3] / "shared" / "real" / "pages"

Pages = tuple[tuple[bytes, str | None], ...]
"""Bytes and address."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Pages of one kind."""

    name: str
    pages: Pages


def samples() -> list[Sample]:
    """The simulated network's transcript pages and, where they are at hand, all real pages, and their transcripts."""
    simulated = Sample("simulated pages", tuple((_served(url), url) for url in site.truth(night=2)))
    real = tuple((path.read_bytes(), None) for path in sorted(_REAL.rglob("*.html")))
    if not real:
        return [simulated]
    outcomes = [reading.outcome for reading in readings(real, load_sources())]
    transcripts = tuple(page for page, outcome in zip(real, outcomes, strict=True) if outcome == PUBLISHED)
    return [simulated, Sample("real pages", real), Sample("of these, transcripts", transcripts)]


def groups() -> list[Sample]:
    """The same pages by kind: simulated npr.org and stations, which are of different layouts, and the real ones."""
    simulated, *real = samples()
    network = tuple(page for page in simulated.pages if "npr.org" in (page[1] or ""))
    stations = tuple(page for page in simulated.pages if page not in network)
    return [Sample("npr.org", network), Sample("stations", stations), *real]


def readings(pages: Pages, sources: Sources) -> list[Reading]:
    """What is measured: bytes to rows, for every page of a sample, as if its names had never been met."""
    _forget_names()
    return [parse_page(content, url=url, content_type="text/html", sources=sources) for content, url in pages]


def _forget_names() -> None:
    """Names and times are new on nearly every page, but not in a sample that is read again and again."""
    re.purge()
    for keeps in (caps_label, folded_words, names.by_rule, printed_instant):
        keeps.cache_clear()


def _served(url: str) -> bytes:
    parts = urlsplit(url)
    return site.answer(parts.netloc, parts.path, night=2).body


def measure(sample: Sample) -> dict[str, float]:
    """Median seconds of the processor for the whole sample, for each way of reading it; the ways take turns.

    Raises:
        ValueError: BeautifulSoup gives other rows, so that unlike things would be compared.
    """
    sources = load_sources()

    def asrun() -> list[Reading]:
        return readings(sample.pages, sources)

    def lexbor() -> None:
        for content, _ in sample.pages:
            LexborHTMLParser(content)

    def soup() -> list[Reading]:
        with on_beautiful_soup():
            return readings(sample.pages, sources)

    if asrun() != soup():
        raise ValueError(f"{sample.name}: BeautifulSoup gives other rows, and is no measure for these")
    ways: dict[str, Callable[[], object]] = {"lexbor": lexbor, "asrun": asrun, "soup": soup}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(_ROUNDS):
        for name, way in ways.items():
            start = time.process_time()
            way()
            times[name].append(time.process_time() - start)
    return {name: statistics.median(values) for name, values in times.items()}
