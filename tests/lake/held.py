"""What a published lake holds, as rows and as files."""

from pathlib import Path
from typing import Any

from pipeline.lake.published import writing
from pipeline.lake.tables.together import Tables
from pipeline.query.session import connect
from pipeline.settings import Settings
from schemas import TABLES, TURNS
from tests.lake.factory import Look

Held = dict[str, list[dict[str, Any]]]


def rows(settings: Settings) -> Held:
    """All that the published lake holds."""
    with connect(settings) as session:
        return {
            table.name: session.arrow(f"FROM {table.name} ORDER BY {', '.join(table.key)}").to_pylist()
            for table in TABLES
        }


def files(settings: Settings) -> dict[str, int]:
    """Every file of the lake but the lock, with the time of its last change."""
    lake = settings.lake_dir
    return {
        str(path.relative_to(lake)): path.stat().st_mtime_ns
        for path in lake.rglob("*")
        if path.is_file() and path.name != writing.LOCK_FILE
    }


def parquet(settings: Settings, folder: str = "") -> set[str]:
    """The files of rows; not those of Delta's logs."""
    found = (name for name in files(settings) if name.endswith(".parquet") and name.startswith(folder))
    return {name for name in found if "_delta_log" not in name}


def live(settings: Settings) -> set[Path]:
    """The files of `turns` that count."""
    return set(Tables(settings.lake_dir.absolute())[TURNS].disk.files())


def standing(settings: Settings, page: int = 1) -> dict[str, Any]:
    [row] = [row for row in rows(settings)["transcripts"] if row["transcript_id"] == Look(page).transcript_id]
    return row
