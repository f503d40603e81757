"""The whole way from bytes to turns: what holds for all input, and what holds on real pages."""

import csv
import json
import re
import string
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import parse
from pipeline.as_json import reading_as_json
from pipeline.parse import READER_FAILED, parse_page
from pipeline.records import NOT_A_TRANSCRIPT, NOT_YET, PUBLISHED, Reading
from pipeline.sources import load_sources
from tests.network import site
from tests.network.stories import STORIES

SOURCES = load_sources()
REJECTED = {
    f"rejected:{reason}"
    for reason in (
        "empty", "binary", "truncated", "malformed", "too_large", "too_many_tags", "too_many_attributes",
    )
}  # fmt: skip
FOOTERS = ("NPR transcripts are created", "Copyright", "Play Live Radio", "Accuracy and availability")


def _parse(page: bytes | str, url: str | None = None, content_type: str | None = None) -> Reading:
    content = page.encode(errors="surrogatepass") if isinstance(page, str) else page
    return parse_page(content, url=url, content_type=content_type, sources=SOURCES)


def _check(reading: Reading) -> None:
    """What holds for every reading."""
    assert reading.outcome in {PUBLISHED, NOT_YET, NOT_A_TRANSCRIPT, *REJECTED}
    assert (reading.transcript is not None) == (reading.outcome == PUBLISHED)
    assert [turn.turn_index for turn in reading.turns] == list(range(len(reading.turns)))
    for turn in reading.turns:
        assert turn.text.strip()
        assert turn.word_count >= 0
        assert all(turn.text[note.start : note.end] == note.text for note in turn.notes)
        assert (turn.speaker_name is None) == (turn.name_rule is None) == (turn.confidence is None)
        assert turn.kind == "speech" or turn.speaker_label is None
    assert "" not in _values(reading_as_json(reading))


