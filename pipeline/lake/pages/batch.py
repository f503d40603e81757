"""What a batch of looks changes in the tables that looks give: pages, turns, bylines, revisions, captures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields

import pyarrow.dataset as ds

from pipeline.errors import LakeError
from pipeline.identify.revisions.revisions import Content, Missing, tell
from pipeline.lake.pages import taken_ids
from pipeline.lake.pages.fold import Look, Standing, fold, revisions
from pipeline.lake.pages.record_rows import byline_rows, capture_row, transcript_row, turn_rows, with_turn_ids
from pipeline.lake.pages.revision_rows import content_of, revision_rows
from pipeline.lake.pages.stored import StoredPage, stored_pages
from pipeline.lake.rows import Row, build
from pipeline.lake.tables.together import Tables
from pipeline.records import GONE, Capture, Ingested, Reading, Transcript
from schemas import BYLINES, CAPTURES, REVISIONS, TRANSCRIPTS, TURNS

PAGE_TABLES = (TURNS, BYLINES, REVISIONS, TRANSCRIPTS, CAPTURES)
"""The tables that looks give."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A look of the batch that gave a transcript."""

    look: Look
    transcript: Transcript
    reading: Reading
    item: Ingested


@dataclass(slots=True)
class _Page:
    """The looks of the batch at one page."""

    read: list[_Read] = field(default_factory=list)
    gone: list[Look] = field(default_factory=list)

    @property
    def looks(self) -> dict[str, Look]:
        """By capture."""
        return {look.capture_id: look for look in (*(one.look for one in self.read), *self.gone)}

    def contents(self) -> dict[str, Content]:
        """What the page said at these looks, by content hash."""
        return {str(one.look.content_hash): content_of(one.transcript, one.reading) for one in self.read}


@dataclass(slots=True)
class _Coming:
    """The new rows of the pages in a batch, and the pages whose turns and whose bylines they replace."""

    transcripts: list[Row] = field(default_factory=list)
    turns: list[Row] = field(default_factory=list)
    bylines: list[Row] = field(default_factory=list)
    revisions: list[Row] = field(default_factory=list)
    turns_of: set[str] = field(default_factory=set)
    bylines_of: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a batch."""

    pages: frozenset[str]
    """The pages (`transcript_id`) that it concerns."""
    refused: Mapping[str, Reading]
    """By capture, the looks at pages whose id is another page's (`taken_ids`)."""


def apply(tables: Tables, batch: Sequence[Ingested]) -> Applied:
    """Stage what the tables hold once they also know these looks.

    A look that found a page gone counts where the lake or the batch has the page.

    Raises:
        LakeError: a row breaks the contract of `schemas/`; nothing was staged.
    """
    items = {item.capture.capture_id: item for item in batch}
    page_ids = {page_id for item in items.values() if (page_id := item.capture.transcript_id) is not None}
    stored = stored_pages(tables, page_ids)
    refused = taken_ids.refused(items.values(), {page_id: page.transcript for page_id, page in stored.items()})
    items |= refused
    captures = {capture_id: capture_row(item) for capture_id, item in items.items()}
    pages = _by_page(items, captures)
    pages = {page_id: page for page_id, page in pages.items() if page.read or page_id in stored}
    coming = _Coming()
    for page_id, page in pages.items():
        _add(coming, page, stored.get(page_id))
    months = {page_id: page.month for page_id, page in stored.items()}
    for table, units, new in (
        (TURNS, coming.turns_of, coming.turns),
        (BYLINES, coming.bylines_of, coming.bylines),
        (REVISIONS, pages.keys(), coming.revisions),
        (TRANSCRIPTS, pages.keys(), coming.transcripts),
    ):
        tables[table].replace(units, build(table, new), {months[unit] for unit in units if unit in months})
    tables[CAPTURES].replace(items, build(CAPTURES, list(captures.values())))
    return Applied(frozenset(pages), {capture_id: item.reading for capture_id, item in refused.items() if item.reading})


def gone_looks(tables: Tables) -> Iterator[Ingested]:
    """The looks that found a known page gone, from their rows: they left nothing in the archive that could be read."""
    is_gone = (ds.field("outcome") == GONE) & ds.field("transcript_id").is_valid() & ds.field("warc_file").is_null()
    names = [field.name for field in fields(Capture)]
    for row in tables[CAPTURES].select(is_gone, names).to_pylist():
        yield Ingested(Capture(**row), None, parser_version="")


def _by_page(items: Mapping[str, Ingested], captures: Mapping[str, Row]) -> dict[str, _Page]:
    by_page: dict[str, _Page] = defaultdict(_Page)
    for capture_id, item in items.items():
        known, row = item.capture.transcript_id, captures[capture_id]
        look = Look(row["captured_at"], capture_id, row["content_hash"])
        if item.reading is not None and item.reading.transcript is not None:
            transcript = item.reading.transcript
            if transcript.transcript_id != known:
                raise LakeError(f"capture {capture_id} names transcript {known}, not {transcript.transcript_id}")
            by_page[known].read.append(_Read(look, transcript, item.reading, item))
        elif item.capture.outcome == GONE and known is not None:
            by_page[known].gone.append(look)
    return by_page


def _add(coming: _Coming, page: _Page, stored: StoredPage | None) -> None:
    """Fold the looks of the batch into what is stored, and take the rows that follow."""
    looks = {**(stored.looks if stored else {}), **page.looks}.values()
    standing = fold(looks)
    if standing is None:
        return
    contents = {**(stored.contents() if stored else {}), **page.contents()}
    seen = revisions(looks)
    told = tell(_content(look, contents) for look in seen)
    turn_ids = told[standing.revision - 1].turn_ids
    read = _source(standing, page, stored)
    if read is not None:
        transcript = transcript_row(read.item, read.transcript, standing)
        coming.turns += turn_rows(read.transcript, read.reading.turns, turn_ids)
        coming.turns_of.add(transcript["transcript_id"])
        coming.bylines += byline_rows(read.transcript, read.reading.bylines)
        coming.bylines_of.add(transcript["transcript_id"])
    elif stored is not None:
        transcript = {**stored.transcript, **asdict(standing)}
        coming.turns += with_turn_ids(stored.turns, turn_ids)
        coming.turns_of.add(transcript["transcript_id"])
    coming.transcripts.append(transcript)
    coming.revisions += revision_rows(transcript, seen, told, contents)


def _content(look: Look, contents: Mapping[str, Content]) -> Content | Missing:
    if look.content_hash is None:
        return Missing.WITHDRAWN
    return contents.get(look.content_hash, Missing.UNKNOWN)


def _source(standing: Standing, page: _Page, stored: StoredPage | None) -> _Read | None:
    """The look of the batch to publish; None where the stored rows stay.

    That is the look that saw this revision first. Where it is in an earlier batch, the stored rows say the same, or
    else another look of this batch does: the newest look of all is either in the batch or agrees with what is stored.
    """
    for read in page.read:
        if read.look.capture_id == standing.capture_id:
            return read
    if stored is not None and stored.transcript["content_hash"] == standing.content_hash:
        return None
    return next(read for read in page.read if read.look.content_hash == standing.content_hash)
