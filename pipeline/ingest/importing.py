"""Pages that others saved, into the archive and from there the usual way."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from pipeline.amounts import amount
from pipeline.archive import Resource
from pipeline.errors import ArchiveError, FetchFailed, UsageError
from pipeline.exchanges import Exchange
from pipeline.fetch.urls import canonical_url
from pipeline.ingest.behind import make_whole
from pipeline.ingest.bulk import in_bulk
from pipeline.ingest.cluster import Cluster
from pipeline.ingest.covering import publish_coverage
from pipeline.ingest.fetching import archived_look, recover, unlisted
from pipeline.ingest.kinds import KINDS, is_one_page
from pipeline.ingest.portions import Portion
from pipeline.ingest.publishing import publish_looks
from pipeline.ingest.saved import files_of, parts_of
from pipeline.ingest.taking import Job, Taken, Took, take, take_all
from pipeline.ingest.work import GATHER, IMPORT, Rooms, open_rooms, recorded_run
from pipeline.lake.pages.looks import Looks, put_together
from pipeline.ledger import Ledger, OpenLook, Visit
from pipeline.ledger.links import note_pages
from pipeline.records import UNCHANGED, rejected
from pipeline.settings import Settings

logger = logging.getLogger(__name__)

COMMIT_PAGES = 5_000
"""Pages that are committed together: their rows are in memory until then, some 50 MB for every thousand. A commit asks
the whole lake what it has met before: of 40,000 pages commits of 3,000 took 3 to 6 % more of the processors."""
_JOB_BYTES = 5_000_000
"""Of pages that are handed to a worker at once."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to."""

    run_id: str
    damages: tuple[str, ...]
    """A line for each file that is damaged."""


def import_all(
    paths: Sequence[Path],
    url: str | None,
    settings: Settings,
    cluster: Cluster | None = None,
    flow_run_id: str | None = None,
) -> Imported:
    """Take in these files in a run of their own; what is promised and raised: see `import_files`."""
    with open_rooms(settings, cluster) as rooms:
        damages = make_whole(rooms)
        parameters: dict[str, object] = {"paths": [str(path) for path in paths], "url": url}
        with recorded_run(settings, IMPORT, parameters, flow_run_id, damages) as run_id:
            return Imported(run_id, import_files(paths, url, run_id, rooms))


def import_files(paths: Iterable[Path], url: str | None, run_id: str, rooms: Rooms) -> tuple[str, ...]:
    """Take in the pages of these files; of a folder, those files in it whose kind is known (`saved`).

    A record of a crawl keeps its URL and its date. An HTML or text file keeps the time of its last change as the time
    of its capture, and has the URL `url`, or, where none is given, its own `file://` URL, since nothing else is known
    of where it came from. What is in the archive already is counted as unchanged, or as rejected again.

    Raises:
        UsageError: a file is missing or of an unknown kind, or no folder has one of a known kind; or `url` is no URL,
            or given for several files.
        ArchiveError: files are damaged, and nothing could be taken in.
        LakeError, LedgerError: rows or outcomes could not be kept.
    """
    files = [file for path in paths for file in files_of(path)]
    if not files:
        raise UsageError(f"nothing to import: no file there is of a kind that can be imported ({KINDS})")
    if url is not None and (len(files) != 1 or not is_one_page(files[0])):
        raise UsageError("--url names the page of one HTML or text file; import several without it or one by one")
    if url is not None:
        _check_url(url)
    damages: list[str] = []
    with in_bulk(), Ledger(rooms.settings) as ledger:
        go_on(run_id, rooms, ledger)
        try:
            took = take_all(_jobs(files, url, rooms, damages), rooms.settings, cluster=rooms.cluster)
            pages = _take_in_all(took, run_id, rooms, ledger, damages)
        finally:
            publish_run(run_id, rooms, ledger)
    publish_coverage(rooms.settings)
    if damages and not pages:
        others = f" (and {amount(len(damages) - 1, 'more file')})" if len(damages) > 1 else ""
        raise ArchiveError(f"no page could be taken in: {damages[0]}{others}")
    return tuple(damages)


def go_on(run_id: str, rooms: Rooms, ledger: Ledger) -> None:
    """Note what was archived and not noted, and publish what was noted and not published, by runs that were killed.

    What a nightly run left is published by the next one of its source.

    Raises:
        ArchiveError, LakeError, LedgerError: something could not be read or kept.
    """
    recover(run_id, rooms)
    _publish(ledger.open_looks(None), (), rooms, ledger)
    for flow in (IMPORT, GATHER):
        _publish(ledger.open_looks_left_by(flow), (), rooms, ledger)


