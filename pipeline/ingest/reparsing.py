"""The archive to rows again, with the parser of today and no network."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import partial

from pipeline.errors import ArchiveError, UsageError
from pipeline.ingest.begun import reading_of
from pipeline.ingest.bulk import in_bulk
from pipeline.ingest.covering import publish_coverage
from pipeline.ingest.publishing import TOGETHER, figures_of
from pipeline.ingest.reading import Job, Reading
from pipeline.ingest.rereads import Rereads, open_rereads
from pipeline.ingest.unarchived import add_unarchived
from pipeline.ingest.work import Rooms
from pipeline.lake.pages.looks import Looks
from pipeline.lake.pages.packing import packed
from pipeline.lake.published.publish import is_published
from pipeline.lake.store import Committed
from pipeline.lake.tables.changes import Counts
from pipeline.ledger import Ledger, Reread
from pipeline.records import UNCHANGED
from pipeline.sources import Source
from schemas import TABLES

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class RowDiff:
    """What a reparse changed, or would change, table by table."""

    pages: int = 0
    tables: dict[str, Counts] = field(default_factory=lambda: {table.name: Counts() for table in TABLES})

    def add(self, changes: Mapping[str, Counts]) -> None:
        """Add what a commit changes."""
        for name, new in changes.items():
            old = self.tables[name]
            self.tables[name] = Counts(
                old.added + new.added,
                old.changed + new.changed,
                old.removed + new.removed,
                old.unchanged + new.unchanged,
            )


def reparse(  # noqa: PLR0913  # what, and how
    rooms: Rooms,
    *,
    since: date | None = None,
    source: Source | None = None,
    dry_run: bool = False,
    show: Callable[[RowDiff], None] = lambda _: None,
    work: Callable[[Job], Looks] | None = None,
) -> RowDiff:
    """Read archived pages again and bring the lake to what they give; `dry_run` only counts.

    All of the archive: the lake is rebuilt, and rows that nothing gives any more are removed; `show` is given the
    difference before it is published. A lake that was lost is given the looks that left nothing in the archive too.
    With `since` (day of the capture, UTC) or `source`: the rows of these captures are renewed batch by batch, none is
    removed, and the difference is shown at the end. `work`: as for a `Reading`.

    Raises:
        UsageError: `dry_run` with `since` or `source`, as only the whole is compared without being written; or there is
            no archive.
        ArchiveError: a file is damaged, or missing where the whole is read; the lake stays as it was.
        LakeError, LedgerError: rows or outcomes could not be kept.
    """
    is_whole = since is None and source is None
    if dry_run and not is_whole:
        raise UsageError("a dry run compares the whole archive with the lake: leave out --since and --source")
    _check_there(rooms, is_whole=is_whole)
    diff = RowDiff()
    was_lost = is_whole and not is_published(rooms.settings)
    source_id = source.source_id if source else None
    with (
        in_bulk(),
        open_rereads(rooms.settings.home) as read,
        closing(_reading(rooms, source_id, work)) as reading,
    ):
        looks = _looks(reading, since, diff, read)
        if is_whole:
            told = partial(_add_and_show, diff, show)
            with reading.spread() as spread:
                done = rooms.lake.rebuild(looks, dry_run=dry_run, before_publishing=told, spread=spread)
            _note_refused(done, read)
        else:
            for batch in packed(looks, TOGETHER):
                done = rooms.lake.commit(batch)
                diff.add(done.tables)
                _note_refused(done, read)
            show(diff)
        if not dry_run:
            if was_lost:
                add_unarchived(rooms)
            with Ledger(rooms.settings) as ledger:
                ledger.amend(read)
            publish_coverage(rooms.settings, is_whole=is_whole)
    logger.info("reparsed pages=%d dry_run=%s", diff.pages, dry_run)
    return diff


def _reading(rooms: Rooms, source_id: str | None, work: Callable[[Job], Looks] | None) -> Reading:
    if work is None:
        return reading_of(rooms, source_id)
    return Reading(rooms.archive, rooms.settings, source_id, work, rooms.cluster)


def _check_there(rooms: Rooms, *, is_whole: bool) -> None:
    """A folder that is not mounted, or a file that was lost, must not take its rows out of the lake."""
    there = {path.name for path in rooms.archive.files()}
    missing = sorted(rooms.lake.archived_in() - there) if is_whole or not there else []
    if missing:
        raise ArchiveError(
            f"{len(missing)} WARC files that the lake was read from are not in the archive ({missing[0]}): "
            "put them back, or move the lake aside to have it made of what there is"
        )
    if not there:
        raise UsageError(
            f"nothing was archived yet in {rooms.settings.home}: run `asrun nightly` or `asrun import` first"
        )


def _note_refused(done: Committed, read: Rereads) -> None:
    for capture_id, reading in done.refused.items():
        read.add(Reread(capture_id, reading.outcome, reading.detail))


def _add_and_show(diff: RowDiff, show: Callable[[RowDiff], None], changes: Mapping[str, Counts]) -> None:
    diff.add(changes)
    show(diff)


def _looks(reading: Reading, since: date | None, diff: RowDiff, read: Rereads) -> Iterator[Looks]:
    """What the archive's pages give, in the order in which they were archived.

    Pages from before `since` are read too: whether a capture changed anything depends on the one before it.
    """
    begin = datetime.combine(since or date.min, time.min, UTC)
    for looks in reading:
        gists = looks.gists()
        again = {
            place: {"outcome": UNCHANGED}
            for place, gist in enumerate(gists)
            if gist.content_hash is not None and read.note_content(gist.url, gist.content_hash)
        }
        kept = [place for place, gist in enumerate(gists) if gist.captured_at >= begin]
        diff.pages += len(kept)
        for place in kept:
            gist = gists[place]
            outcome = UNCHANGED if place in again else gist.outcome
            read.add(Reread(gist.capture_id, outcome, gist.detail, figures_of(gist)))
        yield looks.amended(again).take(kept)
