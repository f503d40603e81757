"""Is the archive whole? Every record of every file, every digest, every index."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pipeline.archive.files import ArchiveFiles
from pipeline.archive.index import index_text, read_records
from pipeline.archive.store import Archive
from pipeline.archive.warc import Record
from pipeline.archive.writer import mark_of
from pipeline.errors import ArchiveError


@dataclass(slots=True)
class Verified:
    """What was found. `problems` are lines for a person; an archive without any is whole."""

    files: int = 0
    records: int = 0
    pages: int = 0
    revisits: int = 0
    indexes_written: int = 0
    unfinished: int = 0
    """Files that are being written, or were when their writer died: the next run puts those in order."""
    problems: list[str] = field(default_factory=list)


def verify(archive: Archive) -> Iterator[Verified]:
    """Check all files, one a step; yields the running result after each. Indexes that are missing or wrong are written.

    Records are checked against their block and payload digests, and revisits for the response they name.

    Raises:
        ArchiveError: an index cannot be written.
    """
    found = Verified()
    responses: set[tuple[str, datetime]] = set()
    revisits: list[Record] = []
    for path in archive.files():
        records = _checked(archive.stored, path, found)
        found.files += 1
        found.records += len(records)
        for record in records:
            if record.kind == "revisit":
                revisits.append(record)
            elif record.kind in {"response", "resource"} and record.url:
                responses.add((record.url, record.at))
        found.pages += sum(_is_page(record) for record in records)
        yield found
    found.revisits = len(revisits)
    found.problems += [
        f"{record.warc_file} at {record.offset}: the response it names is not in the archive"
        for record in revisits
        if record.refers_to not in responses
    ]
    yield found


def _checked(files: ArchiveFiles, path: Path, found: Verified) -> list[Record]:
    """The file's records, its index renewed where it is whole."""
    is_unfinished = mark_of(path).exists()  # asked first: it may be finished while it is read
    records: list[Record] = []
    try:
        for record in read_records(path, files.open):
            records.append(record)
            if not record.is_digested:
                found.problems.append(f"{path.name} at {record.offset}: a {record.kind} record without its digests")
    except ArchiveError as error:
        if not is_unfinished:
            found.problems.append(str(error))
            return records
    if is_unfinished:
        found.unfinished += 1
        return records
    text = index_text(records)
    if files.index_text(path) != text:
        files.save_index(path, text)
        found.indexes_written += 1
    return records


def _is_page(record: Record) -> bool:
    return record.kind == "resource" or (record.kind == "response" and record.status == 200)
