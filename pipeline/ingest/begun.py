"""A reading of the archive that is begun before the run that asks for it.

While Prefect starts, for seconds, a machine of two cores has one to spare: workers read some thousand pages then.
"""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from pipeline.archive import Archive
from pipeline.errors import AsrunError, UsageError
from pipeline.ingest.reading import Reading
from pipeline.settings import Settings


@dataclass(slots=True)
class _Begun:
    settings: Settings
    source_id: str | None
    reading: Reading | None
    """None once it was taken."""
    failed: UsageError | None = None
    """Why it could not be begun: a scheduler that does not answer is not waited for twice."""

    def taken(self, settings: Settings, source_id: str | None) -> Reading | None:
        """The reading, where it is of what is asked for.

        Raises:
            UsageError: it could not be begun, and never will.
        """
        if (self.settings, self.source_id) != (settings, source_id):
            return None
        if self.failed is not None:
            raise self.failed
        reading, self.reading = self.reading, None
        return reading


_BEGUN: ContextVar[_Begun | None] = ContextVar("begun", default=None)


@contextmanager
def reading_ahead(settings: Settings, source_id: str | None) -> Iterator[None]:
    """Have workers begin, for the `reading_of` of a run that begins meanwhile.

    What is wrong is told by the run: with the archive it meets it again, and what is wrong use is kept for it.
    """
    with ExitStack() as opened:
        try:
            archive = opened.enter_context(Archive(settings))
            reading = opened.enter_context(closing(Reading(archive, settings, source_id)))
            begun = _Begun(settings, source_id, reading)
        except UsageError as error:
            begun = _Begun(settings, source_id, None, error)
        except AsrunError:
            yield
            return
        token = _BEGUN.set(begun)
        try:
            yield
        finally:
            _BEGUN.reset(token)


def reading_of(archive: Archive, settings: Settings, source_id: str | None) -> Reading:
    """The reading that was begun for this, or one that is begun now. To be closed. Errors: see `Reading`."""
    begun = _BEGUN.get()
    return (begun.taken(settings, source_id) if begun else None) or Reading(archive, settings, source_id)
