"""What linking asks of the lake is answered as by looking at every page, with volumes and without."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from pipeline.identify.stories.prints import Print, has_same_address, is_worth_comparing
from pipeline.lake.rows import build, plain
from pipeline.lake.stories import shelf
from pipeline.lake.stories.shelf import LakeShelf
from pipeline.lake.tables import page_volumes
from pipeline.lake.tables.page_volumes import renew_page_volumes
from pipeline.lake.tables.together import Tables
from pipeline.storage.disk import Disk
from schemas import FINGERPRINTS
from tests.lake.test_meeting import printed


def drawn(kind: str, count: int, random: Random) -> list[Print]:
    """Pages of eight years, some without a day: a few are like others, far apart or near."""

    def day() -> date | None:
        return random.choice([None, date(2012, 1, 1) + timedelta(random.randrange(3_000))])

    return [
        replace(
            printed(f"{kind}-{at}", day(), day(), tuple(random.sample(range(60), 20))),
            npr_id=random.choice([None, f"n{random.randrange(20)}"]),
            address=random.choice([None, random.randrange(20)]),
        )
        for at in range(count)
    ]


def put(tables: Tables, pages: list[Print]) -> None:
    ids = [page.transcript_id for page in pages]
    tables[FINGERPRINTS].replace(ids, build(FINGERPRINTS, [plain(page) for page in pages]))


def is_met(page: Print, asked: Print) -> bool:
    is_same_story = page.npr_id is not None and page.npr_id == asked.npr_id
    return is_same_story or has_same_address(page, asked) or is_worth_comparing(page, asked)


@pytest.mark.parametrize(("most", "long"), [(2_000, 2), (2_000, 64), (0, 64)])
def test_pages_are_met_wherever_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, long: int) -> None:
    """In volumes, in newer files, or staged; `most`: pages that are looked up, `long`: that a fingerprint has."""
    monkeypatch.setattr(shelf, "_MOST_ASKED", most)
    monkeypatch.setattr(page_volumes, "_LONG", long)
    monkeypatch.setattr(shelf, "_MET_AT_ONCE", 7)
    random = Random(most + long)
    old, later, staged = (drawn(kind, count, random) for kind, count in (("old", 60), ("later", 5), ("staged", 5)))
    tables = Tables(tmp_path, Disk(tmp_path, is_durable=False))
    put(tables, old)
    tables.flush()
    renew_page_volumes(tables[FINGERPRINTS].disk)
    put(tables, later)
    tables.flush()
    put(tables, staged)
    known = [*old, *later, *staged]
    lake = LakeShelf(tables)
    for one in drawn("new", 20, random):
        met = {page.transcript_id for page in known if is_met(page, one)}
        assert lake.sharing([one]) == met  # each is a family of its own
        assert {page.transcript_id for page in lake.members(sorted(met))} == met
