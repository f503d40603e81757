"""What keeps the files of the archive or of the lake."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A file that is there."""

    path: Path
    size: int
    modified_at: datetime


class Unreachable(OSError):
    """A bucket cannot be asked, or refuses; its text is one line that says what to do."""

    def __str__(self) -> str:
        return str(self.strerror)


class Overtaken(OSError):
    """The file is no longer the one that was read: somebody else has replaced it since."""


class Storage(Protocol):
    """Keeps files, which are named by their paths below `folder`.

    Raises (all methods): OSError where it refuses or does not answer, FileNotFoundError where a file is not there.
    """

    folder: Path
    """Absolute. Where this is a bucket, on the disk there is only what is not kept."""
    is_remote: bool
    """True where whoever knows the address can read the files, false where they are on this machine only."""
    needs_flush: bool
    """Whether what other libraries wrote here has still to be flushed to the disk."""

    def uri(self, path: Path) -> str:
        """How a file or folder is called in SQL, by delta-rs, and in messages."""

    def is_there(self, path: Path) -> bool:
        """Whether there is such a file."""

    def found(self, below: Path, suffix: str) -> list[Found]:
        """The files in a folder, and in those below it, whose names end so. Sorted by path."""

    def read(self, path: Path) -> bytes:
        """The content of a file."""

    def local(self, path: Path, aside: Path) -> Path:
        """A file of this machine with that content: the file itself, or a copy of it made at `aside`."""

    def open(self, path: Path, ahead: int | None = None) -> BinaryIO:
        """A file to be read in parts; from afar, `ahead` bytes are fetched at a time."""

    def write(self, path: Path, content: bytes) -> None:
        """Make this the content of a file: whoever looks sees the old one or the new one, whole."""

    def swap(self, path: Path, content: bytes) -> None:
        """Write, if the file is still as it was when this storage last read or swapped it.

        Raises:
            Overtaken: it is not; only a bucket tells. Nothing was written.
        """

    def put(self, finished: Path, path: Path) -> None:
        """Move a finished file of this machine to its place: whoever looks sees no file or the whole of it."""

    def copy(self, finished: Path, path: Path) -> None:
        """Like `put`, and `finished` stays."""

    def remove(self, paths: Collection[Path]) -> None:
        """Remove these files; those that are not there are none the less."""

    @property
    def delta_options(self) -> dict[str, str] | None:
        """What delta-rs must know to reach `uri`."""

    @property
    def arrow(self) -> Any:
        """The files as a filesystem of Arrow's, in which `arrow_path` names them."""

    def arrow_path(self, path: Path) -> str:
        """How a file is called in `arrow`."""

    @property
    def opener(self) -> Any:
        """The fsspec filesystem by which DuckDB opens `uri`; None where it does so by itself."""
