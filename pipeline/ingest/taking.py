"""Pages that others saved to records of our archive and to what they give, by several processes at once.

Workers decode, encode, read, transcribe and make rows, in Arrow; what comes of it is archived, noted and committed by
one process, in the order of the files, so that rows do not depend on how many workers there were.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain, groupby, islice

from pipeline.archive import EncodedPage, Resource, encode_page
from pipeline.errors import ArchiveError, FetchFailed
from pipeline.exchanges import ArchivedPage, Exchange
from pipeline.fetch.urls import canonical_url
from pipeline.identify.known import load_known
from pipeline.ingest.cluster import Cluster
from pipeline.ingest.pages import ingested, refused
from pipeline.ingest.portions import Portion
from pipeline.ingest.worker_process import each_watched
from pipeline.ingest.workers import LostWorker, Workers
from pipeline.lake.pages.looks import Looks
from pipeline.lake.pages.packing import pack
from pipeline.records import Ingested
from pipeline.settings import Settings
from pipeline.sources import load_sources

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """A page, ready to be archived."""

    page: ArchivedPage
    """Without its content, which the records hold."""
    known_as: str | None
    """Its URL as the ledger has it; None where it is none that could be asked for."""
    encoded: EncodedPage


@dataclass(frozen=True, slots=True)
class Took:
    """What came of a job: pages in their order, and what kept it from giving more."""

    pages: tuple[Taken, ...]
    looks: Looks
    """What each of them gives, where nothing is known of the looks before it, nor where it is archived."""
    damage: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """All that a worker must know, for it may be on another machine: a portion of a file, or pages themselves."""

    settings: Settings
    pages: Portion | tuple[Exchange | Resource, ...]

    def __str__(self) -> str:
        return f"{self.pages.name} from {self.pages.start}" if isinstance(self.pages, Portion) else "pages"

    @property
    def is_portion(self) -> bool:
        """Whether it only says where its pages are."""
        return isinstance(self.pages, Portion)

    def halves(self) -> tuple["Job", ...]:
        """The job in two; nothing where it is of one page."""
        if isinstance(self.pages, Portion):
            return tuple(replace(self, pages=half) for half in self.pages.halves())
        middle = len(self.pages) // 2
        return (replace(self, pages=self.pages[:middle]), replace(self, pages=self.pages[middle:])) if middle else ()

    def each(self) -> Iterable[Exchange | Resource]:
        """Its pages; errors as for `Portion.pages`."""
        return self.pages.pages() if isinstance(self.pages, Portion) else self.pages


def take_all(
    jobs: Iterable[Job],
    settings: Settings,
    work: Callable[[Job], Took] | None = None,
    cluster: Cluster | None = None,
) -> Iterator[Took]:
    """What comes of each job, in the order of the jobs. `work` is what a worker does, `take`.

    A cluster is given portions of files; pages that had to be read here to be parted are not sent there and back.

    A page that a worker cannot survive is `rejected:timeout`, `rejected:out_of_memory` or `rejected:crashed`. A single
    worker is a process too: nobody could end what takes this one too long. A single job is done here.

    Raises:
        UsageError: a file cannot be read.
        LakeError: a row breaks the contract of `schemas/`.
    """
    work = work or take
    waiting = iter(jobs)
    first = list(islice(waiting, 2))
    if len(first) < 2:
        yield from map(work, first)
        return
    with closing(Workers(settings)) as here, closing(Workers(settings, cluster)) as elsewhere:
        for is_sent, some in groupby(chain(first, waiting), lambda job: bool(cluster) and job.is_portion):
            yield from (elsewhere if is_sent else here).by_halves(work, some, Job.halves, _unread)


def take(job: Job) -> Took:
    """What the pages of a job give: the work of a worker.

    Raises:
        UsageError: the file cannot be read.
        LakeError: a row breaks the contract of `schemas/`.
    """
    sources, known = load_sources(job.settings.sources_file), load_known(job.settings)
    return _took(job, lambda page: ingested(page, sources, known))


def _unread(job: Job, lost: LostWorker) -> Took:
    """The one page of a job that costs a process its life: archived, and not read."""
    sources = load_sources(job.settings.sources_file)
    logger.warning("page_lost reason=%s", lost.reason)
    return _took(job, lambda page: refused(page, lost.reason, lost.detail, sources))


def _known_as(url: str) -> str | None:
    try:
        return url if url.startswith("file:") else canonical_url(url)
    except FetchFailed:
        return None


def _took(job: Job, read: Callable[[ArchivedPage], Ingested]) -> Took:
    taken: list[Taken] = []
    items: list[Ingested] = []
    damage = None
    try:
        for page in each_watched(job.each(), job.settings.page_seconds):
            encoded, archived = encode_page(page)
            items.append(read(archived))
            taken.append(Taken(replace(archived, content=b""), _known_as(archived.url), encoded))
    except ArchiveError as error:
        damage = str(error)
    return Took(tuple(taken), pack(items), damage)
