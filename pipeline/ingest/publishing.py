"""Open looks to rows: read from the archive, committed to the lake, and only then settled in the ledger."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import groupby, islice
from operator import itemgetter

from pipeline.archive.warc import DamagedRecord
from pipeline.errors import ArchiveError
from pipeline.identify.revisions.content import content_hash
from pipeline.ingest.pages import ingested, reading_of
from pipeline.ingest.work import Rooms, Wanted
from pipeline.lake.pages.gist import Gist, PageGist, gist_of
from pipeline.lake.pages.looks import Looks, put_together
from pipeline.lake.pages.packing import pack
from pipeline.ledger import Figures, Ledger, OpenLook, Settlement, UrlState
from pipeline.parse import PARSER_VERSION
from pipeline.records import GONE, PUBLISHED, UNCHANGED, Capture, Ingested, Reading, fetch_failed
from pipeline.schedule import counted_from, next_look
from pipeline.sources import Sources
from schemas import CAPTURES

logger = logging.getLogger(__name__)

TOGETHER = 1_000
"""Pages committed at a time, where so many wait. A commit asks the whole lake what it has met before, however many
pages it brings; of so many pages what was read of them takes some fifty megabytes."""
Said = tuple[str, str]
"""The transcript that an address led to, and the hash of what it said."""


def publish(wanted: Wanted, rooms: Rooms) -> None:
    """Publish all open looks of a source: those of this run, and those that a killed run left.

    Sources that are to be published meanwhile are committed together.

    Raises:
        ArchiveError: an archived page cannot be read back.
        LakeError, LedgerError: the rows or their outcomes could not be kept; nothing is half visible.
    """
    rooms.publishing.do(wanted, partial(_publish_all, rooms))


def _publish_all(rooms: Rooms, wanted: Sequence[Wanted]) -> None:
    with Ledger(rooms.settings) as ledger:
        looks = [(one.at, look) for one in wanted for look in ledger.open_looks(one.source.source_id)]
        for at, found in groupby(looks, key=itemgetter(0)):
            same = iter([look for _, look in found])
            while batch := list(islice(same, TOGETHER)):
                publish_looks(batch, at, rooms, ledger)


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a look."""

    settlement: Settlement
    gist: Gist | None = None
    """None where the look has no row."""
    item: Ingested | None = None
    """What was read for it now; None where that was known, or it has no row."""


def publish_looks(
    looks: Sequence[OpenLook], at: datetime, rooms: Rooms, ledger: Ledger, read: Looks | None = None
) -> None:
    """Read these looks, commit their rows together, then settle them; done twice, it is done once.

    `read`: what some of the pages give where nothing is known of the looks before them; they are not read from the
    archive again.

    Raises:
        ArchiveError: an archived page cannot be read back.
        LakeError, LedgerError: the rows or their outcomes could not be kept; nothing is half visible.
    """
    known = {gist.capture_id: gist for gist in (read.gists() if read else ())}
    ends: list[Ended] = []
    said: dict[str, Said] = {}
    for look in looks:
        end = read_look(look, at, rooms, ledger, known.get(look.capture_id), said.get(look.url))
        ends.append(end)
        if end.gist and end.gist.transcript_id is not None and end.gist.content_hash is not None:
            said[look.url] = end.gist.transcript_id, end.gist.content_hash
    batch = _in_order(ends, read)
    refused = rooms.lake.commit(batch).refused if batch else {}
    ended = [as_committed(end.settlement, refused.get(look.capture_id)) for look, end in zip(looks, ends, strict=True)]
    ledger.settle(ended)
    for one in ended:
        logger.info("page_done url=%s outcome=%s detail=%s", one.url, one.outcome, one.detail)


def _in_order(ends: Sequence[Ended], read: Looks | None) -> Looks | None:
    """The rows of the looks that have some, in the order of the looks; None where none has."""
    rows = [end.gist for end in ends if end.gist is not None]
    if not rows:
        return None
    here = pack(end.item for end in ends if end.item is not None)
    every = put_together([read, here]) if read else here
    places = {capture_id: place for place, capture_id in enumerate(every.of(CAPTURES)["capture_id"].to_pylist())}
    unchanged = {place: {"outcome": UNCHANGED} for place, gist in enumerate(rows) if gist.outcome == UNCHANGED}
    return every.take([places[gist.capture_id] for gist in rows]).amended(unchanged)


def as_committed(settlement: Settlement, refused: Reading | None) -> Settlement:
    """The look's end as the lake has it, which alone knows whether another page has the page's id."""
    if refused is None:
        return settlement
    return replace(settlement, outcome=refused.outcome, detail=refused.detail, change=None, figures=None)


def figures_of(gist: Gist) -> Figures | None:
    """What a look amounts to; None where it gave no transcript."""
    page = gist.page
    return Figures(page.title, page.word_count, page.speech_count, page.named_count) if page else None


