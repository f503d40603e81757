"""The way of one source through a run.

The order of the steps is what makes a kill at any moment harmless:

1. recover: what was archived by a run that died is noted in the ledger;
2. publish: open looks, of that run or of any other, become rows and are settled;
3. discover: a listing's links and its validators are noted together;
4. fetch, a batch at a time: archived, then noted;
5. publish the batch: the lake first, the ledger's outcomes after it.

Each step may be repeated. A page is due until it is settled, and one that is archived is never fetched again for it.
A day is done when none of its known pages is due any more and its listings were read.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from pipeline.ingest.discovering import Listed, discover
from pipeline.ingest.fetching import fetch
from pipeline.ingest.holding import held
from pipeline.ingest.publishing import publish
from pipeline.ingest.work import BACKFILL, NIGHTLY, Rooms, Wanted
from pipeline.ledger import Ledger, Scope, UrlState
from pipeline.ledger.asked import note_done, settled_days
from pipeline.ledger.frontier import are_all_due, count_due, due
from pipeline.ledger.history import requests_of

Progress = Callable[[str, int, int], None]
"""Called with a source's id, the pages done and the pages there are to do."""

_FLOWS = {Scope.NIGHT: NIGHTLY, Scope.DAYS: BACKFILL}
"""Whose days are kept account of."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that are units of work: plain functions here, tasks where a scheduler runs them."""

    discover: Callable[[Wanted, Rooms], Listed] = discover
    fetch: Callable[[Wanted, Sequence[UrlState], Rooms], bool] = fetch
    publish: Callable[[Wanted, Rooms], None] = publish


def ingest_source(
    wanted: Wanted, rooms: Rooms, *, steps: Steps | None = None, progress: Progress | None = None
) -> None:
    """Take in one source, batch by batch. Safe to kill, safe to repeat.

    A backfill lets go of the source after each batch; whoever else wants it waits until the source is done.

    Raises:
        ArchiveError, LakeError, LedgerError: something could not be kept; nothing is damaged.
        UsageError: the host may not be asked without a contact.
    """
    work = _batches(wanted, rooms, steps or Steps(), progress or (lambda *_: None))
    source_id = wanted.source.source_id
    if wanted.scope is not Scope.DAYS:
        with held(source_id, rooms.settings, goes_first=True):
            for _ in work:
                pass
    else:
        is_over = False
        while not is_over:
            with held(source_id, rooms.settings, goes_first=False):
                is_over = next(work, True) is True


def _batches(wanted: Wanted, rooms: Rooms, steps: Steps, progress: Progress) -> Iterator[None]:
    """The work on a source, a batch at each step; what was left undone before the first batch is done with it."""
    steps.publish(wanted, rooms)
    if _left(wanted, rooms) == 0:
        return
    listed = Listed(0, 0) if wanted.scope is Scope.REVISITS else steps.discover(wanted, rooms)
    tried: set[str] = set()
    there_are = _count_due(wanted, rooms)
    while batch := _next_batch(wanted, rooms, tried):
        if rooms.stopping.is_set():
            return
        may_go_on = steps.fetch(wanted, batch, rooms)
        steps.publish(wanted, rooms)
        tried.update(page.url for page in batch)
        progress(wanted.source.source_id, len(tried), max(there_are, len(tried)))
        _note_days(wanted, rooms, listed)
        if not may_go_on or _left(wanted, rooms) == 0:
            return  # its host has to be left alone, the night is over, or it is out of requests: the rest stays due
        if wanted.scope is Scope.DAYS and _are_all_due(batch, wanted, rooms):
            return
        yield
    _note_days(wanted, rooms, listed)


def _count_due(wanted: Wanted, rooms: Rooms) -> int:
    """How many pages there are to look at."""
    with Ledger(rooms.settings) as ledger:
        return count_due(ledger, wanted.due, wanted.limit)


def _next_batch(wanted: Wanted, rooms: Rooms, tried: set[str]) -> list[UrlState]:
    """The next due pages that were not tried; asked for each batch, as a night may have taken some meanwhile."""
    size = _batch_size(wanted, rooms, len(tried))
    with Ledger(rooms.settings) as ledger:
        return list(islice((page for page in due(ledger, wanted.due) if page.url not in tried), size))


def _are_all_due(pages: Sequence[UrlState], wanted: Wanted, rooms: Rooms) -> bool:
    """Whether a look was had at none of these pages."""
    with Ledger(rooms.settings) as ledger:
        return are_all_due(ledger, [page.url for page in pages], wanted.at)


def _batch_size(wanted: Wanted, rooms: Rooms, tried: int) -> int:
    size = rooms.settings.batch_pages
    if (left := _left(wanted, rooms)) is not None:
        size = min(max(left, 1), size)  # one page at least, whatever the listings took
    return size if wanted.limit is None else min(size, max(wanted.limit - tried, 0))


def _left(wanted: Wanted, rooms: Rooms) -> int | None:
    """How many requests the run may still make; None: as many as it takes.

    A redirect, or a host's robots.txt, costs one more than the page that was reckoned with.
    """
    if wanted.max_requests is None:
        return None
    with Ledger(rooms.settings) as ledger:
        return max(wanted.max_requests - requests_of(ledger, wanted.run_id), 0)


def _note_days(wanted: Wanted, rooms: Rooms, listed: Listed) -> None:
    """Note the days that are done; where a listing could not be read, nobody knows what they hold."""
    if wanted.scope not in _FLOWS or listed.unread:
        return
    with Ledger(rooms.settings) as ledger:
        days = settled_days(ledger, wanted.due)
        note_done(ledger, _FLOWS[wanted.scope], wanted.source.source_id, days, datetime.now(UTC))
