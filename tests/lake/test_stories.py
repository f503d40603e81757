"""Stories in the lake: every page in one, names lent between copies, the same after a rebuild and in any order."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pipeline.lake.store import Lake
from pipeline.lake.stories import linking
from pipeline.records import Ingested
from pipeline.settings import Settings, load_settings
from schemas import TRANSCRIPTS, TURNS
from tests.identify.pages import talk, text
from tests.lake.factory import AIR_DATE, Look, batches_in_any_order
from tests.lake.held import files, rows
from tests.lake.test_evolve import asked

REPORT = [(f"{label}, HOST:" if index == 0 else f"{label}:", words) for index, (label, _, words) in enumerate(talk(1))]
LOST: list[tuple[str | None, str]] = [(None, REPORT[0][1]), *REPORT[1:]]
ANONYMOUS = ("CALLER", "UNIDENTIFIED MAN")
NOBODY: dict[str, Any] = {"speaker_name": None, "name_rule": None, "confidence": None}
NEXT_MONTH = AIR_DATE + timedelta(days=14)


@dataclass(frozen=True)
class Page:
    """A look at a page; `npr_id`, `canonical_url`: what it names, which need not be its own; `late`: when published."""

    look: Look
    npr_id: str | None = None
    canonical_url: str | None = None
    late: timedelta = timedelta()

    def ingested(self) -> Ingested:
        item = self.look.ingested()
        assert item.reading is not None
        assert item.reading.transcript is not None
        assert item.reading.transcript.published_at is not None
        # A label that was lost makes a turn of speech without a name, not a cue.
        turns = tuple(
            replace(turn, kind="speech", **(NOBODY if turn.speaker_label in ANONYMOUS else {}))
            for turn in item.reading.turns
        )
        address = self.canonical_url or self.look.url
        published_at = item.reading.transcript.published_at + self.late
        transcript = replace(
            item.reading.transcript, npr_id=self.npr_id, canonical_url=address, published_at=published_at
        )
        return replace(item, reading=replace(item.reading, transcript=transcript, turns=turns))


def page(number: int, said: Sequence[tuple[str | None, str]], source_id: str = "kunc", **more: Any) -> Page:
    return Page(Look(number, said=said, source_id=source_id, **more), "nx-s1-1" if source_id == "npr" else None)


NPR = page(1, REPORT, "npr")
COPY = replace(page(2, LOST), late=timedelta(minutes=32))
OTHER = page(3, [(f"{label}:", words) for label, _, words in talk(2)])
LATER = page(4, LOST, "wuky", air_date=NEXT_MONTH)
AGAIN = page(5, REPORT, "knau", air_date=date(2026, 9, 1))
PAGES = (NPR, COPY, OTHER, LATER, AGAIN)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path)


def looks(*pages: Page) -> list[Ingested]:
    return [one.ingested() for one in pages]


def told(settings: Settings) -> dict[str, tuple[Any, ...]]:
    """Of each page: story, whether it is the primary, and what is named by a sibling."""
    sql = """
        SELECT t.transcript_id, t.story_id, t.is_primary, t.air_date,
               list(u.speaker_name ORDER BY u.turn_index) FILTER (u.name_rule = 'sibling_copy')
        FROM transcripts AS t LEFT JOIN turns AS u USING (transcript_id) GROUP BY ALL
    """
    return {found[0]: found[1:] for found in asked(settings, sql)}


def test_every_page_is_in_a_story_and_copies_lend_names(settings: Settings) -> None:
    Lake(settings).commit(looks(*PAGES))
    assert asked(settings, "SELECT transcript_id, story_id, is_primary FROM transcripts ORDER BY ALL") == [
        ("npr:nx-s1-1", "nx-s1-1", True),
        ("npr:nx-s1-2", "nx-s1-1", False),
        ("npr:nx-s1-3", "npr:nx-s1-3", True),
        ("npr:nx-s1-4", "nx-s1-1", False),
        ("npr:nx-s1-5", "npr:nx-s1-5", True),
    ]
    assert asked(
        settings,
        "SELECT story_id, copy_count, stations, join_rules, rebroadcast_of, last_air_date FROM stories ORDER BY ALL",
    ) == [
        ("npr:nx-s1-3", 0, ["KUNC"], [], None, AIR_DATE),
        ("npr:nx-s1-5", 0, ["KNAU"], [], "nx-s1-1", date(2026, 9, 1)),
        ("nx-s1-1", 2, ["KUNC", "WUKY"], ["text"], None, NEXT_MONTH),
    ]
    assert asked(
        settings,
        "SELECT transcript_id, rule, lag_days, lag_seconds, cut_words, label_lost_words FROM copies ORDER BY ALL",
    ) == [
        ("npr:nx-s1-1", "primary", 0, 0, 0, 0),
        ("npr:nx-s1-2", "text", 0, 1920, 0, len(REPORT[0][1].split())),
        ("npr:nx-s1-4", "text", 14, 0, 0, len(REPORT[0][1].split())),
    ]
    named = "SELECT speaker_label, speaker_name, speaker_role, confidence FROM turns WHERE name_rule = 'sibling_copy'"
    assert asked(settings, named) == [(None, "Leila Fadel", "host", 0.9)] * 2


@pytest.mark.parametrize("is_origin_first", [True, False])
def test_a_copy_that_was_cut_short_is_joined_by_its_canonical_link(settings: Settings, is_origin_first: bool) -> None:  # noqa: FBT001  # a case
    short = page(2, REPORT[3:4])
    pointing = replace(page(3, REPORT[4:5]), canonical_url=NPR.look.url)
    for number in sorted((0, 1), reverse=not is_origin_first):
        Lake(settings).commit(looks(*((NPR,), (short, pointing))[number]))
    assert asked(settings, "SELECT transcript_id, rule FROM copies ORDER BY ALL") == [
        (NPR.look.transcript_id, "primary"),
        (pointing.look.transcript_id, "canonical_link"),
    ]
    assert asked(settings, "SELECT join_rules FROM stories WHERE copy_count > 0") == [(["canonical_link"],)]


def test_quality_shows_what_was_lost_and_what_stands_twice(settings: Settings) -> None:
    unlabelled = page(
        6, [*REPORT[:2], (None, text(90)), ("CALLER:", text(91)), ("UNIDENTIFIED MAN:", text(92))], "wfae"
    )
    Lake(settings).commit(looks(NPR, COPY, unlabelled))
    found = asked(
        settings,
        """
        SELECT source_id, transcript_count, copy_count, uncertain_transcript_count, unresolved_label_count,
               attributed_share, sure_share, map_keys(words_by_rule)
        FROM quality ORDER BY source_id
        """,
    )
    assert [row[:5] for row in found] == [("kunc", 1, 1, 0, 0), ("npr", 1, 0, 0, 0), ("wfae", 1, 0, 1, 1)]
    kunc, npr, wfae = ((row[5], row[6], row[7]) for row in found)
    assert kunc == (1, 1, ["printed", "sibling_copy"])
    assert npr == (1, 1, ["printed"])
    assert 0.1 < wfae[0] < 0.6
    assert wfae[2] == ["none", "printed"]


def test_twice_is_once(settings: Settings) -> None:
    Lake(settings).commit(looks(*PAGES))
    before = files(settings)
    done = Lake(settings).commit(looks(COPY, LATER, NPR))
    assert done.edition is None
    assert files(settings) == before


def test_a_changed_sibling_takes_its_names_back(settings: Settings) -> None:
    Lake(settings).commit(looks(NPR, COPY, LATER))
    Lake(settings).commit(looks(page(1, LOST, "npr", hours=5)))
    assert asked(settings, "SELECT count(*) FROM turns WHERE name_rule = 'sibling_copy'") == [(0,)]
    assert asked(settings, "SELECT count(*) FROM turns WHERE speaker_label IS NULL AND speaker_role IS NOT NULL") == [
        (0,)
    ]


def test_a_page_that_moves_to_another_month_is_kept_once(settings: Settings) -> None:
    Lake(settings).commit(looks(NPR, COPY))
    Lake(settings).commit(looks(page(2, LOST, hours=5, air_date=NEXT_MONTH)))
    for table in ("transcripts", "copies", "fingerprints"):
        assert asked(settings, f"SELECT count(*), max(air_date) FROM {table}") == [(2, NEXT_MONTH)]
    assert asked(settings, "SELECT count(*), any_value(last_air_date) FROM stories") == [(1, NEXT_MONTH)]


def test_a_page_that_moves_and_says_something_else_is_kept_once(settings: Settings) -> None:
    Lake(settings).commit(looks(NPR, OTHER))
    before = told(settings)
    said = [(f"{label}:", words) for label, _, words in talk(7)]
    Lake(settings).commit(looks(page(3, said, hours=5, air_date=NEXT_MONTH)))
    assert asked(settings, "SELECT count(*), max(air_date) FROM fingerprints") == [(2, NEXT_MONTH)]
    assert {one: found[0] for one, found in told(settings).items()} == {one: found[0] for one, found in before.items()}


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.series) for seed in range(1, 40))])
def test_a_rebuild_agrees_with_commits_in_any_order(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    every = looks(*PAGES, page(2, [*LOST, ("ANN LEE:", text(9, 3))], hours=9), page(3, REPORT[:4], hours=9))
    grown, anew = load_settings(home=tmp_path / "grown"), load_settings(home=tmp_path / "anew")
    for batch in batches_in_any_order(every, Random(seed)):
        Lake(grown).commit(batch)
    monkeypatch.setattr(linking, "CHUNK_PAGES", 2)
    Lake(anew).rebuild(every)
    kept = dict(asked(grown, "SELECT primary_transcript_id, story_id FROM stories"))
    own = dict(asked(anew, "SELECT primary_transcript_id, story_id FROM stories"))
    assert kept.keys() == own.keys()
    if kept == own:
        assert rows(grown) == rows(anew)
    before = rows(grown)
    done = Lake(grown).rebuild(every)
    assert rows(grown) == before
    assert not any((done[TRANSCRIPTS], done[TURNS]))


def test_an_id_that_was_kept_is_told(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    Lake(settings).commit(looks(COPY))
    with caplog.at_level(logging.INFO, logger="pipeline.lake.stories.linking"):
        Lake(settings).commit(looks(NPR))
    assert told(settings)["npr:nx-s1-1"][:2] == ("npr:nx-s1-2", True)
    assert asked(settings, "SELECT story_count, kept_story_id_count, copy_count FROM identities") == [(1, 1, 1)]
    assert "stories_named ids_kept=1 ids_given_up=" in caplog.messages


def test_a_copy_whose_page_names_no_day_lags_by_an_unknown_time(settings: Settings) -> None:
    Lake(settings).commit(looks(NPR, page(2, LOST, air_date=None)))

    assert asked(settings, "SELECT rule = 'primary', lag_days FROM copies ORDER BY ALL") == [(False, None), (True, 0)]
