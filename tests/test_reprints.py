"""What happens to a page's text on its way into crawls and copies gives nobody another's name.

Every golden page is printed as text, spoiled in the ways that the world spoils text, and read again: whoever has a
name then is he who had it before. Names may be lost; a wrong one is worse than none.
"""

import html
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from pipeline.errors import PageRejected
from pipeline.parse import parse_page
from pipeline.read.page import read_page
from pipeline.records import Page, Reading
from pipeline.sources import load_sources
from pipeline.transcribe.names import fold

CASES = Path(__file__).with_name("cases")
LABEL = re.compile(r"^(?P<name>[A-Z][A-Z.'’ -]+)(?P<role>, (?:HOST|BYLINE|host))?:(?P<blank> ?)", re.MULTILINE)
FEWEST_NAMED = 700
"""Labels with a name over all pages: so many are compared for each way."""


def _labels(change: Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    return lambda text: LABEL.sub(change, text)


WAYS: dict[str, Callable[[str], str]] = {
    "blanks that break no line": lambda text: text.replace(" ", "\u00a0"),
    "quotes of typographers": lambda text: re.sub(r'"([^"\n]*)"', r"“\1”", text.replace("'", "’")),
    "entities left": lambda text: html.escape(text).replace("&#x27;", "&#8217;"),
    "no blank behind a label": _labels(lambda label: label[0].rstrip()),
    "labels on lines of their own": _labels(lambda label: f"{label[0].strip()}\n\n"),
    "labels over several lines": _labels(lambda label: label[0].strip().replace(" ", "\n") + " "),
    "labels broken once": _labels(lambda label: label[0].strip().replace(" ", "\n", 1) + " "),
    "full-width colons": _labels(lambda label: label[0].strip().replace(":", "\uff1a")),
    "in bold type": _labels(lambda label: f"**{label[0].strip()}** "),
    "roles lost": _labels(lambda label: f"{label['name']}:{label['blank']}"),
    "lines of hosts lost": lambda text: re.sub(r"(?mi)^[A-Z][\w.'’ -]+, hosts?: *\n+", "\n\n", text),
    "cues lost": lambda text: re.sub(r"(?m)^\([A-Z][^()\n]*\)$", "", text),
    "one line for each paragraph": lambda text: re.sub(r"\n\n+", "\n", text),
    "quoted": lambda text: "\n".join(f"> {line}" for line in text.split("\n")),
}


@cache
def _pages() -> list[tuple[str, str | None, str, Reading]]:
    """Every golden transcript: name, address, its text, and how that is read."""
    return list(_printed_pages())


def _printed_pages() -> Iterator[tuple[str, str | None, str, Reading]]:
    for file in sorted(CASES.glob("*/*/case.toml")):
        facts = tomllib.loads(file.read_text(encoding="utf-8"))
        url, kind = facts.get("url"), facts.get("content_type")
        (content,) = file.parent.glob("page.*")
        try:
            text = _printed(read_page(content.read_bytes(), url=url, content_type=kind))
        except PageRejected:
            continue
        reading = _read(text, url)
        if reading.transcript is not None:
            yield f"{file.parent.parent.name}/{file.parent.name}", url, text, reading


def _printed(page: Page) -> str:
    blocks = (f"{block.speaker}: {block.text}" if block.speaker else block.text for block in page.blocks)
    gaps = ("\n" * max(0, block.gap_before - 1) for block in page.blocks)
    above = [page.title or "", page.teaser or "", *(byline.printed for byline in page.bylines)]
    return "\n\n".join([*filter(None, above), *map("".join, zip(gaps, blocks, strict=True))])


def _read(text: str, url: str | None) -> Reading:
    return parse_page(text.encode(), url=url, content_type="text/plain", sources=load_sources())


def _names(reading: Reading) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for turn in reading.turns:
        if turn.speaker_label is not None and turn.speaker_name is not None:
            found[fold(turn.speaker_label)].add(fold(turn.speaker_name))
    return found


@pytest.mark.parametrize("way", WAYS)
def test_nobody_gets_anothers_name(way: str) -> None:
    wrong: list[str] = []
    named = 0
    for page, url, text, reading in _pages():
        spoiled = WAYS[way](text)
        again = reading if spoiled == text else _read(spoiled, url)
        before = _names(reading)
        for label, names in _names(again).items():
            named += len(names)
            known = before.get(label) or set().union(*before.values())
            wrong += [f"{page}, {label}: {name}" for name in names - known]

    assert wrong == []
    assert named >= FEWEST_NAMED
