"""One page to its reading: the pure heart of asrun. No network, no files, no clock."""

import traceback
from datetime import UTC
from pathlib import PurePath

from pipeline.errors import PageRejected
from pipeline.identify.authority.dated import with_dated_names
from pipeline.identify.authority.files import load_authority
from pipeline.identify.authority.hosts import is_left_open, with_host_roles, with_known_hosts
from pipeline.identify.authority.known_people import Authority
from pipeline.identify.authority.known_surnames import with_known_surnames
from pipeline.read.addresses import usable
from pipeline.read.page import read_page
from pipeline.records import Reading, rejected
from pipeline.sources import Sources
from pipeline.transcribe.transcript import transcribe

PARSER_VERSION = "14"
"""Raised whenever the same bytes give other rows than before: tells which rows a `reparse` would renew."""
READER_FAILED = "reader_failed"
_LONGEST_ERROR = 200


def parse_page(
    content: bytes, *, url: str | None, content_type: str | None, sources: Sources, authority: Authority | None = None
) -> Reading:
    """What became of a page: its transcript with turns and bylines, or the outcome that says why there is none.

    `url` and `content_type` are those of the response and may be None for a file. `authority` says who hosted which
    programme when, and whom a name meant; None: the built-in one. No page raises, for others are read after
    it: a bad one gives the outcomes `not_a_transcript`, `not_yet` or `rejected:<reason>`, and one that asrun itself
    fails on `rejected:reader_failed`, whose detail is to be reported. Only MemoryError is raised: it is the machine's.
    """
    try:
        return _parsed(content, usable(url), content_type, sources, authority or load_authority())
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  # one page of a million must not end the night
        return Reading(rejected(READER_FAILED), f"{_told(error)}: a fault of asrun's; please report it with the page")


def _told(error: Exception) -> str:
    """An error with the place that it was raised at: `IndexError in nobody.py:31 (list index out of range)`.

    What it quotes of the page is cut short, and may be no text: half of a sign stops every commit.
    """
    place = traceback.extract_tb(error.__traceback__)[-1]
    quoted = str(error)[:_LONGEST_ERROR].encode("ascii", "backslashreplace").decode("ascii")
    return f"{type(error).__name__} in {PurePath(place.filename).name}:{place.lineno} ({quoted})"


def _parsed(content: bytes, url: str | None, content_type: str | None, sources: Sources, known: Authority) -> Reading:
    source = sources.at(url)
    try:
        page = read_page(content, url=url, content_type=content_type)
    except PageRejected as rejection:
        return Reading(rejection.outcome, rejection.detail)
    publisher = source or sources.at(page.canonical_url or page.url)
    zone = publisher.timezone if publisher else UTC
    try:
        # A file of unknown address is taken at its word about where it is from; a page from elsewhere is not.
        reading = transcribe(page, source if url else publisher, sources.programs_of(publisher), zone, known)
    except PageRejected as rejection:
        # The layout knows by name what transcription knows by its labels alone.
        return Reading(rejection.outcome, page.otherwise or rejection.detail)
    reading = with_host_roles(with_dated_names(reading, known), known)
    return with_known_surnames(with_known_hosts(reading, known) if is_left_open(reading) else reading, known)
