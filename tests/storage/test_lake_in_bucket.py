from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pipeline.lake.release import release, verify
from pipeline.lake.store import Lake
from pipeline.query.session import connect
from pipeline.settings import Settings, load_settings
from schemas import TABLES
from tests.lake.factory import Look, batch


def rows(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    with connect(settings) as session:
        return {
            table.name: session.arrow(f"FROM {table.name} ORDER BY {', '.join(table.order)}").to_pylist()
            for table in TABLES
        }


def test_a_lake_in_a_bucket_answers_as_one_on_the_disk(settings: Settings, tmp_path: Path) -> None:
    on_disk = load_settings(home=tmp_path / "disk")
    changed = Look(1, hours=3, said=(("LEILA FADEL, HOST:", "Good evening."),))
    for each in (settings, on_disk):
        Lake(each).commit(batch(Look(1), Look(2)))
        Lake(each).commit(batch(changed, Look(3)))
    assert rows(settings) == rows(on_disk)

    for each in (settings, on_disk):
        Lake(each).maintain(datetime.now(UTC) + timedelta(days=40))
    assert rows(settings) == rows(on_disk)
    assert not list(settings.lake_dir.rglob("*.parquet"))

    release(settings, tmp_path / "release")
    assert list(verify(tmp_path / "release")) == []
