"""Files that others saved, to pages: WARC and WET files, WACZ, ZIP, HTML and text, alone or in folders.

What is large is taken in portions, which several processes may read at once: WARC and WET files whose records are
gzip members of their own, as crawls write them, also where they stand in a WACZ as they are. What cannot be parted
without being read is read by one process, and its pages handed on.
"""

import logging
import struct
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from gzip import GzipFile
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast
from urllib.parse import quote

from pipeline.archive import Resource, read_foreign
from pipeline.archive.foreign import DamagedFile, Extent
from pipeline.archive.members import next_record
from pipeline.errors import ArchiveError, UsageError
from pipeline.exchanges import Exchange
from pipeline.read.saved import CONTENT_TYPES

logger = logging.getLogger(__name__)

WARC_SUFFIXES = (".warc", ".warc.gz", ".wet", ".wet.gz")
ZIP_SUFFIXES = (".zip", ".wacz")
KINDS = ", ".join((*WARC_SUFFIXES, *ZIP_SUFFIXES, *CONTENT_TYPES))
"""What can be imported, for a person."""
PORTION_BYTES = 2_000_000
"""Of a compressed file: some hundred pages, half a second of work."""
_LOCAL_HEADER = struct.Struct("<26xHH")
"""The end of a ZIP entry's own header: the lengths of its name and of its extra field, which follow it."""
_IS_UTF8 = 0x800

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
            raise _unreadable(self.path, error) from error
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


def files_of(path: Path) -> Iterator[Path]:
    """The file itself; of a folder, all files below it whose kind is known, by name; the log tells of others.

    Raises:
        UsageError: there is no such file, or it is of an unknown kind.
    """
    if path.is_dir():
        files = [file for file in sorted(path.rglob("*")) if not file.is_dir()]
        known = [file for file in files if file.is_file() and _is_known(file.name)]
        if left_out := set(files).difference(known):
            kinds = " ".join(sorted({file.suffix for file in left_out}))
            logger.warning("files_left_out folder=%s files=%d kinds=%s", path, len(left_out), kinds)
        yield from known
    elif not path.exists():
        raise UsageError(f"{path}: no such file")
    elif not _is_known(path.name):
        raise UsageError(f"{path}: not a kind that can be imported ({KINDS})")
    else:
        yield path


def is_one_page(path: Path) -> bool:
    """Whether the file is a page itself, and no collection of them."""
    return path.suffix.lower() in CONTENT_TYPES


def pages_of(path: Path, url: str | None, max_bytes: int) -> Pages:
    """The pages of a file, in its order; what is promised and raised: as for `parts_of`."""
    for part in parts_of(path, url, max_bytes):
        if isinstance(part, Portion):
            yield from part.pages()
        else:
            yield part


def parts_of(path: Path, url: str | None, max_bytes: int) -> Iterator[Portion | Exchange | Resource]:
    """What a file holds, in its order: portions to be read, and pages; `url` is that of a file that is one page.

    A page in a ZIP has the date of its entry, which is taken for UTC, or the ZIP's where the entry has none. Of a page
    larger than `max_bytes` so much is taken that it will be refused as too large.

    Raises:
        UsageError: the file cannot be read.
        ArchiveError: it is damaged; what stands before the damage was yielded.
    """
    try:
        with path.open("rb") as file:
            if _is_parted(path.name):
                size = path.stat().st_size
                if _is_one_member(file, 0, size):
                    yield from _in_one_member(file, str(path))
                else:
                    yield from _portions(path, str(path), 0, size)
            elif _is_warc(path.name):
                yield from read_foreign(file, str(path))
            elif path.name.lower().endswith(ZIP_SUFFIXES):
                yield from _zipped(file, path, max_bytes)
            else:
                address = url or path.resolve().as_uri()
                yield Resource(address, _changed(path), _content_type(path.name), file.read(max_bytes + 1))
    except OSError as error:
        raise _unreadable(path, error) from error


def _portions(path: Path, name: str, first: int, size: int) -> Iterator[Portion]:
    last = first + size
    bounds = [*range(first, last, PORTION_BYTES), last]
    return (Portion(path, name, first, last, start, end) for start, end in pairwise(bounds))


