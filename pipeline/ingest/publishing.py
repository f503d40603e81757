"""Open looks to rows: read from the archive, committed to the lake, and only then settled in the ledger."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import groupby, islice
from operator import itemgetter
from types import MappingProxyType

from pipeline.archive.warc import DamagedRecord
from pipeline.errors import ArchiveError
from pipeline.identify.revisions.content import content_hash
from pipeline.ingest.pages import ingested, reading_of
from pipeline.ingest.work import Rooms, Wanted
from pipeline.ledger import Figures, Ledger, OpenLook, Settlement, UrlState
from pipeline.parse import PARSER_VERSION
from pipeline.records import GONE, PUBLISHED, UNCHANGED, Capture, Ingested, Reading, fetch_failed
from pipeline.schedule import counted_from, next_look
from pipeline.sources import Sources

logger = logging.getLogger(__name__)

TOGETHER = 1_000
"""Pages committed at a time, where so many wait. A commit asks the whole lake what it has met before, however many
pages it brings; of so many pages what was read of them takes some fifty megabytes."""
Said = tuple[str, str]
"""The transcript that an address led to, and the hash of what it said."""
_NOTHING: Mapping[str, Ingested] = MappingProxyType({})


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


def publish_looks(
    looks: Sequence[OpenLook], at: datetime, rooms: Rooms, ledger: Ledger, read: Mapping[str, Ingested] = _NOTHING
) -> None:
    """Read these looks, commit their rows together, then settle them; done twice, it is done once.

    `read`: what some of the pages give where nothing is known of the looks before them, by capture; they are not read
    from the archive again.

    Raises:
        ArchiveError: an archived page cannot be read back.
        LakeError, LedgerError: the rows or their outcomes could not be kept; nothing is half visible.
    """
    items: list[Ingested] = []
    settlements: list[Settlement] = []
    said: dict[str, Said] = {}
    for look in looks:
        item, settlement = read_look(look, at, rooms, ledger, read.get(look.capture_id), said.get(look.url))
        settlements.append(settlement)
        if item is not None:
            items.append(item)
            if item.capture.transcript_id is not None and item.content_hash is not None:
                said[look.url] = item.capture.transcript_id, item.content_hash
    refused = rooms.lake.commit(items).refused if items else {}
    ended = [as_committed(one, refused.get(look.capture_id)) for look, one in zip(looks, settlements, strict=True)]
    ledger.settle(ended)
    for one in ended:
        logger.info("page_done url=%s outcome=%s detail=%s", one.url, one.outcome, one.detail)


def as_committed(settlement: Settlement, refused: Reading | None) -> Settlement:
    """The look's end as the lake has it, which alone knows whether another page has the page's id."""
    if refused is None:
        return settlement
    return replace(settlement, outcome=refused.outcome, detail=refused.detail, change=None, figures=None)


def figures_of(reading: Reading | None) -> Figures | None:
    """What a reading amounts to; None where it gave no transcript."""
    if reading is None or reading.transcript is None:
        return None
    speech = [turn for turn in reading.turns if turn.kind == "speech"]
    return Figures(
        title=reading.transcript.title,
        word_count=reading.transcript.word_count,
        speech_count=len(speech),
        named_count=sum(turn.speaker_name is not None for turn in speech),
    )


def read_look(  # noqa: PLR0913, PLR0917  # what is known of the look, and where
    look: OpenLook,
    at: datetime,
    rooms: Rooms,
    ledger: Ledger,
    read: Ingested | None = None,
    before: Said | None = None,
) -> tuple[Ingested | None, Settlement]:
    """The rows of a look (None where it has none) and its end; `read`: what it gives by itself, where that is known.

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
    try:
        item = read or ingested(rooms.archive.read(look.warc_file, look.warc_offset), rooms.sources, rooms.known)
    except ArchiveError as error:
        if not (isinstance(error, DamagedRecord) or rooms.archive.has_lost(look.warc_file, look.warc_offset)):
            raise
        lost, settlement = _failed(replace(look, outcome=fetch_failed("lost"), detail=str(error)), at, rooms, ledger)
        return lost, replace(settlement, due_at=at)
    if before is not None and before == (item.capture.transcript_id, item.content_hash):
        item = replace(item, capture=replace(item.capture, outcome=UNCHANGED))
    change = None
    if item.capture.outcome == PUBLISHED:
        # An address that leads to another page by now gives a page that was not there.
        is_known = before is not None and before[0] == item.capture.transcript_id
        change = "revised" if is_known else "new"
    settlement = _settlement(look, item.capture.outcome, item.capture.detail, at, state, ledger)
    if item.reading and item.reading.transcript:
        settlement = replace(settlement, change=change, figures=figures_of(item.reading))
        settlement = _dated(settlement, item.reading, at, look, rooms.sources)
    return item, settlement


def _said(reading: Reading | None) -> Said | None:
    said = content_hash(reading) if reading else None
    return (reading.transcript.transcript_id, said) if said and reading and reading.transcript else None


def _failed(look: OpenLook, at: datetime, rooms: Rooms, ledger: Ledger) -> tuple[Ingested | None, Settlement]:
    """A look that gave nothing: it has a row only where the look before ended otherwise.

    One that found the page gone names the transcript that it held, so that its rows are marked.
    """
    outcome = look.outcome or ""
    settlement = _settlement(look, outcome, look.detail, at, ledger.state(look.url), ledger)
    if ledger.outcome_before(look) == outcome:
        return None, settlement
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
    return Ingested(capture, None, PARSER_VERSION), settlement


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


def _dated(settlement: Settlement, reading: Reading, at: datetime, look: OpenLook, sources: Sources) -> Settlement:
    """The settlement with what the page itself says of its programme and day, which beats what a listing said."""
    transcript = reading.transcript
    source = sources.at(look.url)
    if transcript is None or transcript.air_date is None or source is None:
        return settlement
    counted = counted_from(transcript.air_date, source.timezone, at)
    return replace(
        settlement,
        program=transcript.program,
        air_date=transcript.air_date,
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
