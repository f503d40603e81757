"""Where a turn comes from, and that what is corrected is explained, applied without a fetch, and taken back."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.identify.corrections.file import load_corrections, parse_corrections
from pipeline.identify.corrections.writing import add_correction, undo_correction
from pipeline.ingest.correcting import correct_pages, unmatched, unmatched_in
from pipeline.ingest.explaining import explain
from pipeline.ingest.importing import import_files
from pipeline.ingest.linked_as import of_person
from pipeline.ingest.work import open_rooms
from pipeline.ledger import Ledger, Run
from pipeline.query.session import connect
from pipeline.report import RunReport
from pipeline.report_markdown import to_markdown
from pipeline.report_page import render
from pipeline.report_page.figures import figures_of
from pipeline.settings import Settings, load_settings
from tests.identify.pages import text
from tests.network import npr
from tests.network.crawl_server import Crawled, write_crawl
from tests.network.stories import STORIES
from tests.network.story import Line, Speaker, Story

STORY = STORIES[0]
RUN = Run("run", "nightly", {}, datetime(2026, 3, 21, tzinfo=UTC), None, "running")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    page = tmp_path / "page.html"
    page.write_bytes(npr.transcript_page(STORY, STORY.published_at, is_empty=False).body)
    settings = load_settings(home=tmp_path / "home", corrections_file=tmp_path / "corrections.toml")
    (tmp_path / "corrections.toml").touch()
    with open_rooms(settings) as rooms:
        import_files([page], npr.transcript_url(STORY), "run", rooms)
    return settings


def _named(settings: Settings) -> dict[str, object]:
    with connect(settings) as session:
        rows = session.arrow(
            "SELECT * FROM turns WHERE name_rule IN ('surname', 'printed') ORDER BY name_rule DESC, turn_index"
        )
    row: dict[str, object] = rows.to_pylist()[0]
    return row


def _lines(settings: Settings, turn: dict[str, object]) -> list[tuple[str, str]]:
    return explain(settings, str(turn["transcript_id"]), int(str(turn["turn_index"])))


def _told(settings: Settings, turn: dict[str, object]) -> dict[str, str]:
    return dict(_lines(settings, turn))


def test_a_turn_is_explained_from_the_archive(settings: Settings) -> None:
    turn = _named(settings)
    told = _told(settings, turn)
    assert ".warc.gz at byte " in told["record"]
    assert told["label"] == turn["speaker_label"]
    assert str(turn["speaker_name"]) in told["name"]
    assert told["evidence"].startswith("the label")
    assert told["person"] == turn["person_id"]
    rules = [line for what, line in _lines(settings, turn) if what == "rule"]
    assert [line for line in rules if "(this one stands)" in line]
    assert len(rules) > 1, "a surname is borne out by the full label, and by what is said"
    assert "1 transcript, " in told["linked by"]


HOST = Speaker("Zora Quist", "host")
SURNAME = Speaker(None, "host", first_label="QUIST")
SINGER, BAND = Speaker("Ana Lund"), Speaker("Sylvan Esso")


def _page(number: int, host: Speaker, seed: int, guest: Line) -> Story:
    """A page of the show, its words made from the seed."""
    lines = (Line(host, text(seed, 4)), guest, Line(host, text(seed + 1, 5)), Line(None, "(SOUNDBITE OF MUSIC)"))
    facts = (f"nx-s1-{number}", f"Story {number}", "A segment", text(number, 1), "Morning Edition", date(2026, 3, 9))
    return Story(*facts, time(5), 240, (), lines)


SHOW = (
    *(_page(number, HOST, 100 * number, Line(SINGER, "(Singing) La la la.")) for number in (1, 2, 3)),
    _page(4, SURNAME, 400, Line(BAND, text(402, 2))),
    _page(5, SURNAME, 100, Line(SINGER, "(Singing) La la la.")),
)
TELLING = {
    "the months around": ("npr-nx-s1-4", 0, "name", "Zora Quist, by the rule program_host, confidence 0.7"),
    "whom they name": (
        "npr-nx-s1-4",
        0,
        "evidence",
        "2026-03-09 and those beside it, Zora Quist hosts Morning Edition",
    ),
    "a copy": ("npr-nx-s1-5", 0, "name", "Zora Quist, by the rule sibling_copy"),
    "which copy": ("npr-nx-s1-5", 0, "evidence", "the same words under a full label: turn 0 of npr-nx-s1-1"),
    "the page alone": ("npr-nx-s1-5", 0, "page alone", "no name"),
    "a cue": ("npr-nx-s1-3", 3, "name", "none: a cue is what is heard"),
    "a singer": ("npr-nx-s1-1", 1, "person", "none: nothing but singing"),
    "a band": ("npr-nx-s1-4", 1, "person", "none: a correction says"),
    "who says so": ("npr-nx-s1-4", 1, "correction", "not_a_person by me, 2026-03-21: a duo (their site)"),
}


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Three pages with a host's full name, one with her surname alone, and one that says what the first does."""
    home = tmp_path_factory.mktemp("show")
    settings = load_settings(home=home / "home", corrections_file=home / "corrections.toml")
    facts = {"who": "me", "when": date(2026, 3, 21), "why": "a duo", "evidence": "their site"}
    add_correction(home / "corrections.toml", {"what": "not_a_person", "name": BAND.name, **facts})
    write_crawl(
        home / "crawl",
        [
            Crawled(npr.transcript_url(story), story.published_at, npr.transcript_page(story, story.published_at).body)
            for story in SHOW
        ],
    )
    with open_rooms(settings) as rooms:
        import_files(sorted((home / "crawl").rglob("*.warc.gz")), None, "run", rooms)
    return settings


