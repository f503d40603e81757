"""A lost ledger, made anew out of the archive: every look that left something there, read again and settled again.

Looks that left nothing (a page that was gone, a host that was down) come from the lake's table `captures`, where there
is a lake; so does which pages were refused there, as their ids are other pages'. What nobody has kept is not there:
links that were never followed and listings' validators, which the next night reads again, the history of runs and
alarms, and the counts of requests.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

from pipeline.archive.salvage import looks_around
from pipeline.archive.warc import Record, capture_id_of
from pipeline.archive.writer import begun_at
from pipeline.errors import ArchiveError, LakeError, UsageError
from pipeline.fetch.urls import canonical_url
from pipeline.ingest.covering import publish_coverage
from pipeline.ingest.fetching import archived_look, unlisted
from pipeline.ingest.publishing import as_committed, read_look
from pipeline.ingest.work import Rooms, end_dead_runs
from pipeline.lake.pages.taken_ids import ID_TAKEN
from pipeline.lake.published.publish import is_published
from pipeline.lake.rows import Row
from pipeline.ledger import Ledger, Look, Run, Visit
from pipeline.ledger.history import begin_run, end_run, unended_runs
from pipeline.ledger.links import note_pages
from pipeline.query.session import connect
from pipeline.records import UNCHANGED, Reading
from pipeline.schedule import next_look
from pipeline.settings import Settings
from pipeline.storage import durable

logger = logging.getLogger(__name__)

_KEPT = f"""
SELECT capture_id, url, captured_at, outcome, detail, http_status, warc_file FROM captures
WHERE warc_file IS NULL OR outcome = '{ID_TAKEN}'
"""  # noqa: S608  # our own words


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a ledger was made of."""

    pages: int
    looks: int
    damages: tuple[str, ...]
    """A line for each damage in the archive: the looks there are known to nobody, and their pages asked for again."""


@dataclass(frozen=True, order=True, slots=True)
class _Seen:
    """A look that somebody kept: a page, a revisit (`warc_offset` is None), or one that failed (`outcome` is set)."""

    at: datetime
    url: str
    capture_id: str
    http_status: int | None = field(compare=False)
    warc_file: str | None = field(default=None, compare=False)
    warc_offset: int | None = field(default=None, compare=False)
    outcome: str | None = field(default=None, compare=False)
    detail: str | None = field(default=None, compare=False)

    @property
    def reckoned_at(self) -> datetime:
        """From when it is reckoned when its page is due again: of one that was imported, the day of the import."""
        return max(self.at, begun_at(self.warc_file)) if self.warc_file else self.at


def rebuild_if_lost(rooms: Rooms) -> Rebuilt | None:
    """Make the ledger anew where there is none although there is an archive; None where nothing was to be done.

    One in which no look is noted is none: whoever opens a ledger that was lost leaves such a one. That of a run under
    way is one, which notes its first page when it has archived it.

    Raises: as `rebuild_ledger`.
    """
    place = rooms.settings.ledger_file
    if _is_in_use(rooms.settings) or not rooms.archive.files():
        return None
    logger.warning("ledger_lost file=%s: it is made anew out of the archive", place)
    for left in (place, *(place.with_name(f"{place.name}-{end}") for end in ("wal", "shm"))):
        left.unlink(missing_ok=True)
    return rebuild_ledger(rooms)


def _is_in_use(settings: Settings) -> bool:
    if not settings.ledger_file.exists():
        return False
    with Ledger(settings) as ledger:
        end_dead_runs(ledger, settings)
        return bool(unended_runs(ledger)) or ledger.one("SELECT 1 FROM looks LIMIT 1") is not None


