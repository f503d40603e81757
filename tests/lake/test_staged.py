"""How the rows of a commit come to the disk: which parts are rewritten, and in how many commits of each table."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.lake import staged, state
from pipeline.lake.store import Lake
from pipeline.settings import Settings, load_settings
from pipeline.storage import lake_storage
from schemas import TRANSCRIPTS, TURNS, Table
from tests.lake.factory import SAID, Look, batch
from tests.lake.test_store import rows

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
