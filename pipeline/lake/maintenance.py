"""Maintenance of the lake: small files put together, phrases indexed, files that nobody names any more removed.

No answer changes: rows are moved between files, never made or lost. No reader is broken: the files that any kept
edition names stay, and editions stay for a day after their last reader may have opened them (`editions.GRACE`). A crash
at any moment leaves files that the next run removes.
"""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path

from pipeline.lake.people.linking import renew_people
from pipeline.lake.people.sighted import renew_sums
from pipeline.lake.phrases.indexed_corpus import WORDS
from pipeline.lake.phrases.phrase_index import INDEX_FOLDER, OLDER_INDEX_FOLDERS, indexed, named_by
from pipeline.lake.published.editions import GRACE, kept_editions
from pipeline.lake.published.publish import files_named_by
from pipeline.lake.tables.page_volumes import renew_page_volumes
from pipeline.lake.tables.together import Tables
from pipeline.lake.tables.volumes import VOLUMES_FOLDER
from pipeline.storage import Found, Storage, durable
from schemas import APPEARANCES, FINGERPRINTS, PEOPLE, TABLES, TRANSCRIPTS, TURNS

TARGET_BYTES = 100_000_000
"""Size of a Parquet file, where a part has so much: the larger ones are cut there when they are written."""
DEAD_FILES = 500
"""Files that no table names any more, from which on maintenance does not wait for its day."""
UNINDEXED_FILES = 12
"""Files of `turns` without a phrase index, likewise: a search reads so many in half a second."""
ABANDONED = timedelta(days=7)
"""What a session or a release spilled is removed when it has not been touched for so long: its process died."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What says whether maintenance is due."""

    maintained_at: datetime | None
    """None: never."""
    live_files: int
    """Parquet files that the tables name."""
    files: int
    """All Parquet files of tables in the lake."""
    unindexed_files: int = 0
    """Files of `turns` that wait for their phrase index."""


@dataclass(frozen=True, slots=True)
class Maintained:
    """What maintenance did."""

    compacted_parts: int
    indexed_files: int
    """Files of `turns` that got a phrase index."""
    editions_let_go: int
    removed_files: int
    freed_bytes: int
    live_files: int
    """Parquet files that the tables name now."""
    edition: Path | None
    """The edition that was published, where files were put together or indexed."""


def is_due(upkeep: Upkeep, now: datetime, interval: timedelta) -> bool:
    """Whether maintenance is worth its time: once in an interval; earlier where many files are dead or not indexed.

    Pure.
    """
    if upkeep.maintained_at is None or now - upkeep.maintained_at >= interval:
        return upkeep.files > 0
    dead = upkeep.files - upkeep.live_files
    is_worth_it = dead > max(DEAD_FILES, upkeep.live_files) or upkeep.unindexed_files > UNINDEXED_FILES
    return now - upkeep.maintained_at >= GRACE and is_worth_it


def upkeep(storage: Storage, tables: Tables, maintained_at: datetime | None, *, has_index: bool) -> Upkeep:
    """What there is to maintain; `has_index`: a phrase index is wanted."""
    live = sum(len(tables[table].disk.files()) for table in TABLES)
    files = sum(len(_data_files(storage, table.name)) for table in TABLES)
    said = tables[TURNS].disk.files()
    return Upkeep(maintained_at, live, files, len(said) - len(indexed(storage, said)) if has_index else 0)


def compact(storage: Storage, tables: Tables) -> int:
    """Put the files of each part together where they are twice as many as its size asks for; the parts this was."""
    compacted = 0
    for table in TABLES:
        disk = tables[table].disk
        sizes = {found.path: found.size for found in _data_files(storage, table.name)}
        by_part: dict[str, list[Path]] = {}
        for path, part in disk.files().items():
            by_part.setdefault(part, []).append(path)
        for part, paths in by_part.items():
            needed = ceil(sum(sizes[path] for path in paths) / TARGET_BYTES)
            if len(paths) >= max(2, 2 * needed):
                disk.write({part: disk.part(part)})
                compacted += 1
    return compacted


def renew_volumes(tables: Tables) -> int:
    """Make the sorted volumes of what commits look up, of the files that are there; how many were made or removed."""
    renewed = sum(renew_page_volumes(tables[table].disk) for table in (TRANSCRIPTS, FINGERPRINTS))
    return renewed + renew_sums(tables[APPEARANCES].disk) + renew_people(tables[PEOPLE].disk)


def vacuum(storage: Storage, tables: Tables, now: datetime) -> tuple[int, int]:
    """Remove data files that neither a table nor a kept edition names, and that are a day old; their number and bytes.

    These are the files of superseded versions, and orphans that failed commits left.
    """
    named = {path for table in TABLES for path in tables[table].disk.files()}
    aside = storage.folder / "tmp" / "edition.duckdb"
    for edition in kept_editions(storage):
        named |= files_named_by(storage.local(edition.path, aside))
    names = {path.name for path in named}
    words = named_by(storage) | {path.name for path in named if path.parent.name == WORDS}
    in_use = {folder for path in named for folder in path.parts}

    def is_needed(path: Path, folder: str) -> bool:
        """An index has the name of the file that it is of, but for words; an older one is of use to editions alone."""
        if folder in OLDER_INDEX_FOLDERS and folder not in in_use:
            return False
        return path.name in (words if (folder, path.parent.name) == (INDEX_FOLDER, WORDS) else names)

    dead = [
        found
        for folder in (*(table.name for table in TABLES), INDEX_FOLDER, *OLDER_INDEX_FOLDERS)
        for found in _data_files(storage, folder)
        if not is_needed(found.path, folder) and now - found.modified_at >= GRACE
    ]
    storage.remove([found.path for found in dead])
    return len(dead), sum(found.size for found in dead)


def sweep(lake_dir: Path, now: datetime) -> None:
    """Remove what writers and sessions that died left aside; nothing of a session that lives, nor of a writer.

    Only for the one who holds the lake's lock.
    """
    aside = (
        ".*.new", "editions/.*.new", f"{INDEX_FOLDER}/*/.*.new", f"{INDEX_FOLDER}/.*.new", "tmp/asrun.duckdb*",
        "tmp/edition.duckdb", f"{VOLUMES_FOLDER}/*/.*.new",
    )  # fmt: skip
    for pattern in (*aside, "*/_delta_log/*#*", "*/*#*", "*/*/*#*"):
        for path in lake_dir.glob(pattern):
            path.unlink(missing_ok=True)
    shutil.rmtree(lake_dir / "tmp" / "rebuild", ignore_errors=True)
    for folder in (*(lake_dir / "tmp").glob("sql-*"), *(lake_dir / "tmp").glob("release-*")):
        if _age(folder, now) >= ABANDONED:
            shutil.rmtree(folder, ignore_errors=True)
    durable.sync(lake_dir)


def _data_files(storage: Storage, folder: str) -> list[Found]:
    files = storage.found(storage.folder / folder, ".parquet")
    return [found for found in files if found.path.parent.name != "_delta_log"]


def _age(path: Path, now: datetime) -> timedelta:
    return now - datetime.fromtimestamp(path.stat().st_mtime, UTC)