def rebuild_ledger(rooms: Rooms) -> Rebuilt:
    """Make the ledger anew out of all that can be read, or not at all. No run may be under way.

    Raises:
        UsageError: there is a ledger.
        ArchiveError: the archive cannot be read.
        LakeError, LedgerError: the new ledger or `coverage` cannot be kept.
    """
    place = rooms.settings.ledger_file
    if place.exists():
        raise UsageError(f"{place} is there, and knows more than the archive: move it aside to have it made anew")
    for _ in rooms.archive.recover():
        pass  # files of writers that died are put in order; their pages are read with all others
    aside = rooms.settings.model_copy(update={"home": rooms.settings.home / "ledger.new"})
    for left in aside.home.glob("*"):
        left.unlink()
    with Ledger(aside) as ledger:
        ledger.rows("PRAGMA synchronous = OFF")  # flushed as a whole at the end
        rebuilt = _fill(ledger, rooms)
        ledger.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    durable.put(aside.ledger_file, place)
    aside.home.rmdir()
    publish_coverage(rooms.settings, is_whole=True)
    return rebuilt


def _fill(ledger: Ledger, rooms: Rooms) -> Rebuilt:
    now = datetime.now(UTC)
    run = Run(str(uuid4()), "rebuild-ledger", {}, now, None, "running")
    begin_run(ledger, run)
    kept = _kept(rooms)
    refused = {row["capture_id"]: Reading(row["outcome"], row["detail"]) for row in kept if row["outcome"] == ID_TAKEN}
    found = list(looks_around(rooms.archive))
    damages = tuple(str(damage) for damage in found if isinstance(damage, ArchiveError))
    for damage in damages:
        logger.warning("archive_damaged record=%s", damage)
    archived = (_archived(*look) for look in found if not isinstance(look, ArchiveError))
    seen = sorted([*archived, *(_failed(row) for row in kept if row["warc_file"] is None)])
    for one in seen:
        _note(one, run.run_id, ledger, rooms, refused)
    end_run(ledger, run.run_id, "completed", datetime.now(UTC))
    return Rebuilt(pages=len({one.url for one in seen}), looks=len(seen), damages=damages)


def _archived(asked: str, record: Record) -> _Seen:
    return _Seen(
        at=record.at,
        url=asked if asked.startswith("file:") else canonical_url(asked),
        capture_id=capture_id_of(record.url or "", record.at),
        http_status=record.status,
        warc_file=record.warc_file,
        warc_offset=None if record.kind == "revisit" else record.offset,
    )


def _kept(rooms: Rooms) -> list[Row]:
    """The looks of which only the lake knows how they ended, as far as it has kept them."""
    if not is_published(rooms.settings):
        return []
    try:
        with connect(rooms.settings) as session:
            return [dict(row) for row in session.arrow(_KEPT).to_pylist()]
    except LakeError as error:
        logger.warning("ledger_rebuilt_without_lake reason=%s", error)
        return []


def _failed(row: Row) -> _Seen:
    """A look that left nothing in the archive."""
    return _Seen(
        at=row["captured_at"].astimezone(UTC),
        url=row["url"],
        capture_id=row["capture_id"],
        http_status=row["http_status"],
        outcome=row["outcome"],
        detail=row["detail"],
    )


def _note(one: _Seen, run_id: str, ledger: Ledger, rooms: Rooms, refused: Mapping[str, Reading]) -> None:
    """Note a look and settle it, as the run did that had it; `refused`: by capture, what the lake refused."""
    note_pages(ledger, [unlisted(one.url, one.at, rooms.sources)], one.at)
    visit = Visit(one.url, run_id, one.capture_id, one.at, http_status=one.http_status)
    if one.outcome is None and one.warc_offset is None:
        state = ledger.state(one.url)
        ledger.note_unchanged(visit, next_look(UNCHANGED, state.counted_from if state else one.at, one.at))
        return
    if one.warc_file is None or one.warc_offset is None:
        ledger.note_look(Look(visit, one.outcome, one.detail))
    else:
        ledger.note_look(archived_look(visit, rooms.archive.read(one.warc_file, one.warc_offset)))
    for look in ledger.open_looks_of_run(run_id):
        settlement = read_look(look, one.reckoned_at, rooms, ledger).settlement
        ledger.settle([as_committed(settlement, refused.get(look.capture_id))])
