import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import LakeBusy, LakeError
from pipeline.lake import store
from pipeline.lake.store import Lake
from pipeline.lake.tables.changes import Counts
from pipeline.records import Ingested
from pipeline.settings import Settings, load_settings
from schemas import CAPTURES, TRANSCRIPTS, TURNS
from tests.lake.factory import SAID, Look, batch, capture_id
from tests.lake.held import files, parquet, rows


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path)


class TestRebuild:
    def test_of_the_same_looks_writes_nothing(self, settings: Settings) -> None:
        looks = batch(Look(1), Look(2), Look(1, hours=4, title="New"))
        Lake(settings).commit(looks)
        before = parquet(settings), rows(settings)
        done = Lake(settings).rebuild(looks)
        assert done.edition is None
        assert (done[TRANSCRIPTS], done[CAPTURES]) == (Counts(unchanged=2), Counts(unchanged=3))
        assert (parquet(settings), rows(settings)) == before

    def test_replaces_what_the_looks_no_longer_give_and_keeps_looks_without_archive(self, settings: Settings) -> None:
        Lake(settings).commit([*batch(Look(1), Look(2)), Look(3).failed()])
        read_anew = [*batch(Look(1, said=SAID[:1])), Look(4).failed()]
        counted = Lake(settings).rebuild(read_anew, dry_run=True)
        assert len(rows(settings)["turns"]) == 6
        done = Lake(settings).rebuild(read_anew)
        assert (counted[TRANSCRIPTS], counted[TURNS]) == (done[TRANSCRIPTS], done[TURNS])
        assert done[TRANSCRIPTS] == Counts(changed=1, removed=1)
        assert done[TURNS] == Counts(removed=5, unchanged=1)
        assert {row["capture_id"] for row in rows(settings)["captures"]} == {
            capture_id(look) for look in (Look(1), Look(3), Look(4))
        }

    def test_tells_what_changes_before_readers_see_it(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1)))
        before = rows(settings)

        def refuse(changes: Mapping[str, Counts]) -> None:
            assert changes[TRANSCRIPTS.name] == Counts(removed=1)
            raise LakeBusy

        with pytest.raises(LakeBusy):
            Lake(settings).rebuild([], before_publishing=refuse)
        assert rows(settings) == before
        assert Lake(settings).rebuild(batch(Look(1)))[TRANSCRIPTS] == Counts(unchanged=1)

    def test_dry_run_publishes_nothing(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1)))
        before = files(settings)
        done = Lake(settings).rebuild([], dry_run=True)
        assert (done[TRANSCRIPTS], done.edition) == (Counts(removed=1), None)
        assert files(settings) == before

    def test_is_the_same_where_others_do_what_each_page_and_month_takes_by_itself(self, settings: Settings) -> None:
        def elsewhere(work: Callable[[Any], Any], jobs: Iterable[Any]) -> Iterator[Any]:
            for job in jobs:
                yield pickle.loads(pickle.dumps(work(pickle.loads(pickle.dumps(job)))))

        looks = [*batch(Look(1), Look(2, air_date=None), Look(1, hours=4, title="New")), Look(3).failed()]
        Lake(settings).commit([*looks, *batch(Look(4))])
        before = rows(settings)
        counted = [Lake(settings).rebuild(looks, dry_run=True, spread=spread) for spread in (map, elsewhere)]
        done = Lake(settings).rebuild(looks, spread=elsewhere)
        assert counted[0].tables == counted[1].tables == done.tables
        assert done[TRANSCRIPTS] == Counts(removed=1, unchanged=2)
        assert {row["person_id"] for row in rows(settings)["turns"]} == {row["person_id"] for row in before["turns"]}
        assert Lake(settings).rebuild(looks, spread=elsewhere).edition is None

    def test_a_moved_row_counts_as_changed(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1)))
        done = Lake(settings).rebuild(batch(Look(1, air_date=None)))
        assert (done[TRANSCRIPTS], done[TURNS]) == (Counts(changed=1), Counts(changed=3))

    def test_works_in_chunks(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(store, "REBUILD_LOOKS", 2)
        looks = batch(*(Look(page, hours=hours, title=f"{hours}") for hours in range(3) for page in (1, 2, 3)))
        Lake(settings).rebuild(iter(looks))
        assert [row["revision"] for row in rows(settings)["transcripts"]] == [3, 3, 3]

    def test_an_error_of_the_looks_own_leaves_all_as_it_was(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1)))
        before = files(settings)

        def broken() -> Sequence[Ingested]:
            raise LakeError("the archive is gone")

        with pytest.raises(LakeError, match="the archive is gone"):
            Lake(settings).rebuild(item for item in broken())
        assert files(settings) == before
