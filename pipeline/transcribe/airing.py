"""When and on what a story was heard. The air date by its order of trust: the page, the audio's URL, the page's URL.

The programme's ident is looked for where neither the page nor its audio's URL names the programme.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from pipeline.transcribe.cues import plays_tape
from pipeline.transcribe.evidence.programs import program_that_opens
from pipeline.transcribe.evidence.spoken_forms import BROKEN_OFF
from pipeline.transcribe.script.passages import Passage

# .../npr/atc/2026/01/20260104_atc_title.mp3: the day and the programme's code.
_AUDIO_DAY = re.compile(r"/(?P<day>(?:19|20)\d{6})_(?P<code>[a-z0-9]+)_")
_URL_DAY = re.compile(r"/(?P<year>(?:19|20)\d{2})[-/](?P<month>\d{2})[-/](?P<day>\d{2})(?:/|$)")

_SET_IN = (*BROKEN_OFF, "(Singing)", "(As ")
_INTRO = re.compile(r"[(\[](?P<name>[A-Z\d][^)\]]{2,40}) (?:INTRO|THEME)\b")
_COLD_OPENING = 40
"""Passages, of which a taste of what is to come may be the first."""


def air_date(
    published_at: datetime | None, zone: tzinfo, audio_url: str | None, urls: tuple[str | None, ...]
) -> tuple[date | None, str | None]:
    """The local day of broadcast and the rule that found it: `page`, `audio_url`, `url_path`, or None twice.

    A time that names its zone tells the local day itself; `zone` is that of one in UTC.
    """
    if published_at is not None:
        local = published_at if published_at.utcoffset() else published_at.astimezone(zone)
        return local.date(), "page"
    if audio_url and (found := _AUDIO_DAY.search(audio_url)):
        stamp = found["day"]
        day = _day(stamp[:4], stamp[4:6], stamp[6:])
        if day:
            return day, "audio_url"
    for url in urls:
        if url and (found := _URL_DAY.search(url)):
            day = _day(found["year"], found["month"], found["day"])
            if day:
                return day, "url_path"
    return None, None


def audio_program_code(audio_url: str | None) -> str | None:
    """The programme's code in an NPR audio URL, e.g. `atc`."""
    found = _AUDIO_DAY.search(audio_url or "")
    return found["code"] if found else None


def program_heard(passages: Sequence[Passage], names: Sequence[str]) -> str | None:
    """The programme of `names` that its ident opens; None where none does.

    A co-host may say it some words behind the first. A cue may stand for it: `[RADIOLAB INTRO]`. Another's is not this
    one's: behind `(SOUNDBITE OF PODCAST, "SERIAL")` its host says his ident, too, and words that set in amid a sentence
    (`... of it. This is Serial.`) are a clip.
    """
    opening = passages[:_COLD_OPENING]
    found = (_INTRO.match(passage.text) for passage in opening if passage.is_cue)
    played = (f"This is {intro['name']}." for intro in found if intro is not None)
    said = " ".join(own_words(opening))
    return next((name for text in (said, *played) if (name := program_that_opens(text, names))), None)


def own_words(passages: Sequence[Passage]) -> list[str]:
    """What is said on the programme itself: not in a clip of another's or of years ago, in a song or in a part."""
    return [
        passage.text
        for before, passage in zip((None, *passages), passages, strict=False)
        if not (passage.is_cue or passage.text.startswith(_SET_IN) or _is_tape(before))
    ]


def _is_tape(before: Passage | None) -> bool:
    return before is not None and before.is_cue and plays_tape(before.text)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