def _check_url(url: str) -> None:
    try:
        canonical_url(url)
    except FetchFailed as failure:
        raise UsageError(f"--url {url}: {failure.detail}") from failure


def _jobs(files: Sequence[Path], url: str | None, rooms: Rooms, damages: list[str]) -> Iterator[Job]:
    """The files' portions as they are, and other pages so many together; damage that is met here is told."""
    pages: list[Exchange | Resource] = []
    size = 0
    for file in files:
        try:
            for part in parts_of(file, url, rooms.settings.max_decoded_bytes):
                if pages and (isinstance(part, Portion) or size > _JOB_BYTES):
                    yield Job(rooms.settings, tuple(pages))
                    pages, size = [], 0
                if isinstance(part, Portion):
                    yield Job(rooms.settings, part)
                else:
                    pages.append(part)
                    size += len(part.content)
        except ArchiveError as error:
            damages.append(str(error))
    if pages:
        yield Job(rooms.settings, tuple(pages))


def _take_in_all(found: Iterable[Took], run_id: str, rooms: Rooms, ledger: Ledger, damages: list[str]) -> int:
    """Take in what was found and publish it; the number of pages."""
    read: list[Looks] = []
    pages = 0
    for took in found:
        if took.damage is not None:
            damages.append(took.damage)
        if read and sum(map(len, read)) + len(took.pages) > COMMIT_PAGES:
            publish_run(run_id, rooms, ledger, read)
            read = []
        read.append(take_in(took, run_id, rooms, ledger))
        pages += len(took.pages)
    publish_run(run_id, rooms, ledger, read)
    return pages


def import_page(page: Exchange | Resource, run_id: str, rooms: Rooms, ledger: Ledger) -> Looks:
    """Archive one page and note it, to be published; what it gives: see `take_in`."""
    return take_in(take(Job(rooms.settings, (page,))), run_id, rooms, ledger)


def take_in(took: Took, run_id: str, rooms: Rooms, ledger: Ledger) -> Looks:
    """Archive pages and note them, to be published; what the new ones give.

    One that is archived already, or says what the page's last capture said before it, is noted as unchanged; a bad one
    stays bad, however often it is brought. The ledger knows of a page only once it is on the disk.
    """
    archived: dict[int, dict[str, object]] = {}
    with ledger.transaction():
        for number, taken in enumerate(took.pages):
            if taken.known_as is None:
                logger.warning("import_skipped url=%s reason=bad_url", taken.page.url)
                continue
            where = _take_in(taken, taken.known_as, run_id, rooms, ledger)
            if where is not None:
                archived[number] = dict(zip(("warc_file", "warc_offset"), where, strict=True))
        rooms.archive.sync()
    return took.looks.amended(archived).take(list(archived))


def _take_in(taken: Taken, known_as: str, run_id: str, rooms: Rooms, ledger: Ledger) -> tuple[str, int] | None:
    """Where the page was archived; None: it was there."""
    page = taken.page
    now = datetime.now(UTC)
    if not note_pages(ledger, [unlisted(known_as, page.captured_at, rooms.sources)], now):
        state = ledger.state(known_as)
        is_same = state is not None and state.payload_digest == page.payload_digest
        if ledger.knows_capture(page.capture_id) or (is_same and ledger.is_newest(known_as, page.captured_at)):
            visit = Visit(known_as, run_id, str(uuid4()), now, body_bytes=page.body_bytes)
            again = state.outcome if state and state.outcome and state.outcome.startswith(rejected("")) else UNCHANGED
            ledger.note_again(visit, again)
            return None
    warc_file, warc_offset = rooms.archive.append_encoded(taken.encoded)
    kept = replace(page, warc_file=warc_file, warc_offset=warc_offset)
    visit = Visit(known_as, run_id, page.capture_id, page.captured_at, body_bytes=page.body_bytes)
    ledger.note_look(archived_look(visit, kept, is_taken_over=True))
    return warc_file, warc_offset


def publish_run(run_id: str, rooms: Rooms, ledger: Ledger, read: Sequence[Looks] = ()) -> None:
    """Publish the pages that a run has taken in; `read`: what some of them give."""
    _publish(ledger.open_looks_of_run(run_id), read, rooms, ledger)


def _publish(looks: Sequence[OpenLook], read: Sequence[Looks], rooms: Rooms, ledger: Ledger) -> None:
    known = put_together(read) if read else None
    for start in range(0, len(looks), COMMIT_PAGES):
        publish_looks(looks[start : start + COMMIT_PAGES], datetime.now(UTC), rooms, ledger, known)
