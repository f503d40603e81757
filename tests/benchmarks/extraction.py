"""Pages per second on one core: asrun's read + transcribe beside bare lexbor parsing and BeautifulSoup with lxml.

The BeautifulSoup reader below takes the same facts and paragraphs from the same pages; what follows it (labels, names,
turns) is asrun's own code, so the ratio speaks of the parsers alone.
"""

import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from selectolax.lexbor import LexborHTMLParser

from pipeline.errors import PageRejected
from pipeline.parse import parse_page
from pipeline.read.decode import decode
from pipeline.read.html import load_json
from pipeline.read.paragraphs import squeeze
from pipeline.records import Block, Page
from pipeline.sources import Sources, load_sources
from pipeline.transcribe import names
from pipeline.transcribe.labels.label import caps_label
from pipeline.transcribe.speakers.labelled import folded_words
from pipeline.transcribe.transcript import transcribe
from tests.network import site

_ROUNDS = 15
_REAL = Path(__file__).parents[3] / "shared" / "real" / "pages"
_REAL_PAGES = (
    "npr-transcript/nx-s1-5665795.html",
    "grove-kpbs/kpbs-2019-07-09.html",
    "station-corepublisher/kbbi-camp-fire-structuredText-fragment.html",
    "npr-story/505723552.html",
    "abc-au/4644544.html",
)
_BODIES = "div.transcript.storytext", '[class$="-articleBody"]', "article", "body"


@dataclass(frozen=True, slots=True)
class Sample:
    """Pages of one kind."""

    name: str
    pages: tuple[tuple[bytes, str | None], ...]


def samples() -> list[Sample]:
    """The simulated network's transcript pages and, where they are at hand, real pages."""
    simulated = tuple((_served(url), url) for url in site.truth(night=2))
    found = [Sample("simulated pages", simulated)]
    if _REAL.is_dir():
        found.append(Sample("real pages", tuple(((_REAL / name).read_bytes(), None) for name in _REAL_PAGES)))
    return found


def groups() -> list[Sample]:
    """The same pages by kind: simulated npr.org and stations, and each real page, which are of different layouts."""
    simulated, *real = samples()
    network = tuple(page for page in simulated.pages if "npr.org" in (page[1] or ""))
    stations = tuple(page for page in simulated.pages if page not in network)
    one_by_one = [
        Sample(name.partition("/")[0], (page,))
        for sample in real
        for name, page in zip(_REAL_PAGES, sample.pages, strict=True)
    ]
    return [Sample("npr.org", network), Sample("stations", stations), *one_by_one]


def read_all(sample: Sample, sources: Sources) -> None:
    """What is measured: bytes to rows, for every page of a sample, as if its names had never been met."""
    _forget_names()
    for content, url in sample.pages:
        parse_page(content, url=url, content_type="text/html", sources=sources)


def _forget_names() -> None:
    """Names are new on nearly every page, but not in a sample that is read again and again."""
    re.purge()
    for keeps in (caps_label, folded_words, names.by_rule):
        keeps.cache_clear()


def _served(url: str) -> bytes:
    parts = urlsplit(url)
    return site.answer(parts.netloc, parts.path, night=2).body


def measure(sample: Sample) -> dict[str, float]:
    """Median seconds of the processor for the whole sample, for each way of reading it; the ways take turns."""
    sources = load_sources()

    def asrun() -> None:
        read_all(sample, sources)

    def lexbor() -> None:
        for content, _ in sample.pages:
            LexborHTMLParser(content)

    def soup() -> None:
        _forget_names()
        for content, url in sample.pages:
            page = _read_with_soup(content, url)
            try:
                transcribe(page, sources.at(url), [])
            except PageRejected:
                continue

    ways: dict[str, Callable[[], None]] = {"lexbor": lexbor, "asrun": asrun, "soup": soup}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(_ROUNDS):
        for name, way in ways.items():
            start = time.process_time()
            way()
            times[name].append(time.process_time() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def _read_with_soup(content: bytes, url: str | None) -> Page:
    soup = BeautifulSoup(decode(content, "text/html").text, "lxml")
    meta = {
        str(node.get("name") or node.get("property")): str(node.get("content") or node.get("value") or "")
        for node in soup.find_all("meta")
    }
    for script in soup.find_all("script", type="application/ld+json"):
        load_json(script.get_text())
    audio = soup.select_one(".audio-module-controls-wrap[data-audio]")
    load_json(str(audio["data-audio"]) if audio else None)
    heading, moment = soup.select_one("div.storytitle h1, h1"), soup.select_one(".dateblock time")
    body = next((found for selector in _BODIES if (found := soup.select_one(selector)) is not None), None)
    return Page(
        layout="generic",
        url=url,
        canonical_url=meta.get("og:url") or str(moment),
        title=squeeze(heading.get_text()) if heading else None,
        blocks=tuple(Block(text) for text in _paragraphs(body)),
        teaser=meta.get("description"),
    )


def _paragraphs(body: Tag | None) -> list[str]:
    if body is None:
        return []
    for node in body.select("script, style, figure, aside, nav, header, footer, p.disclaimer"):
        node.decompose()
    texts = [squeeze(node.get_text()) for node in body.find_all(["p", "h2", "h3", "li"])]
    return [text for text in texts if text]
