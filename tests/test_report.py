from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.ledger import Alarm, Ledger, Run, RunLook
from pipeline.report import (
    MAX_HOSTS,
    RunReport,
    SourceReport,
    in_one_line,
    run_report,
    slowest_hosts,
)
from pipeline.report_markdown import to_markdown
from pipeline.settings import load_settings

AT = datetime(2026, 3, 21, 7, 15, tzinfo=UTC)
NPR = SourceReport("npr", (("published", 3), ("gone", 1)), 2, 1, 5, 0, 10, 20_400, 3.25)
KPBS = SourceReport("kpbs", (("fetch_failed:dns", 2), ("published", 1)), 1, 0, 1, 1, 4, 0, 0.5)
RUN = Run("r1", "nightly", {"day": "2026-03-20", "sources": ["npr", "kpbs"]}, AT, AT, "completed")
REPORT = RunReport(
    RUN, (NPR, KPBS), (RunLook("kpbs", "page", "https://www.kpbs.org/a", "fetch_failed:dns", "a | b\n<i>"),)
)


def test_sums_over_all_sources() -> None:
    assert REPORT.pages == {"published": 4, "fetch_failed:dns": 2, "gone": 1}
    assert (REPORT.new, REPORT.revised) == (3, 1)
    assert NPR.looks == 4


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ((NPR,), (False, False)),
        ((NPR, KPBS), (True, False)),
        ((replace(KPBS, pages=(("fetch_failed:dns", 2),)),), (True, True)),
        ((replace(NPR, pages=(("not_a_transcript", 1),)),), (False, False)),
        ((replace(NPR, pages=(("rejected:empty", 1),), listings=0),), (True, True)),
        ((), (False, False)),
    ],
)
def test_what_counts_as_failure(sources: tuple[SourceReport, ...], expected: tuple[bool, bool]) -> None:
    report = replace(REPORT, sources=sources)

    assert (report.has_failures, report.got_nothing) == expected


def test_markdown_has_a_row_a_source_and_lists_what_failed() -> None:
    text = to_markdown(REPORT)

    assert "# nightly: day 2026-03-20, sources npr kpbs" in text
    assert "| npr | published 3, gone 1 | 2 | 1 | 5 | 10 | 20 | 3.2 |" in text.replace("\\_", "_")
    assert "1 (1 failed)" in text
    assert "[https://www.kpbs.org/a](<https://www.kpbs.org/a>)" in text
    # Text from strangers stays text.
    assert r"| a \| b \<i\> |" in text


@pytest.mark.parametrize("url", ["file:///a", "javascript:alert(1)", "https://a/<b>", "https://a/b|c", "https://a/ b"])
def test_what_is_no_whole_web_address_is_no_link(url: str) -> None:
    report = replace(REPORT, troubles=(RunLook("kpbs", "page", url, "fetch_failed:dns", None),))

    assert "](<" not in to_markdown(report)


def test_the_slowest_hosts_are_told_by_their_mean_answer() -> None:
    looks = [("https://a.org/1", 1.0), ("https://a.org/2", 3.0), ("https://b.org/", 2.5), ("file:///c", 9.0)]

    hosts = slowest_hosts(looks)

    assert [(one.host, one.looks, one.mean_seconds, one.slowest_seconds) for one in hosts] == [
        ("b.org", 1, 2.5, 2.5),
        ("a.org", 2, 2.0, 3.0),
    ]
    assert "| a.org | 2 | 2.00 | 3.00 |" in to_markdown(replace(REPORT, hosts=hosts, days_done=(3, 10)))
    assert "3 of 10 days are done." in to_markdown(replace(REPORT, days_done=(3, 10)))
    assert len(slowest_hosts([(f"https://{number}.org/", 1.0) for number in range(99)])) == MAX_HOSTS


def test_a_run_in_one_line() -> None:
    assert in_one_line(REPORT) == "3 new, 1 revised; published 4, fetch_failed:dns 2, gone 1; 14 requests, 20 kB, 0 s"


def test_the_report_of_an_unknown_run_is_a_key_error(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Ledger(load_settings(home=tmp_path_factory.mktemp("home"))) as ledger, pytest.raises(KeyError):
        run_report(ledger, "none")


def test_an_alarm_makes_a_run_no_success_whatever_it_met() -> None:
    alarm = Alarm(1, "npr", "no_new_stories", "dns", "newest story of 2026-03-01 | <b>", AT, None)
    quiet = replace(REPORT, sources=(NPR,), troubles=())

    report = replace(quiet, alarms=(alarm,))

    assert (quiet.has_failures, report.has_failures, report.got_nothing) == (False, True, False)
    assert r"| npr | no\_new\_stories | dns | newest story of 2026-03-01 \| \<b\> |" in to_markdown(report)
