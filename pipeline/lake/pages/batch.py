"""What a batch of looks changes in the tables that looks give: pages, turns, bylines, revisions, captures.

Most looks are the only ones at their page, or say what another one said before them: their rows stay as they came. The
others are taken apart, folded into what the lake and the batch know of their page, and made into rows anew.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields

import pyarrow as pa
import pyarrow.dataset as ds

from pipeline.identify.revisions.revisions import Content, Missing, tell
from pipeline.lake.pages import taken_ids
from pipeline.lake.pages.fold import Look, Standing, fold, revisions
from pipeline.lake.pages.gist import Gist
from pipeline.lake.pages.looks import Looks
from pipeline.lake.pages.packing import unpack
from pipeline.lake.pages.record_rows import byline_rows, transcript_row, turn_rows, with_turn_ids
from pipeline.lake.pages.revision_rows import content_of, revision_rows
from pipeline.lake.pages.stored import StoredPage, stored_pages
from pipeline.lake.rows import Row, build
from pipeline.lake.tables.together import Tables
from pipeline.records import GONE, Capture, Ingested, Reading, Transcript
from schemas import BYLINES, CAPTURES, REVISIONS, TRANSCRIPTS, TURNS, Table


@dataclass(frozen=True, slots=True)
class _Read:
    """A look of the batch that gave a transcript, taken apart."""

    look: Look
    transcript: Transcript
    reading: Reading
    item: Ingested


@dataclass(slots=True)
class _Page:
    """The looks of the batch at one page."""

    read: dict[Look, int] = field(default_factory=dict)
    """Those that gave a transcript, and where they stand in the batch."""
    gone: list[Look] = field(default_factory=list)

    @property
    def looks(self) -> list[Look]:
        return [*self.read, *self.gone]

    def as_it_came(self) -> int | None:
        """The look whose rows are those of the page where there are no others than these: they make one revision."""
        seen = revisions(self.looks)
        return self.read[seen[0]] if len(seen) == 1 else None


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


def apply(tables: Tables, batch: Looks) -> Applied:
    """Stage what the tables hold once they also know these looks.

    A look that found a page gone counts where the lake or the batch has the page.

    Raises:
        LakeError: a row breaks the contract of `schemas/`; nothing was staged.
    """
    by_capture = {gist.capture_id: (place, gist) for place, gist in enumerate(batch.gists())}
    gists = [gist for _, gist in by_capture.values()]
    looks = batch.take([place for place, _ in by_capture.values()])
    stored = stored_pages(tables, {gist.transcript_id for gist in gists if gist.transcript_id is not None})
    refused = taken_ids.refused(gists, {page_id: page.transcript for page_id, page in stored.items()})
    looks = looks.amended({place: taken_ids.changes(gist) for place, gist in refused.items()})
    pages = _by_page([refused.get(place, gist) for place, gist in enumerate(gists)])
    pages = {page_id: page for page_id, page in pages.items() if page.read or page_id in stored}
    as_they_came = {
        page_id: place
        for page_id, page in pages.items()
        if page_id not in stored and (place := page.as_it_came()) is not None
    }
    coming = _folded({page_id: page for page_id, page in pages.items() if page_id not in as_they_came}, stored, looks)
    months = {page_id: page.month for page_id, page in stored.items()}
    kept = looks.take(list(as_they_came.values()))
    for table, units, new in (
        (TURNS, as_they_came.keys() | coming.turns_of, coming.turns),
        (BYLINES, as_they_came.keys() | coming.bylines_of, coming.bylines),
        (REVISIONS, pages.keys(), coming.revisions),
        (TRANSCRIPTS, pages.keys(), coming.transcripts),
    ):
        tables[table].replace(units, _rows(table, kept, new), {months[unit] for unit in units if unit in months})
    tables[CAPTURES].replace(by_capture, looks.of(CAPTURES))
    return Applied(frozenset(pages), {gist.capture_id: Reading(gist.outcome, gist.detail) for gist in refused.values()})


def _rows(table: Table, kept: Looks, new: Sequence[Row]) -> pa.Table:
    rows = kept.of(table)
    return pa.concat_tables([rows, build(table, new).select(rows.column_names)]) if new else rows


def gone_looks(tables: Tables) -> Iterator[Ingested]:
    """The looks that found a known page gone, from their rows: they left nothing in the archive that could be read."""
    is_gone = (ds.field("outcome") == GONE) & ds.field("transcript_id").is_valid() & ds.field("warc_file").is_null()
    names = [field.name for field in fields(Capture)]
    for row in tables[CAPTURES].select(is_gone, names).to_pylist():
        yield Ingested(Capture(**row), None, parser_version="")


def _by_page(gists: Sequence[Gist]) -> dict[str, _Page]:
    by_page: dict[str, _Page] = defaultdict(_Page)
    for place, gist in enumerate(gists):
        look = Look(gist.captured_at, gist.capture_id, gist.content_hash)
        if gist.transcript_id is not None and gist.page is not None:
            by_page[gist.transcript_id].read[look] = place
        elif gist.transcript_id is not None and gist.outcome == GONE:
            by_page[gist.transcript_id].gone.append(look)
    return by_page


def _folded(pages: Mapping[str, _Page], stored: Mapping[str, StoredPage], looks: Looks) -> _Coming:
    """The rows of these pages, whose looks are taken apart."""
    read = [(page_id, look, place) for page_id, page in pages.items() for look, place in page.read.items()]
    items = unpack(looks.take([place for _, _, place in read])) if read else []
    by_page: dict[str, list[_Read]] = defaultdict(list)
    for (page_id, look, _), item in zip(read, items, strict=True):
        if item.reading is not None and item.reading.transcript is not None:
            by_page[page_id].append(_Read(look, item.reading.transcript, item.reading, item))
    coming = _Coming()
    for page_id, page in pages.items():
        _add(coming, page, by_page[page_id], stored.get(page_id))
    return coming


def _add(coming: _Coming, page: _Page, read_here: Sequence[_Read], stored: StoredPage | None) -> None:
    """Fold the looks of the batch into what is stored, and take the rows that follow."""
    looks = {**(stored.looks if stored else {}), **{look.capture_id: look for look in page.looks}}.values()
    standing = fold(looks)
    if standing is None:
        return
    said = {str(read.look.content_hash): content_of(read.transcript, read.reading) for read in read_here}
    contents = {**(stored.contents() if stored else {}), **said}
    seen = revisions(looks)
    told = tell(_content(look, contents) for look in seen)
    turn_ids = told[standing.revision - 1].turn_ids
    read = _source(standing, read_here, stored)
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


def _source(standing: Standing, read_here: Sequence[_Read], stored: StoredPage | None) -> _Read | None:
    """The look of the batch to publish; None where the stored rows stay.

    That is the look that saw this revision first. Where it is in an earlier batch, the stored rows say the same, or
    else another look of this batch does: the newest look of all is either in the batch or agrees with what is stored.
    """
    for read in read_here:
        if read.look.capture_id == standing.capture_id:
            return read
    if stored is not None and stored.transcript["content_hash"] == standing.content_hash:
        return None
    return next(read for read in read_here if read.look.content_hash == standing.content_hash)
