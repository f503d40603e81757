"""`revisions` and `turn_id` as the published lake shows them."""

from pathlib import Path
from typing import Any

import pytest

from pipeline.lake.store import Lake
from pipeline.query.session import connect
from pipeline.settings import Settings, load_settings
from schemas import REVISIONS
from tests.lake.factory import SAID, Look, batch, capture_id
from tests.lake.held import rows, standing
from tests.lake.test_evolve import first_version_lake

EDITED = (("LEILA FADEL, HOST:", "Good morning."), ("ROB SCHMITZ, BYLINE:", "It rained (laughter) all day."))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path)


def revisions(settings: Settings) -> list[dict[str, Any]]:
    return rows(settings)["revisions"]


def turn_ids(settings: Settings) -> list[str]:
    return [row["turn_id"] for row in rows(settings)["turns"]]


def test_the_first_content_is_a_revision_of_its_own(settings: Settings) -> None:
    Lake(settings).commit(batch(Look(1)))
    [first] = revisions(settings)
    assert first == dict.fromkeys(REVISIONS.column_names) | {
        "transcript_id": "npr:nx-s1-1",
        "revision": 1,
        "air_date": Look(1).air_date,
        "source_id": "npr",
        "captured_at": Look(1).captured_at,
        "capture_id": capture_id(Look(1)),
        "content_hash": standing(settings)["content_hash"],
        "kinds": ["first"],
    }


def test_an_edit_says_what_changed_and_keeps_what_was_said(settings: Settings) -> None:
    Lake(settings).commit(batch(Look(1)))
    before = turn_ids(settings)
    Lake(settings).commit(batch(Look(1, hours=9, said=EDITED, title="Rain, again")))
    first, second = revisions(settings)
    assert turn_ids(settings) == before[:2]
    assert second["kinds"] == ["text", "metadata"]
    counts = ("added_turn_count", "removed_turn_count", "changed_turn_count", "added_word_count", "removed_word_count")
    assert [second[name] for name in counts] == [0, 1, 1, 1, 4]
    assert second["changed_facts"] == [{"name": "title", "old": "A night of rain", "new": "Rain, again"}]
    assert second["changed_turns"][0] == {
        "turn_id": before[1],
        "old_index": 1,
        "new_index": 1,
        "old_label": "ROB SCHMITZ",
        "new_label": "ROB SCHMITZ",
        "pieces": [
            {"change": "equal", "text": "It rained (laughter) all "},
            {"change": "deleted", "text": "night."},
            {"change": "inserted", "text": "day."},
        ],
    }
    assert (second["turns"], second["facts"]) == (None, None)
    assert [(turn["turn_id"], turn["text"]) for turn in first["turns"]] == [
        (turn_id, text) for turn_id, (_, text) in zip(before, SAID, strict=True)
    ]
    assert {"name": "title", "value": "A night of rain"} in first["facts"]


def test_a_look_between_two_others_that_comes_late(settings: Settings, tmp_path: Path) -> None:
    """The diff of the newest revision is against it from then on, though the lake never read it as newest."""
    looks = [Look(1), Look(1, hours=5, said=EDITED), Look(1, hours=9, said=EDITED[:1])]
    for at in (0, 2, 1):
        Lake(settings).commit(batch(looks[at]))
    in_time = load_settings(home=tmp_path / "in time")
    Lake(in_time).commit(batch(*looks))
    assert rows(settings) == rows(in_time)
    assert [row["removed_turn_count"] for row in revisions(settings)] == [None, 1, 1]


class TestGone:
    def test_rows_stay_and_are_marked(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1), Look(2)))
        before = rows(settings)
        done = Lake(settings).commit([Look(1, hours=5).gone()])
        assert done.edition is not None
        assert standing(settings)["gone_at"] == Look(1, hours=5).captured_at
        assert standing(settings, 2)["gone_at"] is None
        assert (rows(settings)["turns"], rows(settings)["bylines"]) == (before["turns"], before["bylines"])
        gone = revisions(settings)[1]
        assert (gone["revision"], gone["kinds"], gone["content_hash"], gone["turns"]) == (2, ["withdrawn"], None, None)
        assert Lake(settings).commit([Look(1, hours=5).gone()]).edition is None

    def test_what_came_back_is_unmarked(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1)))
        before = turn_ids(settings)
        Lake(settings).commit([Look(1, hours=5).gone()])
        Lake(settings).commit(batch(Look(1, hours=7)))
        row = standing(settings)
        assert (row["gone_at"], row["revision"], row["captured_at"]) == (None, 3, Look(1, hours=7).captured_at)
        assert [one["kinds"] for one in revisions(settings)] == [["first"], ["withdrawn"], ["restored"]]
        assert turn_ids(settings) == before

    def test_survives_a_rebuild_though_the_archive_knows_nothing_of_it(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1), Look(2)))
        Lake(settings).commit([Look(1, hours=5).gone(), Look(2, hours=5).failed("gone")])
        assert Lake(settings).rebuild(batch(Look(1), Look(2))).edition is None

    def test_a_page_that_nobody_knew_leaves_its_look_only(self, settings: Settings) -> None:
        Lake(settings).commit([Look(1).gone()])
        assert [len(found) for found in rows(settings).values() if found] == [1]


def test_what_an_older_lake_does_not_hold_is_null_until_it_is_read_again(tmp_path: Path) -> None:
    """Version 1 kept only the newest content of a page."""
    settings = first_version_lake(tmp_path)
    looks = batch(Look(1, hours=-9, title="Older"), Look(1, hours=9, said=EDITED))
    Lake(settings).commit(looks)
    assert [row["kinds"] for row in revisions(settings)] == [["first"], ["metadata"], ["text"]]
    Lake(settings).rebuild([*batch(Look(1)), *looks])
    assert [row["kinds"] for row in revisions(settings)] == [["first"], ["metadata"], ["text"]]


def test_the_text_of_an_older_revision_in_sql(settings: Settings) -> None:
    Lake(settings).commit(batch(Look(1)))
    Lake(settings).commit(batch(Look(1, hours=9, said=EDITED)))
    with connect(settings) as session:
        asked = "SELECT turn.text FROM revisions, unnest(turns) AS old(turn) WHERE revision = 1"
        assert session.arrow(asked).column(0).to_pylist() == [text for _, text in SAID]