def _values(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _values(item)
    elif isinstance(value, list):
        for item in value:
            yield from _values(item)
    else:
        yield value


# --- all input ------------------------------------------------------------------------------------------------------
HARD = st.sampled_from([
    "ANA DIAZ, HOST:", "DIAZ:", "ED HALE, BYLINE: ", "UNIDENTIFIED PERSON #1: ", "(LAUGHTER)", "(SOUNDBITE OF", ")",
    "Transcript", "Copyright © 2018 NPR. All rights reserved.", "Transcript provided by NPR, Copyright NPR.", "0:00",
    "I'm Ana Diaz.", "[CORRECTION: ", 'Mr. ED HALE (Author, "A: B"): ', "\n\n\n", "\n", "<p>", "</p>", "<br>",
    "<div>", "[",
    '<div class="transcript storytext">', "<aside>", "</aside>", "<figure>", '<body class="sidebar">', "<form>",
    '<div class="ArtP-articleBody">', '<p class="disclaimer">', "NPR's Ed Hale reports.", "Ed Hale, NPR News, Paris.",
    '<meta name="brightspot-dataLayer" content="[1]">',
    '<script type="application/ld+json">{"@type": "Article"}</script>',
    "<div class=\"audio-module-controls-wrap\" data-audio='{\"duration\": \"inf\"}'>", "\u00a0", "É", "’", "…",
    '<ps-stream on-demand data-stream-duration="²">', '<time datetime="9999-12-31T23:59:59-12:00">',
])  # fmt: skip
TYPES = st.sampled_from([None, "text/html", "text/plain", "text/html; charset=utf-16", "application/pdf", ";;="])
URLS = st.sampled_from([None, "", "https://www.npr.org/transcripts/1", "https://www.kpbs.org/a/2026-03-20/b", "::"])


@settings(deadline=None)
@given(st.binary(max_size=400), URLS, TYPES)
def test_no_bytes_are_too_strange(content: bytes, url: str | None, content_type: str | None) -> None:
    _check(_parse(content, url, content_type))


@settings(deadline=None)
@given(st.text(max_size=400), URLS, TYPES)
def test_no_text_is_too_strange(text: str, url: str | None, content_type: str | None) -> None:
    _check(_parse(text, url, content_type))


@settings(max_examples=300, deadline=None)
@given(st.lists(HARD | st.text(string.printable, max_size=12), max_size=40), URLS, TYPES)
def test_no_mixture_of_what_pages_hold_is_too_strange(parts: list[str], url: str | None, kind: str | None) -> None:
    _check(_parse(" ".join(parts), url, kind))


@pytest.mark.parametrize("at", ["read_page", "transcribe"])
def test_a_fault_of_ours_costs_one_page_and_says_where_it_is(at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(parse, at, fails)
    reading = _parse("A Title\n\nANA DIAZ, HOST: Hello.\n\nED HALE: Hello.", None, "text/plain")

    assert reading.outcome == f"rejected:{READER_FAILED}"
    assert reading.transcript is None
    assert reading.detail is not None
    assert re.match(r"IndexError in test_parse\.py:\d+ \(list index out of range\): ", reading.detail)


def test_what_a_fault_quotes_of_a_page_is_short_and_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ValueError("\ud800" + "x" * 1_000_000)

    monkeypatch.setattr(parse, "read_page", fails)
    detail = _parse("ANA DIAZ, HOST: Hello.").detail

    assert detail is not None
    assert len(detail.encode()) < 400
    assert r"(\ud800xxx" in detail


def test_a_machine_without_memory_is_no_fault_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(parse, "read_page", fails)
    with pytest.raises(MemoryError):
        _parse("ANA DIAZ, HOST: Hello.")


# --- a script comes back --------------------------------------------------------------------------------------------
SURNAMES = ("ADAMS", "BAKER", "CLARK", "DAVIS", "EVANS", "FRANK", "GREEN")
WORDS = st.sampled_from(["it", "rains", "all", "day", "and", "we", "wait", "for", "news", "of", "rivers", "nobody"])
LINES = st.lists(WORDS, min_size=3, max_size=30).map(lambda words: f"{' '.join(words).capitalize()}.")
SCRIPTS = st.lists(st.tuples(st.integers(0, len(SURNAMES) - 1), LINES), min_size=6, max_size=30)


def _runs(script: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The script's maximal runs of one speaker."""
    runs: list[tuple[int, str]] = []
    for speaker, line in script:
        if runs and runs[-1][0] == speaker:
            runs[-1] = (speaker, f"{runs[-1][1]}\n\n{line}")
        else:
            runs.append((speaker, line))
    return runs


def _labels(script: Sequence[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    """As NPR prints it: the full name once, the surname ever after; the first speaker is the host."""
    met: set[int] = set()
    for speaker, line in script:
        full = f"JO {SURNAMES[speaker]}{'' if met else ', HOST'}"
        yield (SURNAMES[speaker] if speaker in met else full), line
        met.add(speaker)


@settings(deadline=None)
@given(SCRIPTS)
def test_a_script_printed_as_an_npr_page_comes_back(script: list[tuple[int, str]]) -> None:
    body = "<p><p>".join(f"{label}: <p><p> {escape(line)}" if "HOST" in label else f"{label}: {escape(line)}"
                         for label, line in _labels(script))  # fmt: skip
    reading = _parse(f'<html><body><div class="transcript storytext"><p><p>{body}<p></p></div></body></html>')

    assert [(turn.speaker_name, turn.text) for turn in reading.turns] == [
        (f"Jo {SURNAMES[speaker].title()}", text) for speaker, text in _runs(script)
    ]


@settings(deadline=None)
@given(SCRIPTS)
def test_a_script_printed_as_text_comes_back(script: list[tuple[int, str]]) -> None:
    text = "\n\n".join(["A Title", *(f"{label}: {line}" for label, line in _labels(script))])

    reading = _parse(f"{text} Transcript provided by NPR, Copyright NPR.\n")

    assert [(turn.speaker_name, turn.text) for turn in reading.turns] == [
        (f"Jo {SURNAMES[speaker].title()}", text) for speaker, text in _runs(script)
    ]


# --- real pages -----------------------------------------------------------------------------------------------------
def test_the_seed(shared: Path) -> None:
    (page,) = (shared / "seed").glob("*.txt")
    reading = _parse(page.read_bytes())
    named = [turn.speaker_name for turn in reading.turns]

    assert reading.transcript is not None
    assert len(reading.turns) == 18
    assert named == [
        None, "Michele Kelemen", "Oleg Vidov", "Michele Kelemen", "Nikolai Kazanstev", "Michele Kelemen",
        "Nikolai Kazanstev", "Michele Kelemen", "Nikolai Kazanstev", "Michele Kelemen", "Ariel Cohen",
        "Michele Kelemen", "Ariel Cohen", "Michele Kelemen", "Jake Sullivan", "Michele Kelemen", "Ariel Cohen",
        "Michele Kelemen",
    ]  # fmt: skip
    assert [(note.kind, note.text) for note in reading.turns[4].notes] == [("language", "(Speaking Russian)")]
    assert [(byline.name, byline.role, byline.affiliation) for byline in reading.bylines] == [
        ("Michele Kelemen", "reporter", "NPR")
    ]
    assert reading.transcript.author_bio is not None
    assert reading.transcript.author_bio.startswith("Michele Kelemen has been with NPR")
    assert reading.turns[-1].text.endswith("the State Department.")


def test_a_transcript_page_of_npr(shared: Path) -> None:
    page = shared / "real/pages/npr-transcript/nx-s1-5665795.html"
    reading = _parse(page.read_bytes(), "https://www.npr.org/transcripts/nx-s1-5665795", "text/html; charset=utf-8")

    assert reading.transcript is not None
    assert reading.transcript.program == "All Things Considered"
    assert str(reading.transcript.air_date) == "2026-01-04"
    assert reading.transcript.title == "Trump wants U.S. oil companies in Venezuela. Here's what to know"
    assert reading.transcript.audio_seconds == 230
    assert "/20260104_atc_" in (reading.transcript.audio_url or "")
    assert len(reading.turns) == 14
    assert {turn.speaker_name for turn in reading.turns} == {"Lauren Frayer", "Julia Simon", "Francisco Monaldi"}


def _index(folder: Path) -> Iterator[tuple[Path, str, str]]:
    with (folder / "INDEX.tsv").open(encoding="utf-8") as index:
        for row in csv.DictReader(index, delimiter="\t"):
            yield (
                folder / row["local file"],
                row.get("original URL") or row.get("url") or "",
                row.get("note") or row.get("title") or "",
            )


def test_no_real_page_without_a_transcript_gives_one(shared: Path) -> None:
    folders = (shared / "real/pages", *(shared / "real/transcripts").iterdir())
    negatives = [
        (page, url)
        for folder in folders
        for page, url, note in _index(folder)
        if "NEGATIVE" in note
    ]  # fmt: skip

    outcomes = {page.name: _parse(page.read_bytes(), url).outcome for page, url in negatives}

    assert len(negatives) >= 10
    assert set(outcomes.values()) <= {NOT_A_TRANSCRIPT, NOT_YET}, outcomes


def test_real_transcripts_of_npr_are_published_without_furniture(shared: Path) -> None:
    for folder in ("channel470_npr", "npr_2016_2018"):
        for page, url, note in _index(shared / "real/transcripts" / folder):
            if "NEGATIVE" not in note:
                reading = _parse(page.read_bytes(), url, "text/plain; charset=utf-8")
                _check(reading)

                assert reading.outcome == PUBLISHED, page.name
                assert not [turn for turn in reading.turns if any(footer in turn.text for footer in FOOTERS)], page.name


PASSAGE = 8
"""Paragraphs."""
FEWEST_LABELS = 3


def _passages(text: str) -> Iterator[str]:
    """Passages of a transcript that hold a few labels, but for its opening, which says what it is."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text) if part.strip()]
    for first in range(4, len(paragraphs) - PASSAGE, PASSAGE):
        passage = "\n\n".join(paragraphs[first : first + PASSAGE])
        if len(re.findall(r"(?m)^[A-Z][A-Za-z.' -]{1,40}:", passage)) >= FEWEST_LABELS:
            yield passage


def test_passages_out_of_real_transcripts_are_transcripts(shared: Path) -> None:
    """A rule that whole pages did not miss refused eleven of sixty of these (2026-11-27)."""
    folders = [shared / "real/transcripts" / name for name in ("channel470_npr", "npr_2016_2018")]
    passages = [
        passage
        for folder in folders
        for page, _, note in _index(folder)
        if "NEGATIVE" not in note
        for passage in _passages(page.read_text(encoding="utf-8"))
    ]

    refused = [passage for passage in passages if _parse(passage, None, "text/plain").outcome != PUBLISHED]

    assert len(passages) >= 50
    assert len(refused) * 100 <= len(passages), refused


def test_other_projects_hard_cases_do_no_harm(shared: Path) -> None:
    external = shared / "real/external"
    for page in (external / "html5lib-tests").rglob("*"):
        if page.is_file():
            for content_type in (None, "text/html", "text/plain"):
                _check(_parse(page.read_bytes(), None, content_type))
    for name in ("dompurify_cases.json", "naughty_strings.json"):
        for value in _values(json.loads((external / name).read_text(encoding="utf-8"))):
            if isinstance(value, str):
                _check(_parse(value, None, "text/html"))


def test_a_source_lends_a_page_its_names() -> None:
    reading = _parse(
        "A Title\n\nANA DIAZ, HOST:\n\nHello, and welcome to a show that has a name of its own.\n\nED HALE: Hello.",
        "https://www.kpbs.org/news/2026-03-20/a-title",
        "text/plain",
    )

    assert reading.transcript is not None
    assert (reading.transcript.source_id, reading.transcript.station) == ("kpbs", "KPBS")
    assert str(reading.transcript.air_date) == "2026-03-20"


def test_a_page_from_elsewhere_does_not_take_the_place_of_the_one_it_copies() -> None:
    page = site.answer("www.npr.org", f"/transcripts/{STORIES[0].story_id}", night=1).body
    own = f"https://www.npr.org/transcripts/{STORIES[0].story_id}"
    readings = {url: _parse(page, url) for url in (own, None, "https://example.org/copy", "file:///home/a/page.html")}
    facts = {url: reading.transcript for url, reading in readings.items() if reading.transcript}

    assert facts[own].transcript_id == f"npr-{STORIES[0].story_id}"
    assert facts[None].transcript_id == facts[own].transcript_id  # a file of unknown address is what it says it is
    elsewhere = [facts["https://example.org/copy"], facts["file:///home/a/page.html"]]
    assert [fact.source_id for fact in elsewhere] == [None, None]
    assert len({fact.transcript_id for fact in facts.values()}) == 3
    assert {fact.air_date for fact in facts.values()} == {STORIES[0].air_date}
