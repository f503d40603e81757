"""Archived pages to what they give, by several processes at once and in the archive's own order.

The unit is a stretch of a WARC file, some hundred pages: small enough that memory is flat in the size of the archive,
and large enough that handing it over costs nothing beside it. Workers read, transcribe and make rows, in Arrow; what
comes of it is used by one process, in order, so that rows do not depend on how many workers there were.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING

from pipeline.archive import Archive, Stretch
from pipeline.exchanges import ArchivedPage
from pipeline.identify.known import load_known
from pipeline.ingest.cluster import Cluster
from pipeline.ingest.pages import ingested, refused
from pipeline.ingest.worker_process import each_watched
from pipeline.ingest.workers import LostWorker, Workers, spread_over
from pipeline.lake.pages.looks import Looks
from pipeline.lake.pages.packing import pack
from pipeline.records import Ingested
from pipeline.settings import Settings
from pipeline.sources import Sources, load_sources

if TYPE_CHECKING:
    from pipeline.lake.spread import Spread

logger = logging.getLogger(__name__)

STRETCH = 100
"""Responses in a stretch: a fifth of a second of work."""


@dataclass(frozen=True, slots=True)
class Job:
    """All that a worker must know, for it may be on another machine."""

    settings: Settings
    stretch: Stretch
    source_id: str | None
    """Pages of other sources are left out. None: of none."""

    def __str__(self) -> str:
        return f"{self.stretch.warc_file} from {self.stretch.start}"


class Reading:
    """What every page of the archive gives, in the archive's order, once, stretch by stretch. To be closed.

    Workers begin to read when it is made, some thousand pages ahead; a single one is a process too, for nobody could
    end what takes this one too long. An archive of one stretch is read here: a process takes longer to start. `work` is
    what one does, `read_stretch`. A page that a worker cannot survive is `rejected:timeout`, `rejected:out_of_memory`
    or `rejected:crashed`.

    What was archived since it was made is given too, as far as it is there when the first page is asked for: a rebuild
    asks under the lake's lock, so that no page is in the lake which the reading does not give.

    Raises (when made, and while it gives pages):
        ArchiveError: a file is damaged; what stands before it was given.
        LakeError: a row breaks the contract of `schemas/`.
    """

    def __init__(
        self,
        archive: Archive,
        settings: Settings,
        source_id: str | None = None,
        work: Callable[[Job], Looks] | None = None,
        cluster: Cluster | None = None,
    ) -> None:
        self._archive = archive
        self._settings = settings
        self._source_id = source_id
        self._work = work or read_stretch
        self._cluster = cluster
        self._workers: Workers | None = None
        self._sizes = archive.stored.sizes()
        self._begun = self._stretches()

    def __iter__(self) -> Iterator[Looks]:
        if self._archive.stored.sizes() != self._sizes:
            logger.info("reading_begun_again reason=archive_grew")
            self._begun = self._stretches()
        yield from self._begun

    def close(self) -> None:
        """End the workers; what they still read is not waited for."""
        if self._workers is not None:
            self._workers.close()

    @contextmanager
    def spread(self) -> Iterator["Spread"]:
        """What the same workers do next, or others on this machine where a cluster has read; `map` where none have."""
        if self._workers is None:
            yield map
        elif self._workers.are_here:
            yield spread_over(self._workers)
        else:
            with closing(Workers(self._settings)) as workers:
                yield spread_over(workers)

    def _stretches(self) -> Iterable[Looks]:
        archive, settings, work = self._archive, self._settings, self._work
        jobs = (Job(settings, stretch, self._source_id) for stretch in archive.stretches(STRETCH))
        first = list(islice(jobs, 2))
        if len(first) < 2:
            return map(work, first)
        self._workers = self._workers or Workers(settings, self._cluster)
        sources = load_sources(settings.sources_file)
        if self._workers.are_here:
            return _side_by_side(self._workers, work, chain(first, jobs), archive, sources)
        return _by_cluster(self._workers, work, chain(first, jobs), archive, sources)


def read_archive(
    archive: Archive,
    settings: Settings,
    source_id: str | None = None,
    work: Callable[[Job], Looks] | None = None,
    cluster: Cluster | None = None,
) -> Iterator[Looks]:
    """What every page of the archive gives: all of a `Reading`, which see."""
    with closing(Reading(archive, settings, source_id, work, cluster)) as reading:
        yield from reading


def _by_cluster(
    workers: Workers, work: Callable[[Job], Looks], jobs: Iterable[Job], archive: Archive, sources: Sources
) -> Iterator[Looks]:
    """What is on this machine only, on its way to the bucket, is read here: a cluster could not."""
    for is_ours, some in groupby(jobs, lambda job: archive.is_only_here(job.stretch)):
        yield from map(work, some) if is_ours else _side_by_side(workers, work, some, archive, sources)  # noqa: B031  # one or the other


def _side_by_side(
    workers: Workers, work: Callable[[Job], Looks], jobs: Iterable[Job], archive: Archive, sources: Sources
) -> Iterator[Looks]:
    return workers.by_halves(
        work,
        jobs,
        lambda job: [replace(job, stretch=half) for half in archive.halves(job.stretch)],
        lambda job, lost: pack(_unread(page, lost, sources) for page in archive.pages_of(job.stretch)),
    )


def read_stretch(job: Job) -> Looks:
    """What the pages of a stretch give, where nothing is known of the looks before them: the work of a worker.

    Raises:
        ArchiveError: the file is damaged.
        LakeError: a row breaks the contract of `schemas/`.
    """
    sources, known = load_sources(job.settings.sources_file), load_known(job.settings)
    pages = Archive(job.settings).pages_of(job.stretch)
    chosen = (page for page in pages if job.source_id is None or _source_id(job, page.url) == job.source_id)
    return pack(ingested(page, sources, known) for page in each_watched(chosen, job.settings.page_seconds))


def _source_id(job: Job, url: str) -> str | None:
    source = load_sources(job.settings.sources_file).at(url)
    return source.source_id if source else None


def _unread(page: ArchivedPage, lost: LostWorker, sources: Sources) -> Ingested:
    logger.warning("page_lost url=%s reason=%s", page.url, lost.reason)
    return refused(page, lost.reason, lost.detail, sources)
