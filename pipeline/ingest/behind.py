"""A lake that was lost, or put back from an older copy, beside a ledger that knows more: a run first adds the rest.

Nights would find every page unchanged, and the lake would lack for ever what it lacks.
"""

import logging
from contextlib import suppress
from sqlite3 import Row

from pipeline.errors import ArchiveError
from pipeline.ingest.covering import publish_coverage
from pipeline.ingest.rebuilding import rebuild_if_lost
from pipeline.ingest.salvaging import add_readable
from pipeline.ingest.unarchived import add_unarchived
from pipeline.ingest.work import Rooms
from pipeline.lake.published.publish import is_published
from pipeline.ledger import Ledger
from pipeline.query.session import connect
from pipeline.settings import Settings

logger = logging.getLogger(__name__)

_NEWEST = """
SELECT capture_id, looked_at, warc_file, warc_offset FROM looks
WHERE is_settled = 1 AND warc_file IS NOT NULL
ORDER BY look_id DESC
"""

_KNOWN = """
SELECT 1 FROM captures WHERE capture_id = '{capture_id}'
AND captured_at BETWEEN TIMESTAMPTZ '{looked_at}' - INTERVAL 1 DAY AND TIMESTAMPTZ '{looked_at}' + INTERVAL 1 DAY
"""
"""By its time too, which spares most files of a large lake."""


def make_whole(rooms: Rooms) -> tuple[str, ...]:
    """What is to be done before anything is taken in: lake and ledger are there, and know of each other.

    A line for each damage that was met in the archive: see `add_if_behind`.

    Raises:
        ArchiveError: the archive cannot be read.
        LakeError, LedgerError: a lake that is too new, or something that cannot be read or kept.
        UsageError: the lake cannot be opened.
    """
    rooms.lake.commit(())  # it publishes a lake that is new, was moved, or was left unpublished
    rebuilt = rebuild_if_lost(rooms)
    damages = () if rebuilt is None else rebuilt.damages
    return tuple(dict.fromkeys((*damages, *add_if_behind(rooms))))


def add_if_behind(rooms: Rooms) -> tuple[str, ...]:
    """Add to the lake what the archive has, where it lacks what the ledger has settled last.

    Looks that left nothing there are the ledger's to tell. What is in neither is told in the log. A damaged file stops
    nothing: all that can be read is added, once, and a line for each damage is given.

    Raises:
        ArchiveError: the archive cannot be read.
        LakeError, LedgerError: it could not be read or kept.
        UsageError: the lake cannot be opened.
    """
    missing = newest_missing(rooms.settings)
    if missing is None:
        return ()
    damages: tuple[str, ...] = ()
    kept = _newest_kept(rooms)
    if kept is not None and not _is_known(rooms.settings, kept):
        logger.warning("lake_behind missing_from=%s: what the archive has is added", missing)
        damages = add_readable(rooms)
        for damage in damages:
            logger.warning("archive_damaged record=%s", damage)
        add_unarchived(rooms)
        missing = newest_missing(rooms.settings)
    if missing is not None:
        logger.warning("lake_behind_still reason=%s lacks it too: put back a copy, then `asrun reparse`", missing)
    publish_coverage(rooms.settings, is_whole=True)
    return damages


def newest_missing(settings: Settings) -> str | None:
    """The archive's file with the page that the ledger has settled last, where the lake does not know that look.

    Raises:
        LakeError, LedgerError, UsageError: as `add_if_behind`.
    """
    if not settings.ledger_file.exists():
        return None
    with Ledger(settings) as ledger:
        newest = ledger.one(f"{_NEWEST} LIMIT 1")
    return None if newest is None or _is_known(settings, newest) else str(newest["warc_file"])


def _newest_kept(rooms: Rooms) -> Row | None:
    """The look settled last of which the archive has the page: else each run would read all of it, and find nothing."""
    there = {path.name for path in rooms.archive.files()}
    with Ledger(rooms.settings) as ledger:
        for row in ledger.each(_NEWEST, {}):
            if row["warc_file"] not in there:
                continue
            with suppress(ArchiveError):
                rooms.archive.read(row["warc_file"], row["warc_offset"])
                return row
    return None


def _is_known(settings: Settings, look: Row) -> bool:
    """Whether the lake has this look."""
    if not is_published(settings):
        return False
    with connect(settings) as session:
        return bool(session.arrow(_KNOWN.format(**look)).num_rows)