def read_look(  # noqa: PLR0913, PLR0917  # what is known of the look, and where
    look: OpenLook,
    at: datetime,
    rooms: Rooms,
    ledger: Ledger,
    read: Gist | None = None,
    before: Said | None = None,
) -> Ended:
    """What a look gives and how it ends; `read`: what it gives by itself, where that is known.

    `before`: what the page said at a look before that is not settled yet, where there is one. A page that the archive
    has lost since, or whose record is damaged, is to be asked for again at once, and stops no run.

    Raises:
        ArchiveError: an archived page cannot be read back.
    """
    if look.warc_file is None or look.warc_offset is None:
        return _failed(look, at, rooms, ledger)
    state = ledger.state(look.url)
    if before is None and not _is_only(state):
        before = _said(_reading_before(look, rooms, ledger))
    item = None
    try:
        if read is None:
            item = ingested(rooms.archive.read(look.warc_file, look.warc_offset), rooms.sources, rooms.known)
            read = gist_of(item)
    except ArchiveError as error:
        if not (isinstance(error, DamagedRecord) or rooms.archive.has_lost(look.warc_file, look.warc_offset)):
            raise
        lost = _failed(replace(look, outcome=fetch_failed("lost"), detail=str(error)), at, rooms, ledger)
        return replace(lost, settlement=replace(lost.settlement, due_at=at))
    if before is not None and before == (read.transcript_id, read.content_hash):
        read = replace(read, outcome=UNCHANGED)
    change = None
    if read.outcome == PUBLISHED:
        # An address that leads to another page by now gives a page that was not there.
        is_known = before is not None and before[0] == read.transcript_id
        change = "revised" if is_known else "new"
    settlement = _settlement(look, read.outcome, read.detail, at, state, ledger)
    if read.page is not None:
        settlement = replace(settlement, change=change, figures=figures_of(read))
        settlement = _dated(settlement, read.page, at, look, rooms.sources)
    return Ended(settlement, read, item)


def _said(reading: Reading | None) -> Said | None:
    said = content_hash(reading) if reading else None
    return (reading.transcript.transcript_id, said) if said and reading and reading.transcript else None


def _failed(look: OpenLook, at: datetime, rooms: Rooms, ledger: Ledger) -> Ended:
    """A look that gave nothing: it has a row only where the look before ended otherwise.

    One that found the page gone names the transcript that it held, so that its rows are marked.
    """
    outcome = look.outcome or ""
    settlement = _settlement(look, outcome, look.detail, at, ledger.state(look.url), ledger)
    if ledger.outcome_before(look) == outcome:
        return Ended(settlement)
    before = _reading_before(look, rooms, ledger) if outcome == GONE else None
    held = before.transcript if before else None
    capture = Capture(
        capture_id=look.capture_id,
        url=look.url,
        source_id=look.source_id,
        captured_at=look.looked_at,
        outcome=outcome,
        detail=look.detail,
        transcript_id=held.transcript_id if held else None,
        http_status=look.http_status,
        content_type=None,
        etag=None,
        last_modified=None,
        body_bytes=None,
        payload_digest=None,
        warc_file=None,
        warc_offset=None,
    )
    item = Ingested(capture, None, PARSER_VERSION)
    return Ended(settlement, gist_of(item), item)


def _settlement(  # noqa: PLR0913, PLR0917  # all that a look's end depends on
    look: OpenLook, outcome: str, detail: str | None, at: datetime, state: UrlState | None, ledger: Ledger
) -> Settlement:
    counted = state.counted_from if state else at
    is_first = _is_only(state) or ledger.outcome_before(look) is None
    due_at = next_look(outcome, counted, at, is_first=is_first, looks=state.looks if state else 1)
    return Settlement(look.look_id, look.url, outcome, detail, due_at)


def _is_only(state: UrlState | None) -> bool:
    """Whether the page was looked at this once: nothing need be asked of the looks before."""
    return state is not None and state.looks == 1


def _dated(settlement: Settlement, page: PageGist, at: datetime, look: OpenLook, sources: Sources) -> Settlement:
    """The settlement with what the page itself says of its programme and day, which beats what a listing said."""
    source = sources.at(look.url)
    if page.air_date is None or source is None:
        return settlement
    counted = counted_from(page.air_date, source.timezone, at)
    return replace(
        settlement,
        program=page.program,
        air_date=page.air_date,
        counted_from=counted,
        due_at=next_look(settlement.outcome, counted, at),
    )


def _reading_before(look: OpenLook, rooms: Rooms, ledger: Ledger) -> Reading | None:
    """The URL's last transcript before this look, read anew by the parser of today; None where it is lost."""
    place = ledger.transcript_before(look)
    if place is None:
        return None
    try:
        page = rooms.archive.read(*place)
    except ArchiveError as error:
        logger.info("archived_page_lost url=%s reason=%s", look.url, error)  # as the fetcher has told
        return None
    return reading_of(page, rooms.sources, rooms.known)
