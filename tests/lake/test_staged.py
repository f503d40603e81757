"""How the rows of a commit come to the disk: which parts are rewritten, and in how many commits of each table."""

from dataclasses import replace
from datetime import date
from json import loads
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from deltalake import DeltaTable

from pipeline.lake import store
from pipeline.lake.published import state
from pipeline.lake.store import Lake
from pipeline.lake.tables import staged
from pipeline.lake.tables.delta import DeltaFolder
from pipeline.lake.tables.together import Tables
from pipeline.settings import Settings, load_settings
from pipeline.storage import lake_storage
from schemas import CAPTURES, PEOPLE, TRANSCRIPTS, TURNS, Table
from tests.lake.factory import SAID, Look, batch
from tests.lake.held import rows

LOOKS = [Look(page=month, air_date=date(2026, month, 1), title=f"Of month {month}") for month in range(1, 5)]
CHANGED = [replace(look, hours=1, said=[*SAID, ("FADEL:", f"One more on {look.page}.")]) for look in LOOKS]


def version(settings: Settings, table: Table) -> int:
    known = state.read(lake_storage(settings))
    assert known is not None
    return known.tables[table.name]


@pytest.mark.parametrize(("rewritten_rows", "commits"), [(staged.REWRITTEN_ROWS, 1), (6, 3)])
def test_months_are_rewritten_together_up_to_a_number_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rewritten_rows: int, commits: int
) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(*LOOKS, Look(page=9)))
    before = {table: version(settings, table) for table in (TURNS, TRANSCRIPTS)}
    monkeypatch.setattr(staged, "REWRITTEN_ROWS", rewritten_rows)
    Lake(settings).commit(batch(*CHANGED))
    assert version(settings, TURNS) - before[TURNS] == commits
    assert version(settings, TRANSCRIPTS) - before[TRANSCRIPTS] == 1
    held = rows(settings)
    assert sorted(row["transcript_id"] for row in held["turns"]) == sorted(
        [look.transcript_id for look in CHANGED for _ in look.said] + [Look(page=9).transcript_id] * len(SAID)
    )
    assert Lake(settings).rebuild(batch(*LOOKS, Look(page=9), *CHANGED)).edition is None


def test_new_and_replaced_pages_of_one_night(tmp_path: Path) -> None:
    """What is new in a month of which nothing is replaced is added in a file of its own; the month is not rewritten."""
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(*LOOKS))
    files = set((settings.lake_dir / "turns").rglob("air_month=2026-02/*.parquet"))
    Lake(settings).commit(batch(CHANGED[0], Look(page=7, air_date=date(2026, 2, 2))))
    assert files < set((settings.lake_dir / "turns").rglob("air_month=2026-02/*.parquet"))
    assert len({row["transcript_id"] for row in rows(settings)["turns"]}) == len(LOOKS) + 1


def test_only_files_of_the_parts_that_are_asked_for_are_laid_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(*LOOKS))
    laid: list[str] = []

    def noting(self: DeltaFolder, parquet: ds.ParquetFileFormat, path: Path, place: str) -> ds.Fragment:
        laid.append(place)
        return fragment(self, parquet, path, place)

    fragment = DeltaFolder._fragment
    monkeypatch.setattr(DeltaFolder, "_fragment", noting)
    disk = DeltaFolder(TURNS, settings.lake_dir / TURNS.name)
    for _ in range(2):
        assert disk.part("2026-02").num_rows == len(SAID)
    assert laid == ["2026-02"]
    assert disk.select().num_rows == len(LOOKS) * len(SAID)
    assert sorted(laid) == [f"2026-0{month}" for month in range(1, 5)]


@pytest.mark.parametrize("table", [TURNS, PEOPLE, CAPTURES], ids=lambda table: table.name)
def test_files_and_what_they_are_filed_by_are_those_of_the_log(tmp_path: Path, table: Table) -> None:
    settings = load_settings(home=tmp_path / "it's 100 % of é")
    Lake(settings).commit(batch(*LOOKS, Look(page=9, air_date=None)))
    Lake(settings).commit(batch(*CHANGED))
    folder = settings.lake_dir / table.name
    logged = pa.table(DeltaTable(folder).get_add_actions(flatten=True))
    expected = dict(zip(logged["path"].to_pylist(), logged[f"partition.{table.filed_by}"].to_pylist(), strict=True))

    disk = Tables(settings.lake_dir)[table].disk

    assert disk._placed() == {folder / path: place for path, place in expected.items()}
    assert disk.names() == {str(path.relative_to(folder)): part for path, part in disk.files().items()}
    assert all(path.exists() for path in disk.files())


def test_the_log_has_no_bounds_of_columns(tmp_path: Path) -> None:
    """Every commit reads them of all files, and nobody asks them."""
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(*LOOKS))
    Lake(settings).commit(batch(*CHANGED))
    logged = [
        loads(line)["add"]["stats"]
        for path in (settings.lake_dir / "turns" / "_delta_log").glob("*.json")
        for line in path.read_text("utf-8").splitlines()
        if '"add"' in line
    ]
    assert len(logged) == 2 * len(LOOKS)
    for stats in map(loads, logged):
        assert not any(stats.get(name) for name in ("minValues", "maxValues", "nullCount"))


def test_a_page_that_had_a_month_to_itself_leaves_nothing_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rebuild does not read what it replaces as a whole."""
    monkeypatch.setattr(store, "REBUILD_LOOKS", 1)
    moved = replace(LOOKS[0], hours=1, air_date=date(2026, 5, 1))
    settings = load_settings(home=tmp_path)
    Lake(settings).rebuild(batch(LOOKS[0], moved))
    assert [row["air_date"] for row in rows(settings)["turns"]] == [moved.air_date] * len(SAID)
