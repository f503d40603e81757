"""One WARC file while it is written, and what is done with it when its writer is gone.

A file that is being written has a mark beside it, `<file>.lock`, held by its writer's process. When it is whole, its
index is written beside it and the mark taken away. A mark that nobody holds tells of a writer that died.
"""

import logging
import os
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from io import FileIO
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.archive.encode import encode_warcinfo
from pipeline.archive.index import index_lines, save_index, write_index
from pipeline.archive.members import BadMember, read_members
from pipeline.archive.warc import Record
from pipeline.errors import ArchiveError
from pipeline.storage import durable

logger = logging.getLogger(__name__)

MARK = ".lock"


class Writer:
    """One file while it is being written. Opening it raises ArchiveError where the folder cannot be written."""

    def __init__(self, folder: Path, user_agent: str) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.path, self._lock, self._file = _begin(folder)
            self.size = 0
            self._lines: list[str] | None = []
            product = f"asrun/{version('asrun')}"
            self.append(encode_warcinfo(self.path.name, product, user_agent), described=())
            durable.sync(folder)
        except OSError as error:
            raise ArchiveError(f"{folder}: cannot be written ({error.strerror}); correct the setting `home`") from error

    def append(self, records: bytes, *, is_awaited: bool = True, described: Sequence[Record] | None = None) -> int:
        """Write, and, where that `is_awaited`, flush to the disk; the offset at which the records begin.

        Where all records come `described`, the file's index is made of that; else the file is read again for it.
        """
        start = self.size
        rest = memoryview(records)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
            if is_awaited:
                os.fsync(self._file.fileno())
        except OSError as error:
            with suppress(OSError):  # the next run cuts what cannot be cut now
                os.ftruncate(self._file.fileno(), start)
                self._file.seek(start)
            raise ArchiveError(
                f"{self.path}: cannot be written ({error.strerror}); nothing is damaged: "
                "make room on this disk and run the same command again"
            ) from error
        self.size = start + len(records)
        if described is None:
            self._lines = None
        elif self._lines is not None:
            here = (replace(one, warc_file=self.path.name, offset=start + one.offset) for one in described)
            self._lines += index_lines(here)
        return start

    def sync(self) -> None:
        """Flush to the disk what was not awaited.

        Raises:
            ArchiveError: it could not be written.
        """
        self.append(b"", described=())

    def close(self) -> None:
        """End the file, with its index.

        Raises:
            ArchiveError: the index could not be written; the next run does it.
        """
        self.sync()
        self._file.close()
        try:
            if self._lines is None:
                write_index(self.path)
            else:
                save_index(self.path, "".join(sorted(self._lines)))
            mark_of(self.path).unlink(missing_ok=True)
        finally:
            self._lock.release()

    def abandon(self) -> None:
        """End the file and leave it marked, for the next run to account for its end."""
        self._file.close()
        self._lock.release()


def _begin(folder: Path) -> tuple[Path, FileLock, FileIO]:
    """A new file, its mark made and held before it, so that no unmarked file is ever unfinished.

    Names sort by the time at which their files were begun.
    """
    stem = f"asrun-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z-{socket.gethostname()}-{os.getpid()}"
    serial = 0
    while True:
        path = folder / f"{stem}-{serial:05}.warc.gz"
        lock = FileLock(mark_of(path), thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            serial += 1
            continue
        try:
            return path, lock, FileIO(path, "xb")
        except FileExistsError:
            serial += 1
            mark_of(path).unlink(missing_ok=True)
            lock.release()


def cut_torn_tail(path: Path) -> None:
    """Cut the file where its last whole record ends.

    A killed process leaves a file that ends too early. Wrong bytes, as a lost power supply may leave, are cut as well
    but kept beside the file, since nothing then tells a lost record from a damaged one.
    """
    end = 0
    try:
        with path.open("rb") as file:
            for member in read_members(file):
                end = member.end
    except BadMember as error:
        size = path.stat().st_size
        logger.warning("archive_repaired file=%s offset=%d cut_bytes=%d", path.name, end, size - end)
        if not error.is_torn:
            with path.open("rb") as file:
                file.seek(end)
                path.with_name(f"{path.name}.cut-at-{end}").write_bytes(file.read())
        os.truncate(path, end)
    if end == 0:
        path.unlink()  # nothing came before the tear


def begun_at(warc_file: str) -> datetime:
    """When a file was begun, by its name.

    Raises:
        ValueError: it is no name of ours.
    """
    return datetime.strptime(warc_file.split("-")[1], "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)


def mark_of(path: Path) -> Path:
    """The mark of a file that is being written."""
    return path.with_name(path.name + MARK)
