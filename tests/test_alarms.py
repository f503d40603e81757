"""Each alarm is seen to fire and seen not to fire; causes by name; and a year of ordinary nights is quiet."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

import pytest

from pipeline.alarms import FACTS, Finding, SourceFacts, judge
from pipeline.causes import cause_of
from pipeline.freshness import freshness
from pipeline.ledger import LookCount, PageFigures

TODAY = date(2026, 3, 31)
DAY = timedelta(days=1)
DAILY = {TODAY - number * DAY for number in range(40)}
LISTING = "https://www.kpbs.org/news.rss"


def look(outcome: str, count: int = 1, kind: str = "listing") -> LookCount:
    return LookCount("kpbs", kind, outcome, count, LISTING, f"what was seen at {outcome}")


READ = look("read", 3)
QUIET = (READ, look("published", 5, "page"))


def pages(
    outcome: str = "published", *, turns: int = 20, named: int = 15, first: int = 35, last: int = 0, a_day: int = 9
) -> list[PageFigures]:
    """So many pages a day, from `first` days ago to `last` days ago."""
    has_text = outcome == "published"
    return [
        PageFigures(
            "kpbs", "News", TODAY - ago * DAY, outcome, turns if has_text else None, named if has_text else None
        )
        for ago in range(first, last - 1, -1)
        for _ in range(a_day)
    ]


def found(
    *parts: Sequence[PageFigures], looks: Sequence[LookCount] = QUIET, silent: int = 0, standing: Sequence[str] = ()
) -> list[Finding]:
    known = sorted((page for part in parts for page in part), key=lambda page: page.day)
    fresh = freshness("kpbs", DAILY, TODAY + silent * DAY)
    return list(judge(SourceFacts(fresh, TODAY, known, looks), dict.fromkeys(standing, TODAY - 3 * DAY)))


BEFORE = pages(last=3)
SAME = pages(first=2)

SILENCES = {
    "dns": ((look("fetch_failed:dns", 3),), "dns"),
    "connection refused": ((look("fetch_failed:refused", 3),), "refused"),
    "a server's errors": ((look("fetch_failed:http_500", 3),), "refused"),
    "robots.txt out of reach": ((look("fetch_failed:robots_unreachable", 3),), "refused"),
    "listings gone": ((look("gone", 3),), "not_found"),
    "403": ((look("fetch_failed:http_403", 2), look("read")), "blocked"),
    "robots.txt": ((look("fetch_failed:robots", 3),), "robots"),
    "timeouts": ((look("fetch_failed:timeout", 2), look("fetch_failed:deadline")), "slow"),
    "listings that are no feeds": ((look("rejected:not_a_feed", 3),), "layout_changed"),
    "pages refused": ((READ, look("fetch_failed:http_403", 5, "page")), "blocked"),
    "pages rejected": ((READ, look("rejected:malformed", 5, "page")), "layout_changed"),
    "pages without anything": ((READ, look("rejected:empty", 5, "page")), "empty"),
    "pages that hold none any more": ((READ, look("not_a_transcript", 9, "page")), "layout_changed"),
    "nothing new is listed": ((READ, look("unchanged", 5, "page")), "empty"),
    "one listing of many fails": ((look("read", 5), look("fetch_failed:dns")), "empty"),
    "no run has looked": ((), "not_looked"),
}


@pytest.mark.parametrize(("looks", "cause"), SILENCES.values(), ids=SILENCES)
def test_silence_names_its_cause(looks: Sequence[LookCount], cause: str) -> None:
    (alarm,) = (one for one in found(BEFORE, looks=looks, silent=9) if one.kind == "no_new_stories")

    assert alarm.cause == cause
    assert "9 days ago" in alarm.detail
    assert found(BEFORE, looks=QUIET, silent=2) == []


@pytest.mark.parametrize("looks", [looks for looks, _ in SILENCES.values()], ids=SILENCES)
def test_a_run_that_fails_at_a_fresh_source_is_no_silence(looks: Sequence[LookCount]) -> None:
    assert "no_new_stories" not in {one.kind for one in found(BEFORE, SAME, looks=looks)}


REFUSALS = {
    "robots.txt forbids listings": ((look("fetch_failed:robots", 2), look("read")), "robots"),
    "403 for listings": ((look("fetch_failed:http_403", 1), look("read")), "blocked"),
    "403 for pages": ((READ, look("fetch_failed:http_403", 3, "page")), "blocked"),
    "robots.txt forbids pages": (
        (READ, look("fetch_failed:robots", 4, "page"), look("published", 3, "page")),
        "robots",
    ),
    "one page of many is forbidden": (
        (READ, look("fetch_failed:http_403", 3, "page"), look("published", 9, "page")),
        None,
    ),
    "two pages are too few to say": ((READ, look("fetch_failed:http_403", 2, "page")), None),
    "too many requests": ((look("fetch_failed:http_429", 3),), None),
    "out of reach": ((look("fetch_failed:dns", 3),), None),
    "no page was due": ((READ,), None),
}


@pytest.mark.parametrize(("looks", "cause"), REFUSALS.values(), ids=REFUSALS)
def test_refusing(looks: Sequence[LookCount], cause: str | None) -> None:
    alarms = [one for one in found(BEFORE, SAME, looks=looks) if one.kind == "refusing"]

    assert [one.cause for one in alarms] == ([cause] if cause else [])


FIGURES = {
    "as ever": (pages(first=2), None),
    "rejected more than a fifth": (
        [*pages(first=2, a_day=7), *pages("rejected:malformed", first=2, a_day=3)],
        "rejects_up",
    ),
    "rejected less": ([*pages(first=2, a_day=9), *pages("rejected:malformed", first=2, a_day=1)], None),
    "written stories are no rejects": ([*pages(first=2, a_day=3), *pages("not_a_transcript", first=2, a_day=9)], None),
    "turns down by 30 %": (pages(first=2, turns=14, named=11), "turns_down"),
    "turns down by 25 %": (pages(first=2, turns=15, named=11), None),
    "turns up": (pages(first=2, turns=60, named=45), None),
    "names down by 40 %": (pages(first=2, named=9), "names_down"),
    "names down by 20 %": (pages(first=2, named=12), None),
    "names gone": (pages(first=2, named=0), "names_down"),
    "too few stories to say": (pages(first=0, a_day=1, turns=2, named=0), None),
}


@pytest.mark.parametrize(("newest", "kind"), FIGURES.values(), ids=FIGURES)
def test_pages_read_otherwise_than_before(newest: list[PageFigures], kind: str | None) -> None:
    alarms = found(BEFORE if newest[0].day < TODAY else pages(last=1, a_day=1, first=10), newest)

    assert [one.kind for one in alarms] == ([kind] if kind else [])
    assert all(one.cause == "layout_changed" for one in alarms)


def test_rejected_for_being_empty_is_named_so() -> None:
    (alarm,) = found(BEFORE, pages("rejected:empty", first=2))

    assert (alarm.kind, alarm.cause) == ("rejects_up", "empty")


def test_a_weekend_of_long_interviews_is_compared_with_weekends() -> None:
    def show(day: date) -> tuple[str, int]:
        return ("Weekend", 8) if day.weekday() > 4 else ("News", 40)

    known = [
        PageFigures("kpbs", show(TODAY - ago * DAY)[0], TODAY - ago * DAY, "published", show(TODAY - ago * DAY)[1], 5)
        for ago in range(35, 1, -1)  # ends on a Sunday
        for _ in range(6)
    ]

    assert found(known) == []


WAVERING: dict[str, Callable[[int], list[PageFigures]]] = {
    "turns_down": lambda percent: pages(first=2, turns=percent, named=percent),
    "names_down": lambda percent: pages(first=2, turns=100, named=percent),
}


@pytest.mark.parametrize("kind", WAVERING)
@pytest.mark.parametrize(("percent", "standing", "is_found"), [(69, 0, 1), (75, 0, 0), (75, 1, 1), (90, 1, 0)])
def test_an_alarm_that_stands_is_cleared_only_half_of_the_way_back(
    kind: str, percent: int, standing: int, is_found: int
) -> None:
    before = pages(last=3, turns=100, named=100)

    alarms = found(before, WAVERING[kind](percent), standing=[kind] if standing else [])

    assert (kind in {one.kind for one in alarms}) == is_found


@pytest.mark.parametrize(
    ("outcome", "cause"),
    [
        ("published", None),
        ("unchanged", None),
        ("not_yet", None),
        ("fetch_failed:budget", None),
        ("fetch_failed:lost", None),
        ("fetch_failed:held", "slow"),
        ("fetch_failed:http_502", "refused"),
        ("fetch_failed:http_418", "layout_changed"),
        ("fetch_failed:truncated", "layout_changed"),
        ("gone", "not_found"),
    ],
)
def test_cause_of_an_outcome(outcome: str, cause: str | None) -> None:
    assert cause_of(outcome) == cause


# --- an ordinary year -----------------------------------------------------------------------------------------------
PROGRAMS = (("Morning News", 40, 9), ("Interview", 90, 1), ("Weekend", 25, 4))
"""Name, turns of a usual story, stories a day."""


def ordinary_year(random: Random, scale: float) -> dict[date, list[PageFigures]]:
    """A year of a source: stories of all lengths, one page in fifty rejected, weekends of their own, holidays."""
    year: dict[date, list[PageFigures]] = {}
    for day in (date(2025, 1, 1) + number * DAY for number in range(365)):
        is_holiday = random.random() < 0.02
        for name, turns, stories in PROGRAMS:
            if is_holiday or (name == "Weekend") != (day.weekday() > 4):
                continue
            for _ in range(max(round(stories * scale * random.uniform(0.6, 1.3)), 1)):
                outcome = "rejected:malformed" if random.random() < 0.02 else "published"
                spoken = max(round(turns * random.lognormvariate(0, 0.5)), 2)
                share = random.betavariate(4, 1)
                named = sum(random.random() < share for _ in range(spoken))
                has_text = outcome == "published"
                page = PageFigures(
                    "kpbs", name, day, outcome, spoken if has_text else None, named if has_text else None
                )
                year.setdefault(day, []).append(page)
    return year


def alarms_of_a_year(year: dict[date, list[PageFigures]]) -> list[tuple[date, str]]:
    """The alarms that a year's nights raise, each with its day."""
    raised: list[tuple[date, str]] = []
    standing: dict[str, date] = {}
    for today in (date(2025, 3, 1) + number * DAY for number in range(305)):
        days = [today - ago * DAY for ago in range(FACTS.days, -1, -1)]
        known = [page for day in days for page in year.get(day, ())]
        facts = SourceFacts(freshness("kpbs", set(days) & set(year), today), today, known, QUIET)
        kinds = {one.kind for one in judge(facts, standing)}
        raised += [(today, kind) for kind in sorted(kinds - set(standing))]
        standing = {kind: standing.get(kind, today) for kind in kinds}
    return raised


@pytest.mark.parametrize("seed", range(4))
def test_an_ordinary_year_raises_nothing(seed: int) -> None:
    random = Random(seed)

    assert alarms_of_a_year(ordinary_year(random, (0.2, 0.5, 1, 2)[seed])) == []


def test_a_layout_that_changes_in_july_is_told_within_days_and_once() -> None:
    year = ordinary_year(Random(2), 1)
    for day in year:
        if day >= date(2025, 7, 1):
            year[day] = [
                PageFigures("kpbs", page.program, day, page.outcome, (page.speech_count or 0) // 2, 0)
                for page in year[day]
            ]

    raised = alarms_of_a_year(year)

    assert [kind for _, kind in raised] == ["names_down", "turns_down"]
    assert all(date(2025, 7, 1) <= day <= date(2025, 7, 4) for day, _ in raised)
