"""Which programme a transcript was on, where only the speech says so («This is ALL THINGS CONSIDERED from NPR»)."""

import re
from calendar import day_name
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from pipeline.sources import Program
from pipeline.transcribe.script.passages import Passage

_OPENS = r"\b(?i:this is|it['’]s|welcome (?:back )?to|you['’]re listening to"
_IDENT = re.compile(rf"{_OPENS}|for|today on) (?i:the )?")
_CLIP = re.compile(r"\b(?:radio show|broadcast|podcast|program|programme|episode|archived|tv show)\b", re.IGNORECASE)
"""A cue behind which another programme's words are heard: `(SOUNDBITE OF PODCAST, "SERIAL")`."""
_SET_IN = ("...", "…", ". . .")
_INTRO = re.compile(r"[(\[](?P<name>[A-Z\d][^)\]]{2,40}) (?:INTRO|THEME)\b")
_COLD_OPENING = 40
"""Passages, of which a taste of what is to come may be the first."""
_BETWEEN_WORDS = re.compile(r"[^\w'&]+")
_HEARD_IN = 1500
"""Characters: an ident stands at the beginning."""


def program_of_ident(text: str, names: Iterable[str], day: date | None = None) -> str | None:
    """The programme that the first words name as their own; None where they name none.

    «This is WEEKEND EDITION» on a Saturday is Weekend Edition Saturday. A name has its capital: «it's up first»
    is none.
    """
    opening = text[:_HEARD_IN].replace("’", "'")
    spoken = _spoken(tuple(names), None if day is None else day.weekday())
    known = tuple(spoken)
    for found in _IDENT.finditer(opening):
        said = opening[found.end() : found.end() + 60]
        rest = f"{_plain(said)} "
        if not said[:1].islower() and rest.startswith(known):
            return next(name for said, name in spoken.items() if rest.startswith(said))
    return None


def program_heard(passages: Sequence[Passage], names: Sequence[str]) -> str | None:
    """The programme of `names`, of whatever network, that its ident opens; None where none does.

    A co-host may say it some words behind the first. A cue may stand for it: `[RADIOLAB INTRO]`. Another's is not this
    one's: behind `(SOUNDBITE OF PODCAST, "SERIAL")` its host says his ident, too, and words that set in amid a sentence
    (`... of it. This is Serial.`) are a clip. «It's the National Rifle Association» goes on, and is not The National.
    """
    if not names:
        return None
    opening = passages[:_COLD_OPENING]
    found = (_INTRO.match(passage.text) for passage in opening if passage.is_cue)
    played = (f"This is {intro['name']}." for intro in found if intro is not None)
    heard = [
        passage.text
        for before, passage in zip((None, *opening), opening, strict=False)
        if not (passage.is_cue or passage.text.startswith(_SET_IN) or _plays_clip(before))
    ]
    ident = _ident_of(tuple(names))
    for text in (" ".join(heard)[:_HEARD_IN], *played):
        said = next((found["name"] for found in ident.finditer(text) if not found["name"][0].islower()), None)
        if said is not None:
            return _spoken(tuple(names), None)[f"{_plain(said.replace('’', chr(39))).removeprefix('the ')} "]
    return None


def _plays_clip(before: Passage | None) -> bool:
    return before is not None and before.is_cue and _CLIP.search(before.text) is not None


@lru_cache(maxsize=8)  # the authority's, asked for on page after page
def _ident_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """What opens a programme, and its name; a word with a capital behind would be another's."""
    words = (_plain(name).removeprefix("the ").split() for name in names)
    said = (r"[^\w'’&]{1,5}".join(re.escape(word).replace("'", "['’]") for word in one) for one in words)
    longest_first = "|".join(sorted(said, key=len, reverse=True))
    return re.compile(rf"{_OPENS}) (?i:an? |the )?(?P<name>(?i:{longest_first}))(?![\w'’&])(?! [A-Z]\w)")


@lru_cache(maxsize=128)  # the registry's and the authority's, asked for on page after page
def _spoken(names: tuple[str, ...], weekday: int | None) -> Mapping[str, str]:
    """Programmes by their names as idents are compared: without an article, those of a weekday also without it."""
    spoken = {f"{_plain(name).removeprefix('the ')} ": name for name in names}
    ending = None if weekday is None else f" {day_name[weekday].casefold()} "
    return spoken | {
        f"{said.removesuffix(ending)} ": name for said, name in spoken.items() if ending and said.endswith(ending)
    }


def _plain(text: str) -> str:
    """The words alone: `WAIT WAIT... DON'T TELL ME,` is the `Wait Wait...Don't Tell Me!` of the registry."""
    return _BETWEEN_WORDS.sub(" ", text.casefold()).strip()


def program_of_code(code: str | None, programs: Sequence[Program]) -> str | None:
    """The programme whose code stands in the audio's URL (`atc`)."""
    return next((program.name for program in programs if code is not None and program.code == code), None)
