"""A reading of the archive that is begun before the run that asks for it.

While Prefect starts, for seconds, a machine of two cores has one to spare: workers read some thousand pages then.
"""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from pipeline.archive import Archive
from pipeline.errors import AsrunError
from pipeline.ingest.reading import Reading
from pipeline.ingest.work import Rooms
from pipeline.settings import Settings


@dataclass(slots=True)
class _Begun:
    settings: Settings
    source_id: str | None
    reading: Reading | None
    """None once it was taken."""

    def taken(self, settings: Settings, source_id: str | None) -> Reading | None:
        """The reading, where it is of what is asked for."""
        if (self.settings, self.source_id) != (settings, source_id):
            return None
        reading, self.reading = self.reading, None
        return reading


_BEGUN: ContextVar[_Begun | None] = ContextVar("begun", default=None)


@contextmanager
def reading_ahead(settings: Settings, source_id: str | None) -> Iterator[None]:
    """Have workers begin, for the `reading_of` of a run that begins meanwhile. What is wrong is told by the run.

    Where a cluster is to read, nothing is begun: it is Prefect that hands its work over.
    """
    if settings.dask_address is not None:
        yield
        return
    with ExitStack() as opened:
        try:
            archive = opened.enter_context(Archive(settings))
            reading = opened.enter_context(closing(Reading(archive, settings, source_id)))
        except AsrunError:
            yield
            return
        token = _BEGUN.set(_Begun(settings, source_id, reading))
        try:
            yield
        finally:
            _BEGUN.reset(token)


def reading_of(rooms: Rooms, source_id: str | None) -> Reading:
    """The reading that was begun for this, or one that is begun now. To be closed. Errors: see `Reading`."""
    begun = _BEGUN.get()
    there = begun.taken(rooms.settings, source_id) if begun else None
    return there or Reading(rooms.archive, rooms.settings, source_id, cluster=rooms.cluster)
