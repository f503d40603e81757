"""The way of one source through a run.

The order of the steps is what makes a kill at any moment harmless:

1. recover: what was archived by a run that died is noted in the ledger;
2. publish: open looks, of that run or of any other, become rows and are settled;
3. discover: a listing's links and its validators are noted together;
4. fetch, a batch at a time: archived, then noted;
5. publish the batch: the lake first, the ledger's outcomes after it.

Each step may be repeated. A page is due until it is settled, and one that is archived is never fetched again for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.ingest.discovering import discover
from pipeline.ingest.fetching import fetch
from pipeline.ingest.publishing import publish
from pipeline.ingest.work import Rooms, Wanted, turn_of
from pipeline.ledger import DueFilter, Ledger, UrlState

Progress = Callable[[str, int, int], None]
"""Called with a source's id, the pages done and the pages there are to do."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that are units of work: plain functions here, tasks where a scheduler runs them."""

    discover: Callable[[Wanted, Rooms], int] = discover
    fetch: Callable[[Wanted, Sequence[UrlState], Rooms], None] = fetch
    publish: Callable[[Wanted, Rooms], None] = publish


def ingest_source(
    wanted: Wanted, rooms: Rooms, *, steps: Steps | None = None, progress: Progress | None = None
) -> None:
    """Take in one source, batch by batch. Safe to kill, safe to repeat.

    Raises:
        ArchiveError, LakeError, LedgerError: something could not be kept; nothing is damaged.
        UsageError: the host may not be asked without a contact.
    """
    steps = steps or Steps()
    source_id = wanted.source.source_id
    with turn_of(source_id, rooms.settings):
        steps.publish(wanted, rooms)
        steps.discover(wanted, rooms)
        pages = _due(wanted, rooms)
        size = rooms.settings.batch_pages
        for start in range(0, len(pages), size):
            if rooms.stopping.is_set():
                return
            batch = pages[start : start + size]
            steps.fetch(wanted, batch, rooms)
            steps.publish(wanted, rooms)
            if progress:
                progress(source_id, start + len(batch), len(pages))


def _due(wanted: Wanted, rooms: Rooms) -> list[UrlState]:
    with Ledger(rooms.settings) as ledger:
        return ledger.due(
            DueFilter(
                source_id=wanted.source.source_id,
                at=wanted.at,
                first=wanted.first,
                last=wanted.last,
                takes_revisits=wanted.takes_revisits,
                limit=wanted.limit,
            )
        )
