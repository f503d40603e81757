"""What a page says of its own recording: where it is, how long, of which series.

Structured data and meta data speak of the page's own; an `<audio>` element does so where it is the only one and plays
a file in the story: live streams and newscasts stand on every page of a station. Of several episodes in structured
data the page's own is the one with its address.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from pipeline.read.html import Html
from pipeline.read.npr_facts import seconds_of, text_of
from pipeline.read.paragraphs import squeeze
from pipeline.read.story_element import StoryElement

_EPISODES = ("PodcastEpisode", "RadioEpisode", "Episode")
_SOUNDS = ("AudioObject",)
_SOUND_KEYS = ("associatedMedia", "audio", "encoding")
_METAS = ("og:audio", "og:audio:url", "og:audio:secure_url", "twitter:player:stream")
_FILE = re.compile(r"\.(?:mp3|m4a|aac|ogg|oga|opus|wav)$", re.IGNORECASE)
_LIVE = re.compile(
    r"live-?stream|//(?:live|listen|stream|streams|streaming|ice\d{0,3})\.|/(?:live|stream)(?:\.[a-z0-9]{3,4})?$",
    re.IGNORECASE,
)
"""An address of what a station has on the air now: `.../livestream-redirect/KQEDFM.mp3`."""
_KEPT = re.compile(r"episode|podcast|/(?:19|20)\d\d/", re.IGNORECASE)
"""Some who keep podcasts call their servers so: `https://stream.redcircle.com/episodes/1/stream.mp3`."""
_MOST_PLAYERS = 200
_DURATION = re.compile(
    r"P(?:0*Y)?(?:0*M)?(?:0*D)?T(?:(?P<hours>\d{1,3})H)?(?:(?P<minutes>\d{1,4})M)?(?:(?P<seconds>\d{1,6}(?:\.\d{1,6})?)S)?"
)


@dataclass(frozen=True, slots=True)
class Recording:
    """A page's recording, as far as the page tells."""

    url: str | None
    seconds: float | None
    series: str | None


def recording_of(page: Html, article: Mapping[str, Any], story: StoryElement) -> Recording:
    """The recording of a page whose story this JSON-LD object is; it may be empty."""
    episode = page.own_data(*_EPISODES)
    sounds = [*_sounds(episode), *_sounds(article), page.own_data(*_SOUNDS)]
    declared = (text_of(sound.get("contentUrl")) for sound in sounds)
    durations = (_seconds(sound.get("duration")) for sound in (*sounds, episode))
    series = episode.get("partOfSeries")
    name = text_of(series.get("name")) if isinstance(series, dict) else None
    named = chain(declared, map(page.meta.get, _METAS), _played(page, story))
    addresses = map(page.absolute, filter(None, named))
    return Recording(
        url=next((address for address in addresses if address and not _is_live(address)), None),
        seconds=next((seconds for seconds in durations if seconds), None),
        series=squeeze(name) if name else None,
    )


def _sounds(holder: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The objects by which an episode or an article names its sound."""
    for key in _SOUND_KEYS:
        value = holder.get(key)
        yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict))


def _seconds(printed: object) -> float | None:
    """`PT3M37S`, or a number of seconds."""
    found = _DURATION.fullmatch(printed.strip()) if isinstance(printed, str) else None
    if found is None:
        return seconds_of(printed)
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def _played(page: Html, story: StoryElement) -> Iterator[str]:
    """The one file that the page's players play, or that the story's own do; looked at where nothing else names one.

    A file in several forms (`rain.mp3`, `rain.ogg`) is one.
    """
    players = [player for player in page.tree.tags("audio")[:_MOST_PLAYERS] if not story.is_of_others(player)]
    for some in (players, [*story.own("audio")]):
        nodes = [*some, *(node for player in some for node in player.css("source"))]
        addresses = (page.absolute(node.attributes.get("src") or "") for node in nodes)
        files = [address for address in addresses if address and _is_file(address)]
        if len({_FILE.sub("", urlsplit(address).path) for address in files}) == 1:
            yield files[0]
            return


def _is_file(address: str) -> bool:
    return _FILE.search(urlsplit(address).path) is not None and not _is_live(address)


def _is_live(address: str) -> bool:
    return _LIVE.search(address) is not None and _KEPT.search(address) is None
