"""An archive to rows where a file of it is damaged: all that can be read, and a line for what cannot."""

from datetime import date

from pipeline.archive import Archive
from pipeline.archive.salvage import damages_of, pages_around
from pipeline.errors import ArchiveError
from pipeline.exchanges import ArchivedPage
from pipeline.identify.known import load_known
from pipeline.ingest.pages import ingested
from pipeline.ingest.reading import Job
from pipeline.ingest.reparsing import reparse
from pipeline.ingest.work import Rooms
from pipeline.ingest.worker_process import each_watched
from pipeline.lake.pages.looks import Looks
from pipeline.lake.pages.packing import pack
from pipeline.sources import load_sources


def add_readable(rooms: Rooms) -> tuple[str, ...]:
    """Add to the lake what the archive's pages give, of all captures, and remove nothing; a line for each damage.

    Raises:
        ArchiveError: the archive cannot be read; no file of it is damaged.
        LakeError, LedgerError: rows or outcomes could not be kept.
        UsageError: there is no archive.
    """
    try:
        reparse(rooms, since=date.min)
    except ArchiveError:
        damages = damages_of(rooms.archive)
        if not damages:
            raise
        reparse(rooms, since=date.min, work=read_around)
        return damages
    return ()


def read_around(job: Job) -> Looks:
    """What the pages of a stretch give, those apart that are damaged: the work of a worker."""
    sources, known = load_sources(job.settings.sources_file), load_known(job.settings)
    found = pages_around(Archive(job.settings), job.stretch)
    whole = (page for page in found if isinstance(page, ArchivedPage))
    return pack(ingested(page, sources, known) for page in each_watched(whole, job.settings.page_seconds))
