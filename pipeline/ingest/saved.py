"""Files that others saved, to pages: WARC and WET files, WACZ, ZIP, HTML and text, alone or in folders."""

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast
from urllib.parse import quote

from pipeline.archive import Resource, read_foreign
from pipeline.errors import ArchiveError, UsageError
from pipeline.records import Exchange

CONTENT_TYPES = {".html": "text/html", ".htm": "text/html", ".txt": "text/plain"}
WARC_SUFFIXES = (".warc", ".warc.gz", ".wet", ".wet.gz")
ZIP_SUFFIXES = (".zip", ".wacz")

Pages = Iterator[Exchange | Resource]


def files_of(path: Path) -> Iterator[Path]:
    """The file itself; of a folder, all files below it whose kind is known, by name.

    Raises:
        UsageError: there is no such file, or it is of an unknown kind.
    """
    if path.is_dir():
        yield from (file for file in sorted(path.rglob("*")) if file.is_file() and _is_known(file.name))
    elif not path.exists():
        raise UsageError(f"{path}: no such file")
    elif not _is_known(path.name):
        kinds = ", ".join((*WARC_SUFFIXES, *ZIP_SUFFIXES, *CONTENT_TYPES))
        raise UsageError(f"{path}: not a kind that can be imported ({kinds})")
    else:
        yield path


def is_one_page(path: Path) -> bool:
    """Whether the file is a page itself, and no collection of them."""
    return path.suffix.lower() in CONTENT_TYPES


def pages_of(path: Path, url: str | None, max_bytes: int) -> Pages:
    """The pages of a file, in its order; `url` is that of a file that is one page.

    A page in a ZIP has the date of its entry, which is taken for UTC. Of a page larger than `max_bytes` so much is
    taken that it will be refused as too large.

    Raises:
        UsageError: the file cannot be read.
        ArchiveError: it is damaged; pages before the damage were yielded.
    """
    try:
        with path.open("rb") as file:
            if _is_warc(path.name):
                yield from read_foreign(file, str(path))
            elif path.name.lower().endswith(ZIP_SUFFIXES):
                yield from _zipped(file, path, max_bytes)
            else:
                changed_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                address = url or path.resolve().as_uri()
                yield Resource(address, changed_at, _content_type(path.name), file.read(max_bytes + 1))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror or error})") from error


def _zipped(file: BinaryIO, path: Path, max_bytes: int) -> Pages:
    """The pages of a ZIP or WACZ (specs.webrecorder.net/wacz/1.1.1: WARC files under `archive/`), entry by entry."""
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                if _is_warc(entry.filename) or is_one_page(Path(entry.filename)):
                    yield from _entry_pages(archive, entry, path, max_bytes)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        raise ArchiveError(f"{path}: a damaged ZIP file, or of an unknown kind: {error}") from error
    except RuntimeError as error:  # zipfile's word for an entry that is encrypted
        raise ArchiveError(f"{path}: {error}; unpack it and import the folder") from error


def _entry_pages(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, max_bytes: int) -> Pages:
    with archive.open(entry) as opened:
        if _is_warc(entry.filename):
            yield from read_foreign(cast("BinaryIO", opened), f"{path}/{entry.filename}")
            return
        content = opened.read(max_bytes + 1)
    at = datetime(*entry.date_time, tzinfo=UTC)
    yield Resource(f"{path.resolve().as_uri()}/{quote(entry.filename)}", at, _content_type(entry.filename), content)


def _is_warc(name: str) -> bool:
    return name.lower().endswith(WARC_SUFFIXES)


def _is_known(name: str) -> bool:
    return name.lower().endswith((*WARC_SUFFIXES, *ZIP_SUFFIXES, *CONTENT_TYPES))


def _content_type(name: str) -> str:
    return CONTENT_TYPES[PurePosixPath(name).suffix.lower()]