@pytest.mark.parametrize(("page", "turn", "what", "told"), TELLING.values(), ids=TELLING)
def test_what_the_whole_lake_says_of_a_turn(show: Settings, page: str, turn: int, what: str, told: str) -> None:
    lines = [line for heading, line in explain(show, page, turn) if heading == what]
    assert any(told in line for line in lines), lines


def test_a_turn_that_is_not_there(settings: Settings) -> None:
    with pytest.raises(UsageError, match="no transcript"):
        explain(settings, "npr-nothing", 0)


def test_a_correction_is_applied_explained_and_taken_back(settings: Settings) -> None:
    turn = _named(settings)
    file = settings.corrections_file
    assert file is not None
    page = str(turn["transcript_id"])
    facts = {"who": "me", "when": STORY.published_at.date(), "why": "heard", "evidence": "the audio"}
    add_correction(file, {"what": "speaker", "page": page, "label": turn["speaker_label"], "name": "Ana Diaz", **facts})

    with open_rooms(settings) as rooms:
        assert correct_pages(rooms) == 1
        assert correct_pages(rooms) == 0
        assert unmatched(rooms.known.corrections, settings) == []
    told = _told(settings, turn)
    assert told["name"].startswith("Ana Diaz, by the rule correction")
    assert told["page alone"].startswith(str(turn["speaker_name"]))
    assert "the audio" in told["correction"]

    (entry,) = load_corrections(file).standing
    undo_correction(file, entry.correction_id, STORY.published_at.date())
    with open_rooms(settings) as rooms:
        assert correct_pages(rooms) == 1
    assert _named(settings) == turn


def test_what_was_corrected_about_a_name_is_told_where_it_is_heard() -> None:
    by_me = 'who = "me"\nwhen = 2026-03-20\nwhy = "heard"\nevidence = "the audio"\n'
    corrections = parse_corrections(
        f'[[correction]]\nwhat = "same_person"\nnames = ["Ana Diaz", "Anna Diaz"]\n{by_me}'
        f'[[correction]]\nwhat = "speaker"\npage = "npr-1"\nlabel = "DIAZ"\nname = "Ana Diaz"\n{by_me}',
        Path("corrections.toml"),
    )

    def told(name: str) -> list[tuple[str, str]]:
        return list(of_person({"speaker_name": name, "person_id": "somebody"}, [], corrections))

    person = ("person", "somebody")
    assert told("Anna Diaz") == [person, ("correction", "same_person by me, 2026-03-20: heard (the audio)")]
    assert told("Bo Li") == [person]


def test_one_that_matches_nothing_is_told(settings: Settings) -> None:
    file = settings.corrections_file
    assert file is not None
    facts = {"who": "me", "when": STORY.published_at.date(), "why": "heard", "evidence": "the audio"}
    add_correction(file, {"what": "field", "page": "npr-nothing", "field": "program", **facts})
    with open_rooms(settings) as rooms:
        correct_pages(rooms)
        (line,) = unmatched(rooms.known.corrections, settings)
    assert "npr-nothing" in line
    assert unmatched_in(settings) == [line]
    with Ledger(settings) as ledger:
        assert line in render(figures_of(ledger, datetime(2026, 3, 21, tzinfo=UTC)), [line])
        assert line in to_markdown(RunReport(RUN, (), ()), [line])
