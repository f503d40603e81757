"""Who is measured: asrun, and three extractors of text with a plain label regex, all on the same pages."""

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.parse import parse_page
from pipeline.sources import Sources, load_sources
from tests.accuracy.facts import Content, FactPage, begin_of, end_of


@dataclass(frozen=True, slots=True)
class Given:
    """A turn as a system gives it."""

    kind: str
    label: str | None
    name: str | None
    role: str | None
    text: str

    @property
    def begin(self) -> tuple[str, ...]:
        return begin_of(self.kind, self.text)

    @property
    def end(self) -> tuple[str, ...]:
        return end_of(self.kind, self.text)


System = Callable[[FactPage, Content], list[Given] | None]
"""The turns of a page; None where the system says that it holds no transcript."""

_SOURCES: list[Sources] = []
_LABEL = re.compile(r"^(?P<name>[A-Z][A-Z .'\-]+)(?:, (?P<role>[A-Z]+))?:")
_CUE = re.compile(r"^\([^a-z()]+\)$")
_ROLES = {"HOST": "host", "BYLINE": "reporter"}
_FEWEST_LABELS = 2


def asrun(page: FactPage, content: Content) -> list[Given] | None:
    """What `asrun parse` gives."""
    if not _SOURCES:
        _SOURCES.append(load_sources())
    reading = parse_page(content.raw, url=page.url, content_type=None, sources=_SOURCES[0])
    if reading.transcript is None:
        return None
    return [
        Given(turn.kind, turn.speaker_label, turn.speaker_name, turn.speaker_role, turn.text) for turn in reading.turns
    ]


def soup(page: FactPage, content: Content) -> list[Given] | None:
    """BeautifulSoup's text of the whole page, with lxml."""
    from bs4 import BeautifulSoup

    del page
    if not content.is_markup:
        return label_turns(content.text)
    return label_turns(BeautifulSoup(content.text, "lxml").get_text("\n"))


def trafilatura(page: FactPage, content: Content) -> list[Given] | None:
    """What trafilatura holds for the page's text, with its defaults."""
    from trafilatura import extract

    del page
    return label_turns((extract(content.text) or "") if content.is_markup else content.text)


def newspaper(page: FactPage, content: Content) -> list[Given] | None:
    """What newspaper4k holds for the page's text, with its defaults."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that its language models, which nobody asks for, are missing
        from newspaper import Article

    if not content.is_markup:
        return label_turns(content.text)
    article = Article(page.url or "https://example.org/", fetch_images=False)
    article.download(input_html=content.text)
    article.parse()
    return label_turns(article.text)


SYSTEMS: dict[str, System] = {
    "asrun": asrun,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper,
    "BeautifulSoup": soup,
}


def label_turns(text: str) -> list[Given] | None:
    """The turns that a plain regex finds: a label begins one, a line of capitals in parentheses is a cue.

    The name is the label in title case. A page with fewer than two labels is none.
    """
    turns = list(_label_turns(text))
    return turns if sum(turn.label is not None for turn in turns) >= _FEWEST_LABELS else None


def _label_turns(text: str) -> Iterator[Given]:
    found: re.Match[str] | None = None
    said: list[str] = []
    for line in (" ".join(line.split()) for line in text.splitlines()):
        label = _LABEL.match(line)
        is_cue = _CUE.match(line) is not None
        if (label or is_cue) and found and any(said):
            yield _given(found, said)
            said = []
        if label:
            found, said = label, [line[label.end() :].strip()]
        elif is_cue:
            yield Given("cue", None, None, None, line)
        elif found and line:
            said.append(line)
    if found and any(said):
        yield _given(found, said)


def _given(label: re.Match[str], said: list[str]) -> Given:
    role = _ROLES.get(label["role"] or "")
    return Given("speech", label["name"], label["name"].title(), role, " ".join(filter(None, said)))
