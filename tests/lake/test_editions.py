from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.lake.published.editions import (
    GRACE,
    Edition,
    Keeping,
    edition_as_of,
    edition_name,
    expired,
    kept_editions,
)
from pipeline.storage.disk import Disk

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)


def editions(*ages: float) -> list[Edition]:
    """Editions that were published so many days ago."""
    return [Edition(NOW - timedelta(days=age), Path(str(age))) for age in ages]


@pytest.mark.parametrize(
    ("ages", "keeping", "gone"),
    [
        ([], Keeping(1, 0), []),
        ([90], Keeping(1, 0), []),
        ([90, 80, 70], Keeping(1, 0), [90]),
        ([90, 80, 70], Keeping(2, 0), []),
        ([9.1, 9, 8.9, 8], Keeping(1, 0), [9.1, 9]),
        ([9.1, 9, 8, 7], Keeping(1, 30), [9.1]),
        ([9.2, 9.1, 8.2, 8.1, 7], Keeping(1, 30), [9.2, 8.2]),
        ([40, 0.9, 0.8, 0.7], Keeping(1, 0), []),
        ([40, 39, 0.9, 0.8, 0.7], Keeping(1, 0), [40]),
    ],
)
def test_which_are_let_go(ages: list[float], keeping: Keeping, gone: list[float]) -> None:
    assert expired(editions(*ages), NOW, keeping) == editions(*gone)


@given(
    st.lists(st.floats(0, 400), unique=True, max_size=30).map(lambda ages: sorted(ages, reverse=True)),
    st.integers(1, 10),
    st.integers(0, 60),
)
def test_the_newest_stay_and_so_do_those_that_may_be_read(ages: list[float], count: int, days: int) -> None:
    all_of_them = editions(*ages)
    kept = [edition for edition in all_of_them if edition not in expired(all_of_them, NOW, Keeping(count, days))]
    assert kept[-count - 1 :] == all_of_them[-count - 1 :]
    for old, new in pairwise(all_of_them):
        assert old in kept or NOW - new.published_at >= GRACE
    assert expired(kept, NOW, Keeping(count, days)) == [] or days == 0 or len(kept) > count


def test_which_one_answers_for_a_day(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no edition is kept"):
        edition_as_of(Disk(tmp_path), NOW)
    (tmp_path / "editions").mkdir()
    for day in (1, 3):
        name = edition_name(datetime(2026, 3, day, 9, 0, tzinfo=UTC), "0123456789")
        (tmp_path / "editions" / f"{name}.duckdb").touch()
    first, second = (edition.path for edition in kept_editions(Disk(tmp_path)))
    assert first.name == "20260301T090000.000000Z-01234567.duckdb"
    assert edition_as_of(Disk(tmp_path), datetime(2026, 3, 2, 23, 59, tzinfo=UTC)) == first
    assert edition_as_of(Disk(tmp_path), NOW) == second
    with pytest.raises(
        UsageError, match="no edition from before 2026-03-01 08:00 UTC is kept; the oldest is of 2026-03-01 09:00"
    ):
        edition_as_of(Disk(tmp_path), datetime(2026, 3, 1, 8, 0, tzinfo=UTC))
