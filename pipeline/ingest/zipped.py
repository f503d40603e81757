"""ZIP and WACZ files that others saved, to what they hold."""

import struct
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import quote

from pipeline.archive import Resource, read_foreign
from pipeline.errors import ArchiveError
from pipeline.exchanges import Exchange
from pipeline.ingest.kinds import changed_at, content_type_of, is_one_page, is_parted, is_warc
from pipeline.ingest.portions import Pages, Portion, in_one_member, is_one_member, portions_of

_LOCAL_HEADER = struct.Struct("<26xHH")
"""The end of a ZIP entry's own header: the lengths of its name and of its extra field, which follow it."""
_IS_UTF8 = 0x800


def parts_within(file: BinaryIO, path: Path, max_bytes: int) -> Iterator[Portion | Exchange | Resource]:
    """What is in a ZIP or WACZ (specs.webrecorder.net/wacz/1.1.1: WARC files under `archive/`), entry by entry."""
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                if _has_portions(archive, file, entry):
                    yield from portions_of(path, f"{path}/{entry.filename}", _begin_of(file, entry), entry.file_size)
                elif is_warc(entry.filename) or is_one_page(Path(entry.filename)):
                    yield from _entry_pages(archive, entry, path, max_bytes)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        raise ArchiveError(f"{path}: a damaged ZIP file, or of an unknown kind: {error}") from error
    except RuntimeError as error:  # zipfile's word for an entry that is encrypted
        raise ArchiveError(f"{path}: {error}; unpack it and import the folder") from error


def _has_portions(archive: zipfile.ZipFile, file: BinaryIO, entry: zipfile.ZipInfo) -> bool:
    """Whether it is a compressed WARC file that stands in the ZIP as it is, record by record."""
    if not is_parted(entry.filename) or entry.compress_type != zipfile.ZIP_STORED:
        return False
    with archive.open(entry):  # which says whether it is encrypted, and its header damaged
        pass
    begin = _begin_of(file, entry)
    return not is_one_member(file, begin, begin + entry.file_size)


def _begin_of(file: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """Where the content of an entry begins: behind its own header (APPNOTE 4.3.7)."""
    file.seek(entry.header_offset)
    name_bytes, extra_bytes = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    return entry.header_offset + _LOCAL_HEADER.size + int(name_bytes) + int(extra_bytes)


def _entry_pages(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, max_bytes: int) -> Pages:
    with archive.open(entry) as opened:
        if is_warc(entry.filename):
            warc, name = cast("BinaryIO", opened), f"{path}/{entry.filename}"
            is_one = is_parted(name) and is_one_member(warc, 0, entry.file_size)
            yield from in_one_member(warc, name) if is_one else read_foreign(warc, name)
            return
        content = opened.read(max_bytes + 1)
    address = f"{path.resolve().as_uri()}/{quote(_name_of(entry))}"
    yield Resource(address, _date_of(entry, path), content_type_of(entry.filename), content)


def _date_of(entry: zipfile.ZipInfo, path: Path) -> datetime:
    """The date of an entry; of one that has none, the ZIP's own: archivers that know none write month 0 and day 0."""
    try:
        return min(datetime(*entry.date_time, tzinfo=UTC), datetime.now(UTC))
    except ValueError:
        return changed_at(path)


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; where it does not say that it is UTF-8 (APPNOTE 4.4.4, bit 11), it often is all the same.

    Archivers on Linux and macOS write it so, without the bit; what is CP437, as the format has it, is seldom UTF-8 too.
    """
    if not entry.flag_bits & _IS_UTF8:
        with suppress(UnicodeError):
            return entry.filename.encode("cp437").decode("utf-8")
    return entry.filename
