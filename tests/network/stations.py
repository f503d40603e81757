"""The simulated member stations: what their sites look like and which pages stand on them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from tests.network.story import Line, Story, slug_of

FeedKind = Literal["rss", "stub", "atom"]


@dataclass(frozen=True, slots=True)
class Station:
    """A member station's site; name, host and time zone are those of pipeline/sources.toml."""

    call_sign: str
    name: str
    host: str
    timezone: ZoneInfo
    city: str
    theme: str
    """Prefix of its class names: `ArticlePage` or `ArtP`."""
    frequency: str
    feed: FeedKind = "rss"
    robots: str | None = "User-agent: *\nDisallow: /search\nDisallow: /_preview\n"
    """None: the site has no robots.txt."""
    has_gzip_sitemap: bool = False


KPBS = Station(
    "KPBS", "KPBS Public Media", "www.kpbs.org", ZoneInfo("America/Los_Angeles"), "San Diego", "ArticlePage", "89.5 FM"
)
WFAE = Station("WFAE", "WFAE", "www.wfae.org", ZoneInfo("America/New_York"), "Charlotte", "ArtP", "90.7 FM")
KUNC = Station(
    "KUNC", "KUNC", "www.kunc.org", ZoneInfo("America/Denver"), "Greeley", "ArtP", "91.5 FM",
    robots="User-agent: *\nDisallow: /search\nDisallow: /members/\n", has_gzip_sitemap=True,
)  # fmt: skip
KSMU = Station(
    "KSMU",
    "KSMU Radio",
    "www.ksmu.org",
    ZoneInfo("America/Chicago"),
    "Springfield",
    "ArtP",
    "91.1 FM",
    feed="stub",
    robots=None,
)
WUKY = Station(
    "WUKY", "WUKY", "www.wuky.org", ZoneInfo("America/New_York"), "Lexington", "ArtP", "91.3 FM",
    robots="User-agent: *\nCrawl-delay: 0.1\nDisallow: /search\n",
)  # fmt: skip
KNAU = Station(
    "KNAU",
    "KNAU Arizona Public Radio",
    "www.knau.org",
    ZoneInfo("America/Phoenix"),
    "Flagstaff",
    "ArtP",
    "88.7 FM",
    feed="atom",
)
STATIONS = (KPBS, WFAE, KUNC, KSMU, WUKY, KNAU)


@dataclass(frozen=True, slots=True)
class Author:
    """A credited writer, with the station's own words about them, if there are any."""

    name: str
    title: str | None = None
    bio: str | None = None


@dataclass(frozen=True, slots=True)
class StationPage:
    """One page of a station: a copy of an NPR story, a story of its own, or a written one without transcript."""

    station: Station
    headline: str
    teaser: str
    published_at: datetime
    authors: tuple[Author, ...]
    section: str = "news"
    article: tuple[str, ...] = ()
    """Written paragraphs above the transcript."""
    lines: tuple[Line, ...] = ()
    """The transcript; empty on a written story."""
    npr_id: str | None = None
    """The NPR story of which this is a copy."""
    program: str = ""
    audio_seconds: int | None = None
    tags: tuple[str, ...] = ()
    caption: str | None = None
    """The picture inside the text, with its credit after a slash."""
    closing: str | None = None
    """A last paragraph in the text, below the transcript: the reporter's biography."""

    @property
    def url(self) -> str:
        """Its address."""
        return f"https://{self.station.host}/{self.section}/{self.published_at:%Y-%m-%d}/{slug_of(self.headline)}"

    @property
    def modified_at(self) -> datetime:
        """UTC."""
        return self.published_at.astimezone(UTC)

    @property
    def word_count(self) -> int:
        """Words that are spoken."""
        return sum(len(line.text.split()) for line in self.lines if line.speaker)


def at(station: Station, day: date, hour: int, minute: int) -> datetime:
    """A local time of the station."""
    return datetime.combine(day, time(hour, minute), station.timezone)


def copy_of(  # what differs from copy to copy
    story: Story,
    station: Station,
    hour: int,
    minute: int,
    *,
    section: str = "national",
    intro: tuple[Line, ...] = (),
    closing: str | None = None,
) -> StationPage:
    """The station's copy of an NPR story: the same transcript, after the station's own introduction if it has one."""
    return StationPage(
        station,
        story.headline,
        story.teaser,
        at(station, story.air_date, hour, minute),
        tuple(Author(name) for name in story.bylines),
        section=section,
        lines=(*intro, *story.lines),
        npr_id=story.story_id,
        program=story.program,
        audio_seconds=story.audio_seconds,
        tags=(story.section, "NPR News"),
        closing=closing,
    )
