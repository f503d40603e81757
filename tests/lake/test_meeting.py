"""Which known pages are compared with new ones: the question to columns, beside the rule for two pages."""

from datetime import UTC, date, datetime, time, timedelta

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from pipeline.identify.stories.prints import Print, is_worth_comparing
from pipeline.lake.rows import build, plain
from pipeline.lake.stories.meeting import meeting
from schemas import FINGERPRINTS

DAYS = st.none() | st.integers(0, 70).map(lambda days: date(2020, 1, 1) + timedelta(days))
BAND = st.sampled_from((*range(-8, 9), 1 << 20, (1 << 20) + 1))
"""Some differ in their upper bits only."""
BANDS = st.sets(BAND, max_size=8).map(lambda bands: tuple(sorted(bands)))
PAGES = st.lists(st.tuples(DAYS, DAYS, BANDS), max_size=6)


def printed(name: str, air_date: date | None, published: date | None, bands: tuple[int, ...]) -> Print:
    seen_at = datetime(2020, 1, 1, tzinfo=UTC)
    published_at = None if published is None else datetime.combine(published, time(23, 30), UTC)
    facts = {"npr_id": None, "source_id": None, "station": None, "program": None, "title": None}
    return Print(
        transcript_id=name,
        **facts,
        air_date=air_date,
        published_at=published_at,
        word_count=0,
        named_words=0,
        unnamed_words=0,
        first_seen_at=seen_at,
        address=None,
        digest="x",
        bands=bands,
        family_id=name,
        story_id=name,
        is_primary=True,
    )


@given(new=PAGES, known=PAGES, first=st.integers(0, 6))
def test_as_the_rule_for_two_pages_says(
    new: list[tuple],  # type: ignore[type-arg]
    known: list[tuple],  # type: ignore[type-arg]
    first: int,
) -> None:
    asked = [printed(f"new-{at}", *page) for at, page in enumerate(new)]
    there = [printed(f"known-{at}", *page) for at, page in enumerate(known)]
    built = build(FINGERPRINTS, [plain(page) for page in there])
    rows = pa.concat_tables([built.slice(0, first), built.slice(first)])  # in pieces, as files are read
    found = rows["transcript_id"].take(meeting(asked, rows)).to_pylist()
    worth = {page.transcript_id for page in there if any(is_worth_comparing(page, one) for one in asked)}
    assert set(found) == worth
    assert len(found) == len(worth)
