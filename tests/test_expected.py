"""Counts and expectations that the ledger keeps are those that come of counting all pages, whatever happened before."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from pipeline.coverage import DayCoverage, covered
from pipeline.expected import gaps, keep_expectations, known_since, missing_of_sources
from pipeline.ledger import Coverage, DayCount, Discovered, Failure, Figures, Ledger, Look, Reread, Settlement, Visit
from pipeline.ledger.days import days_where, page_sources
from pipeline.ledger.expectations import changes, missing_pages, note_published
from pipeline.ledger.history import coverage, failures
from pipeline.ledger.links import note_listing, note_listing_failed, note_pages
from pipeline.settings import load_settings
from tests.counted import coverage_of, day_counts

MONDAY = date(2026, 3, 2)
AT = datetime(2026, 3, 3, 7, 15, tzinfo=UTC)
PROGRAMS = ("All Things Considered", "Morning Edition", None)
OUTCOMES = ("published", "not_yet", "rejected:empty", "not_a_transcript", "gone", "fetch_failed:dns")


@dataclass(frozen=True, slots=True)
class Story:
    """What happens to a ledger, and the numbers of the pages that it happened to."""

    ledger: Ledger
    serial: Iterator[int]
    urls: list[str]

    def note(self, source_id: str | None, program: str | None, day: date | None) -> None:
        url = f"https://www.npr.org/{next(self.serial)}"
        note_pages(self.ledger, [Discovered(url, source_id, program, day, None, AT, AT)], AT)
        self.urls.append(url)

    def look(self, at: int, outcome: str, program: str | None, day: date | None) -> None:
        visit = self.visit(at)
        self.ledger.note_look(Look(visit, outcome))
        (look,) = self.ledger.open_looks_of_run(visit.run_id)
        figures = Figures("A title", 100 + at, 5, 4) if outcome == "published" else None
        self.ledger.settle([
            Settlement(look.look_id, look.url, outcome, None, None, None, program, day, AT if day else None, figures)
        ])  # fmt: skip

    def visit(self, at: int) -> Visit:
        number = next(self.serial)
        return Visit(self.urls[at % len(self.urls)], f"r{number}", f"c{number}", AT)


Event = Callable[[Story], None]
sources = st.sampled_from(("kpbs", "npr"))
programs = st.sampled_from(PROGRAMS)
days = st.integers(0, 260).map(lambda number: MONDAY + timedelta(days=number))


@st.composite
def series(draw: st.DrawFn) -> Event:
    """A programme that is listed on some weekdays of some weeks."""
    source_id, program = draw(sources), draw(programs)
    first, weeks = draw(st.integers(0, 15)), draw(st.integers(1, 20))
    weekdays, pages = draw(st.sets(st.integers(0, 6), min_size=1, max_size=2)), draw(st.integers(1, 3))
    missed = draw(st.sets(st.integers(0, 20), max_size=4))

    def happen(story: Story) -> None:
        for week in set(range(weeks)) - missed:
            for weekday in weekdays:
                for _ in range(pages):
                    story.note(source_id, program, MONDAY + timedelta(weeks=first + week, days=weekday))

    return happen


@st.composite
def page(draw: st.DrawFn) -> Event:
    """A page, perhaps of no source, no programme or no day."""
    source_id, program, day = draw(sources | st.none()), draw(programs), draw(days | st.none())
    return lambda story: story.note(source_id, program, day)


@st.composite
def look(draw: st.DrawFn) -> Event:
    """A look at a page, which may say that it is of another day."""
    at, outcome = draw(st.integers(0, 500)), draw(st.sampled_from(OUTCOMES))
    program, day = draw(programs), draw(st.none() | days)
    return lambda story: story.look(at, outcome, program, day) if story.urls else None


@st.composite
def unchanged(draw: st.DrawFn) -> Event:
    """A look that learns nothing."""
    at = draw(st.integers(0, 500))
    return lambda story: story.ledger.note_unchanged(story.visit(at), None) if story.urls else None


@st.composite
def reread(draw: st.DrawFn) -> Event:
    """Another parser makes another thing of a page."""
    at, outcome = draw(st.integers(0, 500)), draw(st.sampled_from(OUTCOMES[:4]))

    def happen(story: Story) -> None:
        if story.urls:
            visit = story.visit(at)
            story.ledger.note_look(Look(visit, None, None, "a.warc.gz", 1, "sha256:1"))
            story.look(at, "published", None, None)
            figures = Figures(None, 70, 3, 3) if outcome == "published" else None
            story.ledger.amend([Reread(visit.capture_id, outcome, None, figures)])

    return happen


@st.composite
def kept(draw: st.DrawFn) -> Event:
    """The end of a run, up to some day; what it found is published or is not."""
    until, is_published = draw(days), draw(st.booleans())

    def happen(story: Story) -> None:
        keep_expectations(story.ledger, until)
        if is_published:
            note_published(story.ledger, changes(story.ledger).newest)

    return happen


def listing(story: Story) -> None:
    """A listing that fails: no page."""
    number = next(story.serial)
    visit = Visit(f"https://wuky.org/feed{number % 3}", "r", f"l{number % 7}", AT)
    note_listing_failed(story.ledger, visit, "wuky", f"fetch_failed:{('dns', 'timeout')[number % 2]}", "")


def listing_read(story: Story) -> None:
    """A listing that names no page, and failed before perhaps."""
    number = next(story.serial)
    note_listing(story.ledger, Visit(f"https://wuky.org/feed{number % 3}", "r", f"m{number}", AT), "wuky", None, ())


HISTORIES = st.lists(
    series() | page() | look() | look() | unchanged() | reread() | kept() | st.sampled_from([listing, listing_read])
)


@given(HISTORIES, days, st.integers(0, 80))
def test_what_is_kept_is_what_counting_all_pages_gives(history: list[Event], until: date, later: int) -> None:
    with TemporaryDirectory() as home, Ledger(load_settings(home=Path(home))) as ledger:
        story = Story(ledger, count(), [])
        with ledger.transaction():
            for happen in history:
                happen(story)

        assert page_sources(ledger) == sorted(one.source_id for one in coverage(ledger) if one.pages and one.source_id)
        assert coverage(ledger) == counted_sources(ledger)
        assert failures(ledger) == counted_failures(ledger)
        assert bare(day_counts(ledger)) == counted_days(ledger)
        for day in (until, until + timedelta(days=later)):
            counted = counted_coverage(ledger, day)
            since = [covered(one) for one in known_since(ledger, until, day)]
            assert since == [one for one in counted if one.air_date >= until]
            missing = [one for one in counted if one.missing]
            assert sorted(gaps(ledger, day), key=place) == missing
            assert {one: pages for one, pages in missing_of_sources(ledger, day).items() if pages} == {
                source_id: sum(one.missing for one in missing if one.source_id == source_id)
                for source_id in {one.source_id for one in missing}
            }
        keep_expectations(ledger, until)

        left = sorted(kept_coverage(ledger), key=place)
        assert left == counted_coverage(ledger, until)
        assert missing_pages(ledger) == {
            source_id: pages
            for source_id in {one.source_id for one in left}
            if (pages := sum(one.missing for one in left if one.source_id == source_id))
        }


def place(day: DayCoverage) -> tuple[str, str, date]:
    return day.source_id, day.program or "", day.air_date


def bare(found: Iterable[DayCount]) -> list[tuple[object, ...]]:
    """The counts, without what is expected."""
    return [
        (one.source_id, one.program, one.air_date, one.listed, one.published, one.not_yet, one.rejected, one.gone,
         one.word_count)
        for one in found
    ]  # fmt: skip


def kept_coverage(ledger: Ledger) -> list[DayCoverage]:
    """What is kept."""
    return [
        DayCoverage(
            one.source_id, one.program, one.air_date, one.expected, one.published, one.not_yet, one.rejected, one.gone
        )
        for one in days_where(ledger, "WHERE expected > 0", {})
    ]


def counted_coverage(ledger: Ledger, until: date) -> list[DayCoverage]:
    """What all pages come to."""
    counts = [DayCount(*values) for values in counted_days(ledger)]  # type: ignore[arg-type]  # as `bare` has them
    return list(coverage_of(counts, until))


def counted_days(ledger: Ledger) -> list[tuple[object, ...]]:
    """Each page looked at by itself."""
    found: dict[tuple[str, str, date], list[int]] = {}
    for row in ledger.rows("SELECT * FROM urls WHERE kind = 'page' AND source_id IS NOT NULL AND air_date IS NOT NULL"):
        if (state := standing(row["program"], row["word_count"], row["outcome"])) is None:
            continue
        where = row["source_id"], row["program"] or "", date.fromisoformat(row["air_date"])
        counts = found.setdefault(where, [0] * 6)
        counts[0] += 1
        if state != "open":
            counts[("published", "not_yet", "rejected", "gone").index(state) + 1] += 1
        if state == "published":
            counts[5] += row["word_count"] or 0
    return [(source_id, program or None, day, *counts) for (source_id, program, day), counts in sorted(found.items())]


def standing(program: str | None, words: int | None, outcome: str | None) -> str | None:
    """Where a page stands in the count of its day; None: it does not count."""
    if outcome == "gone":
        return None if program is None and words is None else "gone"
    if words is not None or outcome == "published":
        return "published"
    if outcome is None or outcome.startswith("fetch_failed:"):
        return None if program is None else "open"
    if outcome == "not_a_transcript":
        return None
    return outcome.split(":", maxsplit=1)[0]


def counted_sources(ledger: Ledger) -> list[Coverage]:
    """Each source's pages, looked at one by one."""
    found: list[Coverage] = []
    rows = ledger.rows("SELECT * FROM urls")
    looked = {row["source_id"]: row["looked_at"] for row in ledger.rows("SELECT * FROM last_looks")}
    for source_id in sorted({row["source_id"] for row in rows}, key=lambda one: one or ""):
        pages = [row for row in rows if row["kind"] == "page" and row["source_id"] == source_id]
        outcomes = [row["outcome"] or "" for row in pages]
        published = [row["air_date"] for row in pages if row["outcome"] == "published" and row["air_date"]]
        looked_at = looked.get(source_id or "")
        found.append(
            Coverage(
                source_id=source_id,
                pages=len(pages),
                published=outcomes.count("published"),
                not_yet=outcomes.count("not_yet"),
                without_transcript=outcomes.count("not_a_transcript"),
                gone=outcomes.count("gone"),
                failed=sum(":" in outcome for outcome in outcomes),
                waiting=sum(row["looks"] == 0 for row in pages),
                newest_air_date=date.fromisoformat(max(published)) if published else None,
                last_look_at=datetime.fromisoformat(looked_at) if looked_at else None,
            )
        )
    return found


def counted_failures(ledger: Ledger) -> list[Failure]:
    """Each page, and the last look at each listing."""
    found: dict[tuple[str | None, str, str], list[str]] = {}
    last = {row["url"]: row["outcome"] for row in ledger.rows("SELECT url, outcome FROM looks ORDER BY look_id")}
    for row in ledger.rows("SELECT * FROM urls ORDER BY url"):
        outcome = row["outcome"] if row["kind"] == "page" else last[row["url"]]
        if outcome and ":" in outcome:
            found.setdefault((row["source_id"], row["kind"], outcome), []).append(row["url"])
    failing = [Failure(*of, len(urls), urls[0]) for of, urls in found.items()]
    return sorted(failing, key=lambda one: (one.source_id or "", one.kind != "page", -one.urls, one.outcome))
