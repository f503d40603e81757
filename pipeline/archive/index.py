"""An index beside each WARC file: CDXJ, as pywb and others read it, one line a response, revisit or resource.

A line is the URL's sort key (SURT), the time to the second, and JSON: what the record is and where it stands. Lines are
in order of key and time, so a file may be searched by halving. Beyond the usual fields there are `date` (the time in
full), `location` of a redirect, and `refersTo` of a revisit.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from pipeline.archive.members import BadMember, read_members
from pipeline.archive.warc import DamagedRecord, Record, describe_record
from pipeline.errors import ArchiveError
from pipeline.storage import durable

SUFFIX = ".cdxj"
_INDEXED = frozenset({"response", "revisit", "resource"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an index."""

    url: str
    at: datetime
    status: int | None
    warc_file: str
    warc_offset: int
    is_revisit: bool
    refers_to: tuple[str, datetime] | None
    location: str | None


def index_of(path: Path) -> Path:
    """Where the index of a WARC file stands."""
    return path.with_name(path.name.removesuffix(".gz").removesuffix(".warc") + SUFFIX)


def _here(path: Path) -> BinaryIO:
    return path.open("rb")


def read_records(path: Path, open_file: Callable[[Path], BinaryIO] = _here, start: int = 0) -> Iterator[Record]:
    """What each record of one of our files says of itself, from the one that begins at `start`.

    Raises:
        DamagedRecord: the file is damaged; the records before the damage were yielded.
        ArchiveError: it cannot be read.
    """
    try:
        with open_file(path) as file:
            for member in read_members(file, start):
                yield describe_record(member.data, path.name, member.offset, member.end - member.offset)
    except BadMember as error:
        detail = f"{path.name} at {error.offset}: {error.detail}; restore this file from a copy"
        raise DamagedRecord(detail, error.offset) from error
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read ({error.strerror})") from error


def index_text(records: Iterable[Record]) -> str:
    """The index of these records."""
    return "".join(sorted(index_lines(records)))


def index_lines(records: Iterable[Record]) -> Iterator[str]:
    """The lines of those of these records that are indexed, in their order in the file."""
    return (_line(record, record.url) for record in records if record.kind in _INDEXED and record.url)


def write_index(path: Path) -> None:
    """Write the index of a whole file, in the place of the one it may have.

    Raises:
        ArchiveError: the file is damaged, or the index cannot be written.
    """
    save_index(path, index_text(read_records(path)))


def save_index(path: Path, text: str) -> None:
    """Put this index beside its file, all of it or nothing.

    Raises:
        ArchiveError: it cannot be written.
    """
    index = index_of(path)
    try:
        durable.write(index, text.encode("utf-8"))
    except OSError as error:
        raise ArchiveError(f"{index}: cannot be written ({error.strerror}); make room on this disk") from error


def entries(path: Path, text: str, url: str) -> Iterator[Entry]:
    """What the index of a file lists of a URL, in any spelling that has the same key.

    Raises:
        ArchiveError: it is no index of ours.
    """
    key = sort_key(url)
    return (_entry(line, path) for line in text.splitlines() if line.startswith(f"{key} "))


def _line(record: Record, url: str) -> str:
    fields: dict[str, Any] = {
        "url": url,
        "mime": "warc/revisit" if record.kind == "revisit" else record.content_type,
        "status": None if record.status is None else str(record.status),
        "digest": record.payload_digest,
        "length": str(record.bytes_in_file),
        "offset": str(record.offset),
        "filename": record.warc_file,
        "date": record.at.isoformat(),
        "location": record.location,
        "refersTo": record.refers_to and {"url": record.refers_to[0], "date": record.refers_to[1].isoformat()},
    }
    known = {name: value for name, value in fields.items() if value is not None}
    return f"{sort_key(url)} {record.at.astimezone(UTC):%Y%m%d%H%M%S} {json.dumps(known)}\n"


def _entry(line: str, path: Path) -> Entry:
    try:
        fields: dict[str, Any] = dict(json.loads(line.split(" ", 2)[2]))
        refers_to = fields.get("refersTo")
        return Entry(
            url=fields["url"],
            at=datetime.fromisoformat(fields["date"]),
            status=int(fields["status"]) if "status" in fields else None,
            warc_file=fields["filename"],
            warc_offset=int(fields["offset"]),
            is_revisit=fields.get("mime") == "warc/revisit",
            refers_to=(refers_to["url"], datetime.fromisoformat(refers_to["date"])) if refers_to else None,
            location=fields.get("location"),
        )
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise ArchiveError(f"{index_of(path)}: no CDXJ index of ours; run `asrun archive verify`") from error


def sort_key(url: str) -> str:
    """The URL with its host from right to left, lower-cased and without `www.`: `org,npr)/transcripts/1`."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port else ""
    query = "&".join(sorted(parts.query.split("&")))
    text = ",".join(reversed(host.split("."))) + f"{port}){parts.path or '/'}" + (f"?{query}" if query else "")
    return text.lower().replace(" ", "%20")
