"""A page that was published meets every fault: one outcome is recorded, and what was published stands."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from pipeline.ingest import plans
from pipeline.ingest.fetching import fetch
from pipeline.ingest.publishing import publish
from pipeline.ingest.reparsing import reparse
from pipeline.ingest.work import open_rooms, recorded_run
from pipeline.lake.tables.changes import Counts
from pipeline.ledger import Discovered, Ledger
from pipeline.ledger.links import note_pages
from pipeline.parse import parse_page
from pipeline.query.session import connect
from pipeline.records import GONE, PUBLISHED
from pipeline.report import RunReport
from pipeline.settings import Settings, load_settings
from pipeline.sources import load_sources
from tests.network import nights, npr
from tests.network.fault_server import FaultServer, Reply, page
from tests.network.faults import FAULTS, MAX_DECODED_BYTES, MAX_WIRE_BYTES, ODD_PAGES
from tests.network.stories import STORIES
from tests.running import FIRST_DAY, NOW, report_of

STORY = STORIES[0]
Script = dict[str, Sequence[Reply]]
Rows = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Case:
    """A page that is a transcript on the first night and on the third, and meets a fault on the second."""

    name: str
    outcome: str
    number: int
    host: str
    path: str
    reply: Reply
    others: Mapping[str, Sequence[Reply]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"https://{self.host}{self.path}"

    def good(self) -> Script:
        """A transcript of its own: the story, under another id."""
        body = npr.transcript_page(STORY, nights.modified_at(STORY, 1), is_empty=False).body
        body = body.replace(STORY.story_id.encode(), f"nx-s1-{8_000_000 + self.number}".encode())
        return {f"{self.host}{self.path}": [page(body)]}

    def bad(self) -> Script:
        return {f"{self.host}{path}": replies for path, replies in {self.path: [self.reply], **self.others}.items()}


# Each fault at a host of its own, since some are held against the whole host; odd pages where transcripts stand.
CASES = [
    *(
        Case(fault.name, fault.outcome, number, f"fault-{number}.example", "/page", fault.reply, fault.others)
        for number, fault in enumerate(FAULTS)
        if fault.has_address and fault.certificate is None
    ),
    *(
        Case(odd.name, odd.outcome, number, npr.HOST, f"/transcripts/nx-s1-{8_000_000 + number}", odd.reply)
        for number, odd in enumerate(ODD_PAGES, start=500)
    ),
]


@dataclass(frozen=True, slots=True)
class Nights:
    """What three nights left: the lake's rows and each page's outcome after each; what a reparse would change."""

    reports: list[RunReport]
    rows: list[Rows]
    outcomes: list[dict[str, str]]
    captures: dict[str, list[str]]
    reparsed: dict[str, Counts]


def look_at_all(settings: Settings) -> RunReport:
    """A run that looks at every page, due or not."""
    with open_rooms(settings) as rooms, recorded_run(settings, "nightly", {}) as run_id:
        (wanted,) = plans.nightly(run_id, FIRST_DAY, [rooms.sources.get("npr")], NOW, limit=500)
        with Ledger(settings) as ledger:
            note_pages(ledger, [Discovered(case.url, "npr", None, FIRST_DAY, None, NOW, NOW) for case in CASES], NOW)
            pages = [state for case in CASES if (state := ledger.state(case.url))]
        fetch(wanted, pages, rooms)
        publish(wanted, rooms)
    return report_of(settings, run_id)


def table(settings: Settings, query: str) -> Rows:
    with connect(settings) as session:
        return [dict(row) for row in session.arrow(query).to_pylist()]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    home = tmp_path_factory.mktemp("home")
    found = Nights([], [], [], {}, {})
    good: Script = {key: reply for case in CASES for key, reply in case.good().items()}
    bad: Script = {key: reply for case in CASES for key, reply in case.bad().items()}
    # Little patience where servers stall, and as much as usual where a busy machine might seem to.
    impatient = {"read_timeout_seconds": 0.5, "deadline_seconds": 1.2}
    for script, patience in ((good, {}), (bad, impatient), (good, {})):
        with FaultServer(script, hosts=sorted({case.host for case in CASES})) as server:
            settings = load_settings(
                home=home, host_map=server.host_map, min_gap_seconds=0, delay_factor=0, retries=0,
                max_wire_bytes=MAX_WIRE_BYTES, max_decoded_bytes=MAX_DECODED_BYTES, **patience,
            )  # fmt: skip
            found.reports.append(look_at_all(settings))
        found.rows.append(table(settings, "FROM transcripts JOIN turns USING (transcript_id) ORDER BY ALL"))
        with Ledger(settings) as ledger:
            found.outcomes.append({row["url"]: row["outcome"] for row in ledger.rows("SELECT url, outcome FROM urls")})
        shutil.rmtree(home / "pacing")  # days later
    for row in table(settings, "SELECT url, outcome FROM captures ORDER BY captured_at"):
        found.captures.setdefault(str(row["url"]), []).append(str(row["outcome"]))
    with open_rooms(settings) as rooms:
        found.reparsed.update(reparse(rooms, dry_run=True).tables)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_outcome_is_recorded_and_what_was_published_stands(seen: Nights, case: Case) -> None:
    assert [night[case.url] for night in seen.outcomes] == [PUBLISHED, case.outcome, PUBLISHED]
    assert seen.captures[case.url][:2] == [PUBLISHED, case.outcome]


def in_another_coding(body: bytes) -> dict[str, bytes]:
    """A page whose letters outside ASCII are sent in codings that its header does not name."""
    text = body.decode().replace("the water stood", "the r\u00edo \u2014 the water \u2014 stood")
    return {"utf-8": text.encode(), "cp1252": text.encode("cp1252"), "utf-16": text.encode("utf-16")}


@pytest.mark.parametrize("said", ["utf-8", "iso-8859-1", "us-ascii", "x-none"])
def test_a_header_that_lies_about_the_charset_changes_no_word(said: str) -> None:
    story = next(story for story in STORIES if story.story_id in nights.REVISED)
    body = npr.transcript_page(story, nights.modified_at(story, 1), is_empty=False).body
    readings = {
        coding: parse_page(
            sent, url=npr.transcript_url(story), content_type=f"text/html; charset={said}", sources=load_sources(None)
        )
        for coding, sent in in_another_coding(body).items()
    }

    assert {reading.outcome for reading in readings.values()} == {PUBLISHED}
    texts = {tuple(turn.text for turn in reading.turns) for reading in readings.values()}
    assert len(texts) == 1
    assert "r\u00edo \u2014 the water \u2014 stood" in " ".join(texts.pop())


def test_every_page_is_looked_at_once_a_night_and_counted(seen: Nights) -> None:
    first, second, third = (report.pages for report in seen.reports)
    expected = [case.outcome for case in CASES]

    assert first == {PUBLISHED: len(CASES)}
    assert second == {outcome: expected.count(outcome) for outcome in second}
    assert sum(second.values()) == len(CASES)
    assert third == {"unchanged": len(CASES)}


def test_no_row_of_what_was_published_changes(seen: Nights) -> None:
    assert len({row["transcript_id"] for row in seen.rows[0]}) == len(CASES)
    first, second, third = ({url_and_turn(row): row for row in rows} for rows in seen.rows)
    gone = {case.url for case in CASES if case.outcome == GONE}
    assert gone
    for night, marks in ((second, {"gone_at"}), (third, {"revision", "captured_at", "capture_id"})):
        assert night.keys() == first.keys()
        for key, row in night.items():
            changed = {name for name, value in row.items() if value != first[key][name]}
            assert changed == (marks if row["url"] in gone else set()), "a page that was gone is marked, and came back"
    assert not any(seen.reparsed.values())


def url_and_turn(row: dict[str, object]) -> tuple[object, object]:
    return row["url"], row["turn_index"]


def test_odd_pages_are_archived_all_the_same(seen: Nights) -> None:
    for case in CASES:
        if case.host == npr.HOST:
            assert seen.captures[case.url] == [PUBLISHED, case.outcome, "unchanged"]
        else:
            assert len(seen.captures[case.url]) == (3 if case.outcome == GONE else 2)
