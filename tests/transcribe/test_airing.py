from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from pipeline.transcribe.airing import air_date, audio_program_code

EASTERN = ZoneInfo("America/New_York")


def test_the_air_date_is_the_local_day_of_the_page_then_of_the_audio_then_of_the_address() -> None:
    late = datetime(2026, 1, 5, 3, tzinfo=UTC)
    audio = "https://ondemand.npr.org/anon.npr-mp3/npr/atc/2026/01/20260104_atc_oil.mp3"

    assert air_date(late, EASTERN, audio, ()) == (date(2026, 1, 4), "page")
    assert air_date(None, EASTERN, audio, ("https://x.org/2025-12-31/oil",)) == (date(2026, 1, 4), "audio_url")
    assert air_date(None, EASTERN, None, (None, "https://x.org/2025/12/31/oil")) == (date(2025, 12, 31), "url_path")
    assert air_date(None, EASTERN, "https://x.org/20261399_atc_x.mp3", ("https://x.org/2025/13/31/oil",)) == (
        None,
        None,
    )


def test_a_time_that_names_its_zone_tells_the_local_day_whoever_printed_it() -> None:
    late = datetime(2016, 3, 20, 21, 5, tzinfo=timezone(timedelta(hours=-7)))

    assert air_date(late, UTC, None, ()) == (date(2016, 3, 20), "page")


def test_the_programme_code_stands_in_the_audio_address() -> None:
    assert audio_program_code("https://x.org/npr/wesat/2026/01/20260104_wesat_oil.mp3") == "wesat"
    assert audio_program_code("https://x.org/oil.mp3") is None
