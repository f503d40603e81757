from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from dateutil import parser as dateutil_parser
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.dates import instant

EASTERN = ZoneInfo("America/New_York")
NOON = datetime(2000, 1, 1, 12)  # noqa: DTZ001  # a default, without a zone as the library wants it


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("2026-01-04T05:00:00-05:00", datetime(2026, 1, 4, 10, tzinfo=UTC)),
        ("2019-07-09T17:34:39Z", datetime(2019, 7, 9, 17, 34, 39, tzinfo=UTC)),
        ("Mon, 04 Oct 2010 15:13:00 -0400", datetime(2010, 10, 4, 19, 13, tzinfo=UTC)),
        ("Published\u00a0July 9, 2019 at 10:34 AM PDT", datetime(2019, 7, 9, 17, 34, tzinfo=UTC)),
        ("Updated January 5, 2026 at 3:45 p.m. ET", datetime(2026, 1, 5, 20, 45, tzinfo=UTC)),
        ("May 17, 20246:35 PM ET", datetime(2024, 5, 17, 22, 35, tzinfo=UTC)),
        ("MAY 22, 20245:39 AM ET", datetime(2024, 5, 22, 9, 39, tzinfo=UTC)),
        ("Sunday, 18 February 2007, 11:58 GMT", datetime(2007, 2, 18, 11, 58, tzinfo=UTC)),
        ("January 4, 2026 5:00 AM", datetime(2026, 1, 4, 10, tzinfo=UTC)),
        ("March 3, 2026 at 3:38 PM WIB", datetime(2026, 3, 3, 20, 38, tzinfo=UTC)),
    ],
)
def test_instants(printed: str, found: datetime) -> None:
    assert instant(printed, EASTERN) == found


@pytest.mark.parametrize("printed", ["2026-01-04", "20260104", "Originally published January 4, 2026", "Jan. 4, 2026"])
def test_a_day_alone_is_its_noon(printed: str) -> None:
    assert instant(printed, EASTERN) == datetime(2026, 1, 4, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    "printed",
    [
        None,
        "",
        "yesterday",
        "10:34 AM",
        "May 13 at 3:45 p.m. ET",
        "2026",
        "January 2026",
        "2026-02-30",
        "Suite 2000",
        "January 4, 2026 5:00 AM +99:99",
        "x" * 500 + "2026",
    ],
)
def test_what_names_no_day_is_none(printed: str | None) -> None:
    assert instant(printed, EASTERN) is None


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    found = instant(f"{text} 2026")

    assert found is None or found.tzinfo is not None


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.sampled_from(["EST", "PDT", "CST"]))  # noqa: DTZ001  # the zone is printed behind it
def test_printed_instants_come_back(moment: datetime, zone: str) -> None:
    minute = moment.replace(second=0, microsecond=0)
    hours = {"EST": 5, "PDT": 7, "CST": 6}[zone]

    found = instant(f"Published {minute:%B %d, %Y at %I:%M %p} {zone}")

    assert found is not None
    assert (found.astimezone(UTC).replace(tzinfo=None) - minute).total_seconds() == hours * 3600


@pytest.mark.parametrize("printed", ["0001-01-01T00:00:00.200000Z", "9999-12-31T23:59:59.200000"])
def test_digits_of_a_second_are_no_year(printed: str) -> None:
    assert instant(printed) is None


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)),  # noqa: DTZ001  # as printed
    st.sampled_from(["%B %d, %Y at %I:%M %p", "%A, %b. %d, %Y %I:%M %p", "%a %b %d, %Y"]),
)
def test_days_as_most_pages_print_them_are_what_the_library_reads(moment: datetime, form: str) -> None:
    printed = f"{moment:{form}}"

    assert instant(printed) == dateutil_parser.parse(printed, default=NOON).replace(tzinfo=UTC)
