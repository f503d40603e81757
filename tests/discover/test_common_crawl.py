"""Common Crawl's columnar index: which of its rows are captures of what is sought."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.discover.common_crawl import captures
from pipeline.discover.sought import Sought
from pipeline.sources import load_sources

FIRST, LAST = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 31, 23, 59, 59, tzinfo=UTC)
SECOND = timedelta(seconds=1)
URL = "https://www.npr.org/2026/03/01/nx-s1-1/story"


def index(path: Path, times: list[datetime], kind: pa.DataType) -> str:
    """An index of one page that was fetched at these times."""
    columns = {
        "url": [URL] * len(times),
        "url_surtkey": ["org,npr)/2026/03/01/nx-s1-1/story"] * len(times),
        "fetch_time": pa.array([at if kind.tz else at.replace(tzinfo=None) for at in times], kind),
        "fetch_status": pa.array([200] * len(times), pa.int16()),
        "content_digest": ["ABC"] * len(times),
        "warc_filename": ["a.warc.gz"] * len(times),
        "warc_record_offset": pa.array(range(len(times)), pa.int32()),
        "warc_record_length": pa.array([10] * len(times), pa.int32()),
    }
    pq.write_table(pa.table(columns), path)
    return str(path)


@pytest.mark.parametrize("machine", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
@pytest.mark.parametrize("zone", [None, "UTC"], ids=["times without a zone", "instants"])
def test_days_are_those_of_utc_to_the_second_wherever_the_machine_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, machine: str, zone: str | None
) -> None:
    times = [FIRST - SECOND, FIRST, LAST, LAST + SECOND]
    file = index(tmp_path / "index.parquet", times, pa.timestamp("ms", zone))
    sought = Sought(load_sources().get("npr"), date(2026, 3, 1), date(2026, 3, 31))
    request.addfinalizer(time.tzset)
    with monkeypatch.context() as there:
        there.setenv("TZ", machine)
        time.tzset()
        found = [one.captured_at for one in captures([file], sought)]

    assert found == [FIRST, LAST]
