"""What a URL held at a time, as the archive knows it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

from pipeline.archive.index import Entry, entries, index_text, read_records
from pipeline.archive.store import Archive
from pipeline.archive.warc import Record
from pipeline.errors import ArchiveError, UsageError
from pipeline.exchanges import ArchivedPage

_MAX_HOPS = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """A page from the archive, and the last look at or before the asked time that found it so."""

    page: ArchivedPage
    seen_at: datetime


def show(archive: Archive, url: str, at: datetime | None = None) -> Shown:
    """The page that stood at this URL at a time (now where none is given), archived redirects followed.

    Raises:
        UsageError: nothing was archived of this URL by then.
        ArchiveError: an index or the page's file is damaged.
    """
    at = at or datetime.now(UTC)
    wanted = url
    for _ in range(_MAX_HOPS):
        known = _known(archive, wanted)
        entry = max((entry for entry in known if entry.at <= at), key=lambda entry: entry.at, default=None)
        if entry is None:
            raise UsageError(f"{wanted}: not in the archive by {at:%Y-%m-%d %H:%M:%S} UTC")
        if entry.location is not None and not entry.is_revisit:
            wanted = urljoin(wanted, entry.location)
            continue
        original = _original(archive, entry) if entry.is_revisit else entry
        return Shown(archive.read(original.warc_file, original.warc_offset), entry.at)
    raise UsageError(f"{url}: its archived redirects do not end")


def _known(archive: Archive, url: str) -> list[Entry]:
    return [entry for path in archive.files() for entry in entries(path, _index(archive, path), url)]


def _index(archive: Archive, path: Path) -> str:
    """The index of a file; of one that has none, being still written, what it would be."""
    text = archive.stored.index_text(path)
    return text if text is not None else index_text(_whole_records(archive, path))


def _whole_records(archive: Archive, path: Path) -> Iterator[Record]:
    with suppress(ArchiveError):
        yield from read_records(path, archive.stored.open)


def _original(archive: Archive, entry: Entry) -> Entry:
    """The response that a revisit found again."""
    url, date = entry.refers_to or (entry.url, entry.at)
    for other in _known(archive, url):
        if not other.is_revisit and (other.url, other.at) == (url, date):
            return other
    raise ArchiveError(f"{entry.url}: the response that the look of {entry.at} found again is not in the archive")
