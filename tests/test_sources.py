"""The registry: what is built in, what a user's own file may do, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.sources import load_sources

STATION = """
[[station]]
call_sign = "WXYZ"
name = "WXYZ Public Radio"
host = "www.wxyz.org"
city = "Springfield"
state = "IL"
timezone = "America/Chicago"
"""

PAGES = [
    ("npr", "https://www.npr.org/2026/01/04/nx-s1-5665795/slug?x=1", "https://www.npr.org/transcripts/nx-s1-5665795"),
    ("npr", "https://www.npr.org/transcripts/1005674357", "https://www.npr.org/transcripts/1005674357"),
    ("npr", "https://www.npr.org/sections/money/2026/01/04/g-s1-44212/slug", "https://www.npr.org/transcripts/g-s1-44212"),
    ("npr", "https://www.npr.org/programs/fresh-air/archive", None),
    ("npr", "https://www.npr.org/podcasts/510289/planet-money", None),
    ("npr", "https://example.org/2026/01/04/nx-s1-5665795/slug", None),
    ("kpbs", "https://www.kpbs.org/news/local/2026-03-20/a-slug", "https://www.kpbs.org/news/local/2026-03-20/a-slug"),
    ("kpbs", "https://www.kpbs.org/news/local", None),
    ("kpbs", "https://www.kpbs.org/people/somebody", None),
]  # fmt: skip

CMS = '[cms.mine]\nlayout = "grove"\npages = "a"\ndiscover = [{{kind = "feed", url = "{}"}}]\n'

REFUSED = [
    ("[[station]\n", "not TOML"),
    (STATION.replace('"America/Chicago"', '"Mars/Olympus"'), "no IANA time zone"),
    (STATION.replace('state = "IL"\n', ""), "station WXYZ state is missing"),
    (STATION.replace('"IL"', '"Illinois"'), "station WXYZ state: 'Illinois' is not of the form IL"),
    (STATION + 'cms = "geocities"\n', "unknown cms 'geocities'; there are: npr, grove"),
    (STATION + 'network = "bbc"\n', "unknown network 'bbc'"),
    (STATION + 'frequency = "89.5"\n', "frequency"),
    (STATION.replace("www.wxyz.org", "https://www.wxyz.org/"), "host"),
    (STATION.replace("www.wxyz.org", "www.kpbs.org"), "www.kpbs.org is the host of kpbs already"),
    ('[cms.mine]\nlayout = "grove"\npages = "("\ndiscover = []\n', "not a regular expression"),
    ('[cms.mine]\nlayout = "grove"\npages = "a"\npage_url = "https://{host}/{id}"\ndiscover = []\n', "has none"),
    (CMS.format("https://{host}/{week}"), "'https://{host}/{week}' is no template over {host}, {slug}, {year}"),
    (CMS.format("https://{host}/{}"), "is no template"),
    (CMS.format("https://{host"), "is no template"),
]


def own_file(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "my-sources.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_npr_and_twenty_stations_or_more_are_built_in() -> None:
    sources = list(load_sources())

    assert sources[0].source_id == "npr"
    assert {"All Things Considered", "Morning Edition", "Weekend Edition Saturday", "Weekend Edition Sunday"} <= {
        program.name for program in sources[0].programs
    }
    assert sum(source.layout == "grove" and source.station is not None for source in sources) >= 20


def test_hosts_belong_to_one_source_each() -> None:
    hosts = [host for source in load_sources() for host in (source.host, *source.aliases)]

    assert len(hosts) == len(set(hosts))


@pytest.mark.parametrize(("source_id", "link", "page"), PAGES)
def test_page_for_a_link(source_id: str, link: str, page: str | None) -> None:
    assert load_sources().get(source_id).page_for(link) == page


def test_a_station_of_ones_own_needs_six_facts_and_no_code(tmp_path: Path) -> None:
    sources = load_sources(own_file(tmp_path, STATION))

    station = sources.get("wxyz")
    assert (station.layout, station.network, station.station) == ("grove", "NPR", "WXYZ")
    assert station.listings(date(2026, 3, 20))[0][2] == "https://www.wxyz.org/sitemap-202603.xml"
    assert len(sources) == len(load_sources()) + 1


def test_a_known_call_sign_is_replaced(tmp_path: Path) -> None:
    sources = load_sources(own_file(tmp_path, STATION.replace("WXYZ", "KPBS", 1)))

    assert sources.get("kpbs").host == "www.wxyz.org"
    assert len(sources) == len(load_sources())


@pytest.mark.parametrize(("text", "says"), REFUSED)
def test_a_wrong_entry_is_named(tmp_path: Path, text: str, says: str) -> None:
    file = own_file(tmp_path, text)

    with pytest.raises(UsageError, match=r"my-sources\.toml") as refusal:
        load_sources(file)
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_file_says_which_setting(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ASRUN_SOURCES_FILE"):
        load_sources(tmp_path / "absent.toml")


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    file = tmp_path / "latin-1.toml"
    file.write_bytes(STATION.replace("Springfield", "Espa\u00f1ola").encode("latin-1"))

    with pytest.raises(UsageError, match=r"latin-1\.toml: not UTF-8"):
        load_sources(file)


def test_an_unknown_source_lists_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"unknown source 'kpbz'; there are: .*kpbs"):
        load_sources().get("kpbz")


@pytest.mark.parametrize("url", [None, "", "no url", "http://[", "https://npr.org.example.com/x"])
def test_at_never_raises(url: str | None) -> None:
    assert load_sources().at(url) is None


def test_a_backfill_asks_only_places_that_name_the_day() -> None:
    listings = load_sources().get("npr").listings(date(2026, 3, 5), only_dated=True)

    assert listings[0][2] == ("https://www.npr.org/programs/all-things-considered/archive?date=3-5-2026")
    assert all("rss.xml" not in url for _, _, url in listings)
