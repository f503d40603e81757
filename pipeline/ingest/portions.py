"""WARC and WET files that others saved, in portions that several processes may read at once.

Those of crawls: their records are gzip members of their own, also where they stand in a WACZ as they are. What cannot
be parted without being read is read by one process, and its pages handed on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from gzip import GzipFile
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, cast

from pipeline.archive import Resource, read_foreign
from pipeline.archive.foreign import DamagedFile, Extent
from pipeline.archive.members import next_record
from pipeline.errors import ArchiveError, UsageError
from pipeline.exchanges import Exchange

PORTION_BYTES = 2_000_000
"""Of a compressed file: some hundred pages, half a second of work."""

Pages = Iterator[Exchange | Resource]


@dataclass(frozen=True, slots=True)
class Portion:
    """The records of a WARC or WET file that begin from `start` up to `end`; each is a gzip member of its own."""

    path: Path
    name: str
    """What the WARC file is called in messages."""
    first: int
    """Where the file begins, in a ZIP that is not at 0."""
    last: int
    """Where it ends."""
    start: int
    end: int

    def pages(self) -> Pages:
        """Its pages, in their order.

        Raises:
            UsageError: the file cannot be read.
            ArchiveError: it is damaged; pages before the damage were yielded, and from the next record on.
        """
        damages: list[ArchiveError] = []
        try:
            with self.path.open("rb") as file:
                begin = self.start if self.start == self.first else next_record(file, self.start, self.end)
                while begin is not None:
                    file.seek(begin)
                    try:
                        yield from read_foreign(file, self.name, Extent(self.end - begin, self.last - begin))
                        break
                    except DamagedFile as damage:
                        damages.append(damage)
                        begin = next_record(file, begin + damage.offset + 1, self.end)
        except OSError as error:
            raise unreadable(self.path, error) from error
        if damages:
            raise damages[0]

    def halves(self) -> tuple["Portion", ...]:
        """The same records in two portions; nothing where there are not two."""
        with self.path.open("rb") as file:
            begins = []
            begin = next_record(file, self.start, self.end)
            while begin is not None:
                begins.append(begin)
                begin = next_record(file, begin + 1, self.end)
        if len(begins) < 2:
            return ()
        middle = begins[len(begins) // 2]
        return replace(self, end=middle), replace(self, start=middle)


def portions_of(path: Path, name: str, first: int, size: int) -> Iterator[Portion]:
    """All of a WARC file, which begins at `first` and has so many bytes."""
    last = first + size
    bounds = [*range(first, last, PORTION_BYTES), last]
    return (Portion(path, name, first, last, start, end) for start, end in pairwise(bounds))


def is_one_member(file: BinaryIO, first: int, last: int) -> bool:
    """Whether all records stand in one gzip member, as `gzip` makes of a plain WARC file: it is read from its begin."""
    is_gzip = next_record(file, first, first + 1) is not None
    is_one = is_gzip and next_record(file, first + 1, last) is None
    file.seek(first)
    return is_one


def in_one_member(file: BinaryIO, name: str) -> Pages:
    """The pages of a file whose records stand in one gzip member."""
    return read_foreign(cast("BinaryIO", GzipFile(fileobj=file)), name)


def unreadable(path: Path, error: OSError) -> UsageError:
    """What is said of a file that the system refuses."""
    return UsageError(f"{path}: cannot be read ({error.strerror or error})")
