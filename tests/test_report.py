from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.ledger import Alarm, Ledger, Run, RunLook
from pipeline.report import RunReport, SourceReport, run_report, to_markdown
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
    # Text from strangers stays text.
    assert r"| a \| b \<i\> |" in text


def test_the_report_of_an_unknown_run_is_a_key_error(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Ledger(load_settings(home=tmp_path_factory.mktemp("home"))) as ledger, pytest.raises(KeyError):
        run_report(ledger, "none")


def test_an_alarm_makes_a_run_no_success_whatever_it_met() -> None:
    alarm = Alarm(1, "npr", "no_new_stories", "dns", "newest story of 2026-03-01 | <b>", AT, None)
    quiet = replace(REPORT, sources=(NPR,), troubles=())

    report = replace(quiet, alarms=(alarm,))

    assert (quiet.has_failures, report.has_failures, report.got_nothing) == (False, True, False)
    assert r"| npr | no\_new\_stories | dns | newest story of 2026-03-01 \| \<b\> |" in to_markdown(report)