def _zipped(file: BinaryIO, path: Path, max_bytes: int) -> Iterator[Portion | Exchange | Resource]:
    """What is in a ZIP or WACZ (specs.webrecorder.net/wacz/1.1.1: WARC files under `archive/`), entry by entry."""
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                if _has_portions(archive, file, entry):
                    yield from _portions(path, f"{path}/{entry.filename}", _begin_of(file, entry), entry.file_size)
                elif _is_warc(entry.filename) or is_one_page(Path(entry.filename)):
                    yield from _entry_pages(archive, entry, path, max_bytes)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        raise ArchiveError(f"{path}: a damaged ZIP file, or of an unknown kind: {error}") from error
    except RuntimeError as error:  # zipfile's word for an entry that is encrypted
        raise ArchiveError(f"{path}: {error}; unpack it and import the folder") from error


def _has_portions(archive: zipfile.ZipFile, file: BinaryIO, entry: zipfile.ZipInfo) -> bool:
    """Whether it is a compressed WARC file that stands in the ZIP as it is, record by record."""
    if not _is_parted(entry.filename) or entry.compress_type != zipfile.ZIP_STORED:
        return False
    with archive.open(entry):  # which says whether it is encrypted, and its header damaged
        pass
    begin = _begin_of(file, entry)
    return not _is_one_member(file, begin, begin + entry.file_size)


def _begin_of(file: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """Where the content of an entry begins: behind its own header (APPNOTE 4.3.7)."""
    file.seek(entry.header_offset)
    name_bytes, extra_bytes = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    return entry.header_offset + _LOCAL_HEADER.size + int(name_bytes) + int(extra_bytes)


def _entry_pages(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, max_bytes: int) -> Pages:
    with archive.open(entry) as opened:
        if _is_warc(entry.filename):
            warc, name = cast("BinaryIO", opened), f"{path}/{entry.filename}"
            is_one = _is_parted(name) and _is_one_member(warc, 0, entry.file_size)
            yield from _in_one_member(warc, name) if is_one else read_foreign(warc, name)
            return
        content = opened.read(max_bytes + 1)
    address = f"{path.resolve().as_uri()}/{quote(_name_of(entry))}"
    yield Resource(address, _changed_at(entry, path), _content_type(entry.filename), content)


def _changed_at(entry: zipfile.ZipInfo, path: Path) -> datetime:
    """The date of an entry; of one that has none, the ZIP's own: archivers that know none write month 0 and day 0."""
    try:
        return min(datetime(*entry.date_time, tzinfo=UTC), datetime.now(UTC))
    except ValueError:
        return _changed(path)


def _changed(path: Path) -> datetime:
    """When a file was changed; now where the clock that says so is ahead."""
    now = datetime.now(UTC)
    return datetime.fromtimestamp(min(path.stat().st_mtime, now.timestamp()), UTC)


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; where it does not say that it is UTF-8 (APPNOTE 4.4.4, bit 11), it often is all the same.

    Archivers on Linux and macOS write it so, without the bit; what is CP437, as the format has it, is seldom UTF-8 too.
    """
    if not entry.flag_bits & _IS_UTF8:
        with suppress(UnicodeError):
            return entry.filename.encode("cp437").decode("utf-8")
    return entry.filename


def _unreadable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"{path}: cannot be read ({error.strerror or error})")


def _is_parted(name: str) -> bool:
    """Whether records are gzip members of their own there, as far as a name tells."""
    return name.lower().endswith((".warc.gz", ".wet.gz"))


def _is_one_member(file: BinaryIO, first: int, last: int) -> bool:
    """Whether all records stand in one gzip member, as `gzip` makes of a plain WARC file: it is read from its begin."""
    is_gzip = next_record(file, first, first + 1) is not None
    is_one = is_gzip and next_record(file, first + 1, last) is None
    file.seek(first)
    return is_one


def _in_one_member(file: BinaryIO, name: str) -> Pages:
    return read_foreign(cast("BinaryIO", GzipFile(fileobj=file)), name)


def _is_warc(name: str) -> bool:
    return name.lower().endswith(WARC_SUFFIXES)


def _is_known(name: str) -> bool:
    return name.lower().endswith((*WARC_SUFFIXES, *ZIP_SUFFIXES, *CONTENT_TYPES))


def _content_type(name: str) -> str:
    return CONTENT_TYPES[PurePosixPath(name).suffix.lower()]
