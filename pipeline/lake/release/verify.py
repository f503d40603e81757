"""What befell a release since it was made: files missing, changed, cut or added, and tables that lack rows."""

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import UsageError
from pipeline.lake.release.write import CHECKSUMS, FACTS, digest


def verify(place: Path) -> Iterator[str]:
    """What is wrong with the release in this folder, a line each; nothing where it is as it was made.

    Every byte is read: digests first; then row counts, for a release whose digests were made anew after damage.

    Raises:
        UsageError: the folder holds no release.
        OSError: a file cannot be read.
    """
    listed = dict(_listed(place))
    for name, expected in listed.items():
        path = place / name
        if not path.is_file():
            yield f"{name}: missing"
        elif digest(path) != expected:
            yield f"{name}: changed or cut since the release was made"
    there = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    yield from (f"{name}: not part of the release" for name in sorted(there - listed.keys() - {CHECKSUMS}))
    yield from _row_counts(place, [name for name in listed if name.endswith(".parquet")])


def _listed(place: Path) -> Iterator[tuple[str, str]]:
    """Every file that the release lists, with its digest."""
    try:
        lines = (place / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(f"{place}: no release here ({CHECKSUMS} is missing)") from None
    except UnicodeDecodeError:
        raise UsageError(f"{place / CHECKSUMS}: damaged; get the release anew") from None
    for line in lines:
        expected, _, name = line.partition("  ")
        path = PurePosixPath(name)
        if len(expected) != 64 or not name or path.is_absolute() or ".." in path.parts:
            raise UsageError(f"{place / CHECKSUMS}: damaged; get the release anew")
        yield name, expected


def _row_counts(place: Path, files: list[str]) -> Iterator[str]:
    """Tables whose files hold other numbers of rows than the release says."""
    try:
        stated = json.loads((place / FACTS).read_text(encoding="utf-8"))["tables"]
        expected = {name: int(facts["rows"]) for name, facts in stated.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        yield f"{FACTS}: missing or damaged"
        return
    for table, rows in expected.items():
        found = 0
        for name in files:
            if PurePosixPath(name).parts[0] == table and (place / name).is_file():
                try:
                    found += pq.read_metadata(place / name).num_rows
                except (pa.ArrowException, OSError) as error:
                    yield f"{name}: no Parquet file ({' '.join(str(error).split())})"
        if found != rows:
            yield f"{table}: {found} rows, not {rows}"
