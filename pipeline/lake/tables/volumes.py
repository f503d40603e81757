"""Sorted volumes beside a table: a commit looks some values up in them where it would read all files of the table.

A volume is of some files (a year's, or of some years), and has what is in them sorted by *marks*: numbers of 32 bits.
A text is marked by its checksum, which others may have too, so whoever finds rows by marks looks at the values
themselves. Files of tables are never written again, so a volume is never wrong about its files. It may be of files that
are named no more, and of new files there is none until maintenance makes it: what no volume is of is read as it is.
Volumes may be missing, lost or older than the table, and change no answer.

They are in Arrow's file format, which the kernel lays into memory: of a volume that is asked for a few marks only those
parts are read that have them. Where the lake is kept in a bucket, they are on the disk of whoever maintains it.

Beside each is its digest. Maintenance reads all of them, a second for two gigabytes, and makes anew what is damaged: of
a mark that is lost nobody would hear. Commits, which look at few parts of each, do not.
"""

import errno
import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from json import dumps, loads
from pathlib import Path
from zlib import crc32

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.storage import durable

logger = logging.getLogger(__name__)

VOLUMES_FOLDER = "volumes-1"
"""The number is that of the volumes' format: those of another format are not read."""
MARK, ASKED = "mark", "asked"
_FILES = b"files"
_SUFFIX, _DIGEST = ".arrow", ".sha256"


def mark_of(text: str) -> int:
    """The mark of a text: a signed whole number of 32 bits."""
    return int.from_bytes(crc32(text.encode("utf-8", "surrogatepass")).to_bytes(4), signed=True)


def marks_of(texts: Iterable[str]) -> pa.Array:
    """The marks of these texts, one each."""
    return pa.array(map(mark_of, texts), pa.int32())


@dataclass(frozen=True, slots=True)
class Spans:
    """Where marks were found: the number of each mark among those that were asked for, and its entries from to."""

    asked: Sequence[int]
    begins: Sequence[int]
    ends: Sequence[int]


@dataclass(frozen=True, slots=True)
class Volume:
    """What is in some files of a table, by marks."""

    path: Path
    files: tuple[str, ...]
    """Their paths below the table's folder."""

    def found(self, marks: pa.Array, followed: Callable[[Spans], Spans] = lambda spans: spans) -> pa.Table:
        """The entries of these marks, and by which of them: `ASKED`. `followed` chooses among the spans.

        Raises:
            OSError, pa.ArrowException: it cannot be read.
        """
        # In memory only meanwhile: what is laid into it of all volumes would be counted as this process's.
        with pa.memory_map(str(self.path)) as file:
            entries = pa.ipc.open_file(file).read_all()
            spans = followed(_spans(entries[MARK].combine_chunks(), marks))
            ranges = [range(*span) for span in zip(spans.begins, spans.ends, strict=True)]
            asked = chain.from_iterable([at] * len(one) for at, one in zip(spans.asked, ranges, strict=True))
            found = entries.take(pa.array(chain.from_iterable(ranges), pa.int64()))
            return found.append_column(ASKED, pa.array(asked, pa.int32())).replace_schema_metadata()

    def named(self, numbers: Iterable[int]) -> list[str]:
        """The files of these numbers.

        Raises:
            OSError: there is no such file: the volume is damaged.
        """
        found = list(numbers)
        if found and not 0 <= min(found) <= max(found) < len(self.files):
            raise OSError(errno.EIO, "damaged; `asrun maintain` makes it anew", str(self.path))
        return [self.files[number] for number in found]


def _spans(own: pa.Array, marks: pa.Array) -> Spans:
    """Where these marks are in sorted ones; of those that are not there nothing is said."""
    if not (len(own) and len(marks)):
        return Spans((), (), ())
    begins = pc.search_sorted(own, marks)
    found = own.take(pc.min_element_wise(begins, pa.scalar(len(own) - 1, begins.type)))
    there = pc.indices_nonzero(pc.equal(found, marks))
    ends = pc.search_sorted(own, marks.take(there), side="right")
    return Spans(there.to_pylist(), begins.take(there).to_pylist(), ends.to_pylist())


def kept_in(table: Path, kind: str | None = None) -> Path:
    """Where the volumes of a table (its folder) are kept; of one kind, where it has several."""
    return table.parent / VOLUMES_FOLDER / (table.name if kind is None else f"{table.name}-{kind}")


def volumes_in(folder: Path) -> list[Volume]:
    """The volumes in a folder that can be read."""
    return [volume for path in sorted(folder.glob(f"*{_SUFFIX}")) if (volume := _opened(path)) is not None]


def renew(
    folder: Path, files: Mapping[str, str], entries_of: Callable[[Sequence[str]], pa.Table], years: int = 1
) -> int:
    """Make volumes of these files (each with its part), one for so many `years`; how many were made or removed.

    What is there is left where it is of the same files and as it was written.
    `entries_of` gives what is in some files, with `MARK`. A commit looks into every volume, so that few are better; the
    last one is made anew whenever the table is maintained, and sorting it takes memory.

    Raises:
        OSError, pa.ArrowException: the volumes that are there are whole.
    """
    wanted: dict[str, list[str]] = {}
    for name, part in files.items():
        wanted.setdefault(_named_after(part, years), []).append(name)
    changed = 0
    for path in folder.glob(f"*{_SUFFIX}"):
        if path.stem not in wanted:
            path.unlink()
            path.with_suffix(_DIGEST).unlink(missing_ok=True)
            changed += 1
    for volume, names in sorted(wanted.items()):
        path = folder / f"{volume}{_SUFFIX}"
        there = _opened(path) if path.exists() else None
        if there is None or set(there.files) != set(names) or not _is_whole(path):
            _write(path, sorted(names), entries_of(sorted(names)))
            changed += 1
    return changed


def _is_whole(path: Path) -> bool:
    """Whether a volume is as it was written."""
    noted = path.with_suffix(_DIGEST)
    if not noted.exists():  # made before there were digests, or by a process that was killed before it wrote one
        return False
    if noted.read_bytes() == _digest(path):
        return True
    logger.warning("volume_damaged file=%s", path)
    return False


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest().encode()


def _named_after(part: str, years: int) -> str:
    """What the volume is called that a part belongs to: after the first of its years.

    >>> _named_after("2026-03", 5), _named_after("undated", 5)
    ('2025', 'undated')
    """
    year = part.split("-", maxsplit=1)[0]
    return f"{int(year) // years * years:04}" if year.isdecimal() else year


def _opened(path: Path) -> Volume | None:
    try:
        with pa.memory_map(str(path)) as file:
            entries = pa.ipc.open_file(file).read_all()
            return Volume(path, tuple(loads(entries.schema.metadata[_FILES])))
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError):
        logger.warning("volume_damaged file=%s", path)
        return None


def _write(path: Path, files: Sequence[str], entries: pa.Table) -> None:
    entries = entries.take(pc.sort_indices(entries, [(MARK, "ascending")]))
    schema = entries.schema.with_metadata({_FILES: dumps(list(files)).encode()})
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    # As one batch: a mark is looked for in one array.
    with pa.OSFile(str(aside), "wb") as file, pa.ipc.new_file(file, schema) as writer:
        for batch in entries.combine_chunks().to_batches():
            writer.write_batch(batch)
    digest = _digest(aside)
    durable.put(aside, path)
    durable.write(path.with_suffix(_DIGEST), digest)
