"""Which programme a transcript was on, where only the speech says so («This is ALL THINGS CONSIDERED from NPR»)."""

import re
from calendar import day_name
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from pipeline.sources import Program

_TOLD = r"(?<!\bsay, )(?<!\bsays, )(?<!\bsaid, )(?<!\b[Ww]hen )(?<!\b[Ii]f )"
"""Who tells of an ident says none: `every day I say, this is FRESH AIR`, `when you're on MORNING EDITION`."""
_OPENS = rf"{_TOLD}\b(?i:this is|it's|welcome (?:back )?to|you(?:'re| are) (?:listening to|on)"
_OF_NPR = r"(?:NPR's (?:[a-z][a-z, ]{2,60}, )?)?"
"""`This is NPR's ASK ME ANOTHER`, `it's NPR's hour of puzzles, word games and trivia, ASK ME ANOTHER`."""
_IDENT = re.compile(rf"(?:{_OPENS})|(?P<reports>\b[Ff]or)|(?:^|(?<=[.?!] ))Today on) (?i:the )?{_OF_NPR}")
_SIGNED = ("i'm ", "this is ")
"""For whom somebody signs, he speaks: `For UP FIRST, I'm Ana Diaz.`, but not `who reviews films for FRESH AIR`."""
_JOBS = (
    "host", "cohost", "co host", "reporter", "correspondent", "producer", "editor", "commentator",
    "contributor", "listener",
)  # fmt: skip
"""`This is FRESH AIR host Ana Diaz.` is said on another's programme."""
_PARTING = re.compile(r"\s[-–—:|]\s$")
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
        if said[:1].islower() or not rest.startswith(known):
            continue
        plain = next(plain for plain in known if rest.startswith(plain))
        behind = rest.removeprefix(plain)
        if not behind.startswith(tuple(f"{job} " for job in _JOBS)) and (
            not found["reports"] or behind.startswith(_SIGNED)
        ):
            return spoken[plain]
    return None


def program_that_opens(text: str, names: Sequence[str]) -> str | None:
    """The programme of `names`, of whatever network, whose ident stands in the first words; None where none does.

    «It's the National Rifle Association» goes on, and is not The National. A report «for Radiolab» may be heard
    elsewhere.
    """
    if not names:
        return None
    idents = _ident_of(tuple(names)).finditer(text[:_HEARD_IN].replace("’", "'"))
    said = next((ident["name"] for ident in idents if not ident["name"][0].islower()), None)
    return None if said is None else _spoken(tuple(names), None)[f"{_plain(said).removeprefix('the ')} "]


@lru_cache(maxsize=8)  # the authority's, asked for on page after page
def _ident_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """What opens a programme, and its name; a word with a capital behind would be another's."""
    words = (_plain(name).removeprefix("the ").split() for name in names)
    said = (r"[^\w'&]{1,5}".join(map(re.escape, one)) for one in words)
    longest_first = "|".join(sorted(said, key=len, reverse=True))
    name = rf"(?P<name>(?i:{longest_first}))(?![\w'&])(?! [A-Z]\w| (?:{'|'.join(_JOBS)})\b)"
    return re.compile(rf"{_OPENS}) (?i:an? |the )?{_OF_NPR}{name}")


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


def program_behind_title(title: str | None, names: Iterable[str]) -> str | None:
    """The programme that a headline ends with: `Rain In The Valley : Consider This from NPR`.

    >>> program_behind_title("Rain : Code Switch", ["Code Switch"]), program_behind_title("Rain", ["Rain"])
    ('Code Switch', None)
    """
    tail = (title or "").rpartition(" : ")[2].removesuffix(" from NPR")
    return next((name for name in names if name == tail), None) if tail != title else None


def without_program(title: str, program: str | None) -> str:
    """A headline without the programme's name behind it: `Democracy Now! at 25 - Democracy Now!`.

    >>> without_program("Rain | Code Switch", "Code Switch"), without_program("Rain on Code Switch", "Code Switch")
    ('Rain', 'Rain on Code Switch')
    """
    headline = title.removesuffix(" from NPR").removesuffix(program) if program is not None else title
    return _PARTING.sub("", headline) or title if headline != title and _PARTING.search(headline) else title


def program_of_code(code: str | None, programs: Sequence[Program]) -> str | None:
    """The programme whose code stands in the audio's URL (`atc`)."""
    return next((program.name for program in programs if code is not None and program.code == code), None)
