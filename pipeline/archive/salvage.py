"""What can be read of a file of the archive that is damaged: all records but those that the damage is in."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from pipeline.archive.members import next_record
from pipeline.archive.store import Archive
from pipeline.archive.stretches import Stretch
from pipeline.archive.warc import DamagedRecord, Record
from pipeline.errors import ArchiveError
from pipeline.exchanges import ArchivedPage

_Read = TypeVar("_Read")


def pages_around(archive: Archive, stretch: Stretch) -> Iterator[ArchivedPage | ArchiveError]:
    """The pages of a stretch as `Archive.pages_of` gives them, and each damage in its place."""
    return _around(archive, stretch, archive.pages_of)


def looks_around(archive: Archive) -> Iterator[tuple[str, Record] | ArchiveError]:
    """All looks as `Archive.looks` gives them, and each damage in its place."""
    for path in archive.files():
        yield from _around(archive, Stretch(path.name), archive.looks_of)


def _around(
    archive: Archive, stretch: Stretch, read: Callable[[Stretch], Iterator[_Read]]
) -> Iterator[_Read | ArchiveError]:
    start: int | None = stretch.start
    while start is not None:
        try:
            yield from read(replace(stretch, start=start))
            start = None
        except DamagedRecord as damage:
            yield damage
            start = _next_record(archive, stretch, damage.offset + 1)
        except ArchiveError as error:
            yield error
            start = None


def damages_of(archive: Archive) -> tuple[str, ...]:
    """A line for each damage in the archive, with its file and its place there."""
    return tuple(
        str(found)
        for path in archive.files()
        for found in pages_around(archive, Stretch(path.name))
        if isinstance(found, ArchiveError)
    )


def _next_record(archive: Archive, stretch: Stretch, start: int) -> int | None:
    path = archive.stored.folder / stretch.warc_file
    end = archive.stored.sizes().get(path, 0) if stretch.end is None else stretch.end
    with archive.stored.open(path) as file:
        return next_record(file, start, end)
