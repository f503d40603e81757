import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.errors import LedgerError
from pipeline.exchanges import Validators
from pipeline.ledger import Discovered, DueFilter, Ledger, Look, Run, Scope, Settlement, Visit, schema
from pipeline.ledger.frontier import due
from pipeline.ledger.history import begin_run, coverage, end_run, last_runs, outcome_counts, run_of, troubles
from pipeline.ledger.links import listing_validators, note_listing, note_listing_failed, note_pages
from pipeline.settings import Settings, load_settings

NIGHT = datetime(2026, 3, 21, 7, 15, tzinfo=UTC)
DAY = date(2026, 3, 20)
LISTING = "https://www.npr.org/programs/morning-edition/archive?date=3-20-2026"
WANTED = DueFilter("npr", NIGHT, DAY, DAY, Scope.NIGHT)


def page(number: int, air_date: date | None = DAY, due_at: datetime | None = NIGHT) -> Discovered:
    url = f"https://www.npr.org/transcripts/{number}"
    return Discovered(url, "npr", "Morning Edition", air_date, LISTING, NIGHT, due_at)


def visit(url: str, number: int = 0, status: int | None = 200, run_id: str = "r1") -> Visit:
    return Visit(url, run_id, f"capture-{number}", NIGHT + timedelta(seconds=number), 0.5, 1, 1000, status)


def urls(ledger: Ledger, wanted: DueFilter = WANTED) -> list[int]:
    return [int(state.url.rpartition("/")[2]) for state in due(ledger, wanted)]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path)


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    with Ledger(settings) as opened:
        yield opened


def test_links_are_noted_once_and_known_ones_learn_their_air_date(ledger: Ledger) -> None:
    assert note_listing(ledger, visit(LISTING), "npr", Validators("e1", None), [page(1), page(2, None)]) == 2
    assert (
        note_listing(
            ledger, visit(LISTING, 1), "npr", Validators("e1", None), [page(1, date(2020, 1, 1)), page(2), page(3)]
        )
        == 1
    )

    states = {state.url: state for state in due(ledger, WANTED)}
    assert [state.air_date for state in states.values()] == [DAY, DAY, DAY]
    assert listing_validators(ledger, LISTING) == Validators("e1", None)
    assert listing_validators(ledger, "https://www.npr.org/none") is None


def test_a_listing_that_is_never_answered_304_is_not_asked_conditionally_any_more(ledger: Ledger) -> None:
    tag = Validators('"e"', None)

    def look(number: int, digest: str | None, status: int = 200) -> Validators | None:
        note_listing(ledger, visit(LISTING, number, status), "npr", tag, (), digest)
        return listing_validators(ledger, LISTING)

    assert [look(n, "same") for n in range(3)] == [tag, tag, tag]  # the first look had nothing to ask with
    assert look(3, None, 304) == tag  # it does heed them, after all
    assert [look(n, "same") for n in range(4, 6)] == [tag, tag]
    assert look(6, "other") == tag  # whole because it had changed
    assert look(7, "other") is None
    assert look(8, "other") is None
    counted = {count.outcome: count.count for count in outcome_counts(ledger, "r1")}
    assert counted == {"read": 2, "unchanged": 7}


def test_a_ledger_of_the_version_before_is_brought_up_to_date(settings: Settings) -> None:
    settings.ledger_file.parent.mkdir(exist_ok=True)
    with sqlite3.connect(settings.ledger_file) as old:
        for statement in schema._MIGRATIONS[0].split(";\n"):
            old.execute(statement)
        old.execute("PRAGMA user_version = 1")
        old.execute(
            "INSERT INTO urls (url, kind, first_seen_at, counted_from, etag) VALUES (?, 'listing', '', '', 'e1')",
            (LISTING,),
        )
    old.close()

    with Ledger(settings) as ledger:
        assert listing_validators(ledger, LISTING) == Validators("e1", None)
    with Ledger(settings) as ledger:
        assert ledger.rows("PRAGMA user_version")[0][0] == schema.VERSION


def test_due_pages_come_newest_first_and_only_those_wanted(ledger: Ledger) -> None:
    later = NIGHT + timedelta(hours=1)
    old, older = DAY - timedelta(days=1), DAY - timedelta(days=9)
    note_pages(
        ledger,
        [
            page(1, older),
            page(2, old),
            page(3),
            page(4, None),
            page(5, due_at=later),
            page(6, due_at=None),
        ],
        NIGHT,
    )

    assert urls(ledger) == [4, 3]
    assert urls(ledger, replace(WANTED, first=older)) == [4, 3, 2, 1]
    assert urls(ledger, replace(WANTED, scope=Scope.DAYS, first=older, last=old)) == [2, 1]
    assert urls(ledger, replace(WANTED, source_id="kpbs")) == []


def archived(number: int, url: str) -> Look:
    return Look(
        visit(url, number),
        warc_file="a.warc.gz",
        warc_offset=number,
        payload_digest=f"sha256:{number}",
        validators=Validators(f"e{number}", None),
    )


