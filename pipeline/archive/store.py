"""The archive's folder: append durably, read back, iterate in order, recover after a crash.

A file that is being written has a mark beside it, `<file>.lock`, held by its writer's process. A mark that nobody
holds tells of a writer that died: the next run cuts a torn last record off and takes over what the dead one had
archived but not yet accounted for (`Archive.recover`).
"""

import logging
import os
import socket
import threading
from collections.abc import Generator, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from pipeline.archive.members import BadMember, read_members
from pipeline.archive.warc import Resource, decode_record, encode_exchange, encode_resource, encode_warcinfo
from pipeline.errors import ArchiveError
from pipeline.records import ArchivedPage, Exchange
from pipeline.settings import Settings

logger = logging.getLogger(__name__)

_MARK = ".lock"


class Archive:
    """All raw pages, in WARC files that are unique to the process that wrote them.

    One instance may be shared by threads. Nothing is created before the first page is appended.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.archive_dir
        self._guard = threading.Lock()
        self._writer: _Writer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file being written; the next page begins a new one."""
        with self._guard:
            if self._writer:
                self._writer.close()
                self._writer = None

    def append(self, exchange: Exchange) -> ArchivedPage:
        """Write a page with its request and redirects; on return it is on the disk, and is what `read` will give.

        Raises:
            ArchiveError: it could not be written (a full disk, say); the file ends with the page before it.
            ValueError: the status is not 200.
        """
        if exchange.status != 200:
            raise ValueError(f"{exchange.url}: status {exchange.status} is not archived")
        return self._write(*encode_exchange(exchange))

    def append_resource(self, resource: Resource) -> ArchivedPage:
        """Write a page that came without HTTP; promises and errors as for `append`."""
        return self._write(encode_resource(resource), 0)

    def read(self, warc_file: str, warc_offset: int) -> ArchivedPage:
        """The page at this place.

        Raises:
            ArchiveError: there is none, or it is damaged; the message names file and offset.
        """
        try:
            with (self._folder / warc_file).open("rb") as file:
                member = next(read_members(file, warc_offset), None)
        except OSError as error:
            raise ArchiveError(f"{warc_file}: cannot be read ({error.strerror}) in {self._folder}") from error
        except BadMember as error:
            raise _damaged(warc_file, error) from error
        page = decode_record(member.data, warc_file, warc_offset) if member else None
        if page is None:
            raise ArchiveError(f"{warc_file} at {warc_offset}: no page there; restore this file from a copy")
        return page

    def pages(self) -> Iterator[ArchivedPage]:
        """Every page, in order of file and offset. The end of a file that is still being written is no error.

        Raises:
            ArchiveError: a file is damaged; the message names file and offset.
        """
        for path in self.files():
            yield from self._pages_of(path)

    def files(self) -> list[Path]:
        """The WARC files, in order of the time they were begun."""
        return sorted(self._folder.glob("*.warc.gz"))

    def recover(self) -> Generator[ArchivedPage]:
        """Repair the files of writers that died and yield their pages, for the caller to account for each.

        A file's mark is taken away after its last page was yielded and the next one asked for, so a crash in between
        only repeats the work. Files of living writers are left alone.
        """
        for mark in sorted(self._folder.glob(f"*.warc.gz{_MARK}")):
            lock = FileLock(mark, thread_local=False)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                continue
            try:
                path = mark.with_suffix("")
                if path.exists():
                    _cut_torn_tail(path)
                    yield from self._pages_of(path)
                mark.unlink(missing_ok=True)
            finally:
                lock.release()

    def _pages_of(self, path: Path) -> Iterator[ArchivedPage]:
        try:
            with path.open("rb") as file:
                for member in read_members(file):
                    page = decode_record(member.data, path.name, member.offset)
                    if page:
                        yield page
        except BadMember as error:
            if not (error.is_torn and _mark_of(path).exists()):
                raise _damaged(path.name, error) from error
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be read ({error.strerror})") from error

    def _write(self, records: bytes, page_at: int) -> ArchivedPage:
        with self._guard:
            if self._writer is None or self._writer.size > self._settings.warc_max_bytes:
                if self._writer:
                    self._writer.close()
                self._writer = None
                self._writer = _Writer(self._folder, self._settings.user_agent)
            offset = self._writer.append(records)
            return self.read(self._writer.path.name, offset + page_at)


class _Writer:
    """One file while it is being written."""

    def __init__(self, folder: Path, user_agent: str) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.path, self._lock, self._file = _begin(folder)
            self.size = 0
            product = f"asrun/{version('asrun')}"
            self.append(encode_warcinfo(self.path.name, product, user_agent))
            _sync_folder(folder)
        except OSError as error:
            raise ArchiveError(f"{folder}: cannot be written ({error.strerror}); correct the setting `home`") from error

    def append(self, records: bytes) -> int:
        """Write and flush to the disk; the offset at which the records begin."""
        start = self.size
        rest = memoryview(records)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
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
        return start

    def close(self) -> None:
        self._file.close()
        _mark_of(self.path).unlink(missing_ok=True)
        self._lock.release()


def _begin(folder: Path) -> tuple[Path, FileLock, FileIO]:
    """A new file, its mark made and held before it, so that no unmarked file is ever unfinished."""
    stem = f"asrun-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{socket.gethostname()}-{os.getpid()}"
    serial = 0
    while True:
        path = folder / f"{stem}-{serial:05}.warc.gz"
        lock = FileLock(_mark_of(path), thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            serial += 1
            continue
        try:
            return path, lock, FileIO(path, "xb")
        except FileExistsError:
            serial += 1
            _mark_of(path).unlink(missing_ok=True)
            lock.release()


def _cut_torn_tail(path: Path) -> None:
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


def _mark_of(path: Path) -> Path:
    return path.with_name(path.name + _MARK)


def _damaged(warc_file: str, error: BadMember) -> ArchiveError:
    return ArchiveError(f"{warc_file} at {error.offset}: {error.detail}; restore this file from a copy")


def _sync_folder(folder: Path) -> None:
    """Make a new file's name as durable as its bytes."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
