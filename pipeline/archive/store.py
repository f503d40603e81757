"""The archive's folder: append durably, read back, iterate in order, recover after a crash.

What a writer that died had archived but not yet accounted for is taken over by the next run (`Archive.recover`), which
also cuts a torn last record off.
"""

import logging
import threading
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from pipeline.archive.encode import EncodedPage, encode_exchange, encode_revisit
from pipeline.archive.files import ArchiveFiles
from pipeline.archive.index import read_records, write_index
from pipeline.archive.members import BadMember, read_members
from pipeline.archive.stretches import Stretch, halves_of, stretches_of
from pipeline.archive.warc import DamagedRecord, Record, decode_record
from pipeline.archive.writer import MARK, Writer, cut_torn_tail, mark_of
from pipeline.errors import ArchiveError
from pipeline.exchanges import ArchivedPage, Exchange
from pipeline.settings import Settings

logger = logging.getLogger(__name__)

_OK, _NOT_MODIFIED = 200, 304
_ONE_PAGE = 64 * 1024
"""Bytes that are fetched at a time where one page is read: most are smaller, compressed."""


class Archive:
    """All raw pages, in WARC files that are unique to the process that wrote them.

    One instance may be shared by threads. Nothing is created before the first page is appended.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.stored = ArchiveFiles(settings)
        self._folder = settings.archive_dir
        self._guard = threading.Lock()
        self._writer: Writer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """After an error the file stays marked: a page may be archived that was not accounted for."""
        if error is None:
            self.close()
        else:
            with self._guard:
                if self._writer:
                    self._writer.abandon()
                    self._writer = None

    def close(self) -> None:
        """Close the file being written and write its index; the next page begins a new one.

        Where the archive is kept in a bucket, all files that are whole are then there.

        Raises:
            ArchiveError: the index could not be written, or the bucket cannot be; the next run does it.
        """
        with self._guard:
            self._end_file()
            self.stored.ship()

    def append(self, exchange: Exchange, source_id: str | None = None) -> ArchivedPage:
        """Write a page with its request and redirects; on return it is on the disk, and is what `read` will give.

        `source_id` is the source it was fetched for, kept in its metadata record.

        Raises:
            ArchiveError: it could not be written (a full disk, say); the file ends with the page before it.
            ValueError: the status is not 200.
        """
        if exchange.status != _OK:
            raise ValueError(f"{exchange.url}: status {exchange.status} is not archived")
        return self.read(*self._write(*encode_exchange(exchange, source_id)))

    def append_revisit(self, exchange: Exchange, original: ArchivedPage, source_id: str | None = None) -> None:
        """Write that a look found what `original` holds: 304, or the same payload. On return it is on the disk.

        Raises:
            ArchiveError: as for `append`.
            ValueError: the exchange is neither.
        """
        if exchange.status not in {_OK, _NOT_MODIFIED}:
            raise ValueError(f"{exchange.url}: status {exchange.status} is no revisit")
        self._write(encode_revisit(exchange, original, source_id), 0)

    def append_encoded(self, encoded: EncodedPage) -> tuple[str, int]:
        """Write a page that was encoded elsewhere, to be on the disk after `sync`; file and offset of its record.

        Raises:
            ArchiveError: it could not be written.
        """
        return self._write(encoded.records, encoded.page_at, is_awaited=False, described=encoded.described)

    def sync(self) -> None:
        """Have on the disk what `append_encoded` wrote.

        Raises:
            ArchiveError: it could not be written.
        """
        with self._guard:
            if self._writer:
                self._writer.sync()

    def read(self, warc_file: str, warc_offset: int) -> ArchivedPage:
        """The page at this place.

        Raises:
            ArchiveError: there is none, or it is damaged; the message names file and offset.
        """
        try:
            with self.stored.open(self._folder / warc_file, _ONE_PAGE) as file:
                member = next(read_members(file, warc_offset), None)
        except OSError as error:
            raise ArchiveError(f"{warc_file}: cannot be read ({error.strerror}) in {self.stored.place}") from error
        except BadMember as error:
            raise _damaged(warc_file, error) from error
        page = decode_record(member.data, warc_file, warc_offset) if member else None
        if page is None:
            raise ArchiveError(f"{warc_file} at {warc_offset}: no page there; restore this file from a copy")
        return page

    def has_lost(self, warc_file: str, warc_offset: int) -> bool:
        """Whether the file of a record is not there, or ends before it; an archive without files is one not mounted."""
        sizes = {path.name: size for path, size in self.stored.sizes().items()}
        return bool(sizes) and sizes.get(warc_file, 0) <= warc_offset

    def pages(self) -> Iterator[ArchivedPage]:
        """Every page, in order of file and offset. The end of a file that is still being written is no error.

        Raises:
            ArchiveError: a file is damaged; the message names file and offset.
        """
        for path in self.files():
            yield from self.pages_of(Stretch(path.name))

    def stretches(self, records: int) -> Iterator[Stretch]:
        """The whole archive in stretches of so many responses, in the order of `pages`."""
        for path in self.files():
            yield from stretches_of(path.name, self._index_if_whole(path), records)

    def files(self) -> list[Path]:
        """The WARC files, in order of the time they were begun."""
        return list(self.stored.sizes())

    def recover(self) -> Generator[tuple[str, ArchivedPage]]:
        """Repair the files of writers that died and yield their pages, for the caller to account for each.

        With each comes the URL that was asked for, which redirects may have led away from.

        A file's mark is taken away after its last page was yielded and the next one asked for, so a crash in between
        only repeats the work. Files of living writers are left alone.
        """
        for mark in sorted(self._folder.glob(f"*.warc.gz{MARK}")):
            lock = FileLock(mark, thread_local=False)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                continue
            try:
                path = mark.with_suffix("")
                if path.exists():
                    cut_torn_tail(path)
                if path.exists():
                    yield from self._asked_pages_of(path)
                    write_index(path)
                mark.unlink(missing_ok=True)
            finally:
                lock.release()

    def looks(self) -> Iterator[tuple[str, Record]]:
        """Every look at a page: the URL that was asked for, and the record of what came, a page or a revisit.

        Raises:
            ArchiveError: a file is damaged; the message names file and offset.
        """
        for path in self.files():
            yield from self.looks_of(Stretch(path.name))

    def _asked_pages_of(self, path: Path) -> Iterator[tuple[str, ArchivedPage]]:
        """The pages of a file, each with the URL at which the redirects that stand before it began."""
        for asked, record in self.looks_of(Stretch(path.name)):
            if record.kind != "revisit":
                yield asked, self.read(path.name, record.offset)

    def looks_of(self, stretch: Stretch) -> Iterator[tuple[str, Record]]:
        """The looks of a file from where a stretch begins; errors as for `looks`."""
        asked: str | None = None
        for record in read_records(self._folder / stretch.warc_file, self.stored.open, stretch.start):
            if record.location is not None and record.kind == "response" and record.status != _OK:
                asked = asked or record.url
            elif record.kind in {"response", "resource", "revisit"}:
                yield asked or record.url or "", record
            if record.kind == "metadata":  # the exchange is over
                asked = None

    def halves(self, stretch: Stretch) -> tuple[Stretch, ...]:
        """A stretch in two; nothing where it is of one response."""
        return halves_of(stretch, self._index_if_whole(self._folder / stretch.warc_file))

    def is_only_here(self, stretch: Stretch) -> bool:
        """Whether other machines cannot read it, its file being not in the bucket yet."""
        return self.stored.is_only_here(self._folder / stretch.warc_file)

    def _index_if_whole(self, path: Path) -> str | None:
        """The index of a file; None where there is none, or it is damaged: the file is then read as one."""
        try:
            return self.stored.index_text(path)
        except ArchiveError:
            return None

    def pages_of(self, stretch: Stretch) -> Iterator[ArchivedPage]:
        """The pages of a stretch, in its order; errors as for `pages`."""
        path = self._folder / stretch.warc_file
        try:
            with self.stored.open(path) as file:
                for member in read_members(file, stretch.start):
                    if stretch.end is not None and member.offset >= stretch.end:
                        return
                    page = decode_record(member.data, path.name, member.offset)
                    if page:
                        yield page
        except BadMember as error:
            if not (error.is_torn and mark_of(path).exists()):
                raise _damaged(path.name, error) from error
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be read ({error.strerror})") from error

    def _write(
        self, records: bytes, page_at: int, *, is_awaited: bool = True, described: Sequence[Record] | None = None
    ) -> tuple[str, int]:
        """File and offset of the record that stands `page_at` bytes into these."""
        with self._guard:
            if self._writer and self._writer.size > self._settings.warc_max_bytes:
                self._end_file()
                self.stored.ship()
            if self._writer is None:
                self._writer = Writer(self._folder, self._settings.user_agent)
            start = self._writer.append(records, is_awaited=is_awaited, described=described)
            return self._writer.path.name, start + page_at

    def _end_file(self) -> None:
        writer, self._writer = self._writer, None
        if writer:
            writer.close()


def _damaged(warc_file: str, error: BadMember) -> ArchiveError:
    return DamagedRecord(f"{warc_file} at {error.offset}: {error.detail}; restore this file from a copy", error.offset)