def test_an_archived_look_stays_open_until_it_is_settled(ledger: Ledger) -> None:
    note_pages(ledger, [page(1)], NIGHT)
    url = page(1).url
    ledger.note_look(archived(7, url))
    ledger.note_look(archived(7, url))

    (look,) = ledger.open_looks("npr")
    state = ledger.state(url)
    assert (look.outcome, look.warc_file, look.warc_offset) == (None, "a.warc.gz", 7)
    assert state is not None
    assert (state.validators, state.payload_digest, state.outcome) == (Validators("e7", None), "sha256:7", None)
    assert ledger.knows_capture("capture-7")
    assert not ledger.knows_capture("capture-8")

    next_day = NIGHT + timedelta(days=1)
    ledger.settle([Settlement(look.look_id, url, "published", None, next_day, "new", air_date=date(2026, 3, 19))])

    state = ledger.state(url)
    assert state is not None
    assert (state.outcome, state.air_date) == ("published", date(2026, 3, 19))
    assert ledger.open_looks("npr") == []
    assert urls(ledger) == []
    assert urls(ledger, replace(WANTED, at=next_day)) == [1]


def test_a_page_that_did_not_change_keeps_its_outcome(ledger: Ledger) -> None:
    note_pages(ledger, [page(1)], NIGHT)
    ledger.note_look(archived(1, page(1).url))
    (look,) = ledger.open_looks("npr")
    ledger.settle([Settlement(look.look_id, look.url, "not_yet", None, NIGHT)])
    ledger.note_unchanged(visit(look.url, 2, 304), None)

    state = ledger.state(look.url)
    assert state is not None
    assert state.outcome == "not_yet"
    assert urls(ledger) == []


def test_a_look_knows_what_was_before_it(ledger: Ledger) -> None:
    note_pages(ledger, [page(1)], NIGHT)
    url = page(1).url
    for look in (archived(1, url), Look(visit(url, 2, None), "fetch_failed:dns", "no address"), archived(3, url)):
        ledger.note_look(look)

    first, failed, last = ledger.open_looks("npr")
    assert ledger.outcome_before(first) is None
    assert ledger.outcome_before(last) == "fetch_failed:dns"
    assert ledger.transcript_before(last) is None
    ledger.settle(
        [Settlement(first.look_id, url, "published", None, None), Settlement(failed.look_id, url, "gone", None, None)]
    )
    assert ledger.transcript_before(first) is None
    assert ledger.transcript_before(last) == ("a.warc.gz", 1)


def test_a_transaction_that_fails_leaves_nothing(ledger: Ledger) -> None:
    def pages() -> Iterator[Discovered]:
        yield page(1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        note_listing(ledger, visit(LISTING), "npr", Validators("e1"), pages())

    assert ledger.state(page(1).url) is None
    assert listing_validators(ledger, LISTING) is None


def test_runs_and_their_counts(ledger: Ledger) -> None:
    run = Run("r1", "nightly", {"date": "2026-03-20"}, NIGHT, None, "running")
    begin_run(ledger, run)
    note_listing(ledger, visit(LISTING), "npr", None, [page(1), page(2)])
    note_listing_failed(ledger, visit("https://feeds.npr.org/1.xml", 9, None), "npr", "fetch_failed:dns", "no address")
    ledger.note_look(archived(1, page(1).url))
    ledger.note_look(Look(visit(page(2).url, 2, None), "fetch_failed:dns", "no address"))
    archived_look, failed_look = ledger.open_looks("npr")
    ledger.settle(
        [
            Settlement(archived_look.look_id, archived_look.url, "published", None, None, "new"),
            Settlement(failed_look.look_id, failed_look.url, "fetch_failed:dns", "no address", NIGHT),
        ]
    )
    end_run(ledger, "r1", "completed", NIGHT + timedelta(minutes=1))

    found = {(count.kind, count.outcome): count for count in outcome_counts(ledger, "r1")}
    assert {key: count.count for key, count in found.items()} == {
        ("page", "published"): 1,
        ("page", "fetch_failed:dns"): 1,
        ("listing", "read"): 1,
        ("listing", "fetch_failed:dns"): 1,
    }
    assert (found["page", "published"].new, found["page", "published"].revised) == (1, 0)
    assert {look.url for look in troubles(ledger, "r1", 10)} == {page(2).url, "https://feeds.npr.org/1.xml"}
    ended = replace(run, finished_at=NIGHT + timedelta(minutes=1), status="completed")
    assert run_of(ledger, "r1") == ended
    assert last_runs(ledger, 5) == [ended]
    (npr,) = coverage(ledger)
    assert (npr.pages, npr.published, npr.failed, npr.waiting, npr.newest_air_date) == (2, 1, 1, 0, DAY)


def test_two_processes_may_share_the_file(ledger: Ledger, settings: Settings) -> None:
    with Ledger(settings) as other:
        note_pages(ledger, [page(1)], NIGHT)
        note_pages(other, [page(1), page(2)], NIGHT)

    assert urls(ledger) == [1, 2]


def test_a_newer_ledger_is_refused_in_one_line(settings: Settings) -> None:
    Ledger(settings).close()
    connection = sqlite3.connect(settings.ledger_file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(LedgerError, match="upgrade asrun"):
        Ledger(settings)


def test_a_file_that_is_no_ledger_is_refused_in_one_line(settings: Settings) -> None:
    settings.ledger_file.write_text("not a database, and long enough to be read as one" * 50)

    with pytest.raises(LedgerError, match="not a database"):
        Ledger(settings)


def test_a_ledger_that_another_process_holds_is_told_apart_from_a_bad_disk(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    with Ledger(settings) as holder, Ledger(settings) as waiting, holder.transaction():
        waiting.rows("PRAGMA busy_timeout = 0")
        with pytest.raises(LedgerError, match="another process is writing it"), waiting.transaction():
            pass
