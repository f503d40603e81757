"""Maintenance of the lake: small files put together, files that nobody names any more removed.

No answer changes: rows are moved between files, never made or lost. No reader is broken: the files that any kept
edition names stay, and editions stay for a day after their last reader may have opened them (`editions.GRACE`). A crash
at any moment leaves files that the next run removes.
"""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path

from pipeline.lake import durable
from pipeline.lake.editions import GRACE, kept_editions
from pipeline.lake.publish import files_named_by
from pipeline.lake.tables import Tables
from schemas import TABLES

TARGET_BYTES = 100_000_000
"""Size of a Parquet file, where a part has so much: the larger ones are cut there when they are written."""
INTERVAL = timedelta(days=7)
DEAD_FILES = 500
"""Files that no table names any more, from which on maintenance does not wait for its day."""
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
    """All Parquet files in the lake."""


@dataclass(frozen=True, slots=True)
class Maintained:
    """What maintenance did."""

    compacted_parts: int
    editions_let_go: int
    removed_files: int
    freed_bytes: int
    live_files: int
    """Parquet files that the tables name now."""
    edition: Path | None
    """The edition that was published, where files were put together."""


def is_due(upkeep: Upkeep, now: datetime) -> bool:
    """Whether maintenance is worth its time: once a week, or earlier where most files are dead. Pure."""
    if upkeep.maintained_at is None or now - upkeep.maintained_at >= INTERVAL:
        return upkeep.files > 0
    dead = upkeep.files - upkeep.live_files
    return now - upkeep.maintained_at >= GRACE and dead > max(DEAD_FILES, upkeep.live_files)


def upkeep(lake_dir: Path, tables: Tables, maintained_at: datetime | None) -> Upkeep:
    """What there is to maintain."""
    live = sum(len(tables[table].disk.files()) for table in TABLES)
    return Upkeep(maintained_at, live, sum(len(_data_files(lake_dir / table.name)) for table in TABLES))


def compact(tables: Tables) -> int:
    """Put the files of each part together where they are twice as many as its size asks for; the parts this was."""
    compacted = 0
    for table in TABLES:
        disk = tables[table].disk
        by_part: dict[str, list[Path]] = {}
        for path, part in disk.files().items():
            by_part.setdefault(part, []).append(path)
        for part, paths in by_part.items():
            needed = ceil(sum(path.stat().st_size for path in paths) / TARGET_BYTES)
            if len(paths) >= max(2, 2 * needed):
                disk.write(part, disk.part(part))
                compacted += 1
    return compacted


def vacuum(lake_dir: Path, tables: Tables, now: datetime) -> tuple[int, int]:
    """Remove data files that neither a table nor a kept edition names, and that are a day old; their number and bytes.

    These are the files of superseded versions, and orphans that failed commits left.
    """
    named = {path.name for table in TABLES for path in tables[table].disk.files()}
    for edition in kept_editions(lake_dir):
        named |= files_named_by(edition.path)
    removed = freed = 0
    for table in TABLES:
        for path in _data_files(lake_dir / table.name):
            if path.name not in named and _age(path, now) >= GRACE:
                removed, freed = removed + 1, freed + path.stat().st_size
                path.unlink()
    return removed, freed


def sweep(lake_dir: Path, now: datetime) -> None:
    """Remove what writers and sessions that died left aside; nothing of a session that lives, nor of a writer.

    Only for the one who holds the lake's lock.
    """
    for pattern in (".*.new", "editions/.*.new", "tmp/asrun.duckdb*", "*/_delta_log/*#*", "*/*#*", "*/*/*#*"):
        for path in lake_dir.glob(pattern):
            path.unlink(missing_ok=True)
    shutil.rmtree(lake_dir / "tmp" / "rebuild", ignore_errors=True)
    for folder in (*(lake_dir / "tmp").glob("sql-*"), *(lake_dir / "tmp").glob("release-*")):
        if _age(folder, now) >= ABANDONED:
            shutil.rmtree(folder, ignore_errors=True)
    durable.sync(lake_dir)


def _data_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.parquet") if path.parent.name != "_delta_log"]


def _age(path: Path, now: datetime) -> timedelta:
    return now - datetime.fromtimestamp(path.stat().st_mtime, UTC)
