"""Whom the last words of a speaker call to speak next: «as NPR's Michele Kelemen reports», «and here's your host»."""

import re

from pipeline.transcribe.census import census_given
from pipeline.transcribe.evidence.announcements import CALLS_HOST
from pipeline.transcribe.evidence.outlets import DESK, JOB, OF_STATION, OUTLET, OWN, is_from_outlet
from pipeline.transcribe.evidence.spoken_forms import CAPITALISED_NAME, is_full, name_alone
from pipeline.transcribe.names import fold
from pipeline.transcribe.speakers.parts import Cast
from pipeline.transcribe.words import SENTENCE_ENDS

LONGEST_HAND_OVER = 240
"""Characters of somebody's last words that may call the next one."""
_HERE_IS = ("ere's ", "ere’s ", "ere is ")
_REPORTS_WITHIN = 110
"""Characters of a last sentence that begins with «reports» or «has our story»."""
# Before each pattern words of which one stands in all that it finds, and within how many last characters: a quick look
# that spares most texts the pattern.
_HAND_OVER = (
    (
        ("your host",),
        LONGEST_HAND_OVER,
        re.compile(rf"{CALLS_HOST}.{{0,160}}?(?:,|[Ii]t's|[Ii]t’s|[Hh](?:is|er) name is) {CAPITALISED_NAME}[.!]$"),
        "host",
    ),
    (
        (" report", " explains", " has ", " brings us "),
        _REPORTS_WITHIN,
        re.compile(
            rf"(?<![\w'’-])(?<!expert )(?<!ologist )(?<!cientist )(?<!rofessor ){CAPITALISED_NAME}(?:{OF_STATION},?)?"
            r" (?:reports|explains|(?:prepared|filed|compiled) this report"
            r"|(?:has|brings us)"
            r" (?:more|(?:(?:the|our|this|his|her|their) )?(?:story|report|details|latest|note|profile)))\b"
            r"[^.?!]{0,80}[.:]$"
        ),
        "reporter",
    ),
    (
        (" from ",),
        _REPORTS_WITHIN,
        re.compile(
            r"\b(?:[Tt]his|[Oo]ur|[Tt]oday['’]s) (?:note|report|story|profile|dispatch)(?: (?:on|about) [^.?!]{2,60})?"
            rf" from {CAPITALISED_NAME}[.:]$"
        ),
        "reporter",
    ),
    (
        (" in today", " in this week"),
        LONGEST_HAND_OVER,
        re.compile(
            rf"\bas {CAPITALISED_NAME} (?:points out|explains|tells us|describes|reports)"
            r" in (?:today|this week)['’]s [^.?!]{2,120}[.:]$"
        ),
        "reporter",
    ),
    (
        (*_HERE_IS, "eres "),
        LONGEST_HAND_OVER,
        re.compile(
            rf"\b[Hh]ere(?:['’]?s| is)"
            rf" (?:{OUTLET}{OWN}{DESK}{{0,4}}|(?:our |[Rr]eporter |[Cc]orrespondent ){{1,2}}) ?{CAPITALISED_NAME}"
            r"(?: (?:with|on|in|at|from) [^.?!]{2,120})?[.:]$"
        ),
        "reporter",
    ),
    # The last sentence tells what one of the house did; who «joins us» is greeted first.
    (
        ("",),
        LONGEST_HAND_OVER,
        re.compile(
            rf"(?:^|[.?!] ){OUTLET}(?:{OWN}{DESK}{{0,4}}|(?: [\w-]+){{0,3}} {JOB}) {CAPITALISED_NAME}"
            r" (?!joins|is (?:here|with|on)|(?:speaks|talks|spoke|talked|sat down)\b)[a-z][^.?!]{3,160}\.$"
        ),
        "reporter",
    ),
    # Of a film's producer or another paper's reporter the same may be told: he did not set out for this.
    (
        ("Reporter ", "Producer ", "Correspondent "),
        LONGEST_HAND_OVER,
        re.compile(
            rf"(?:^|[.?!] )(?:Reporter|Producer|Correspondent) {CAPITALISED_NAME}"
            r" (?:set out|reports|explores|investigates|looks (?:at|into)|takes us|tells us|sent us|paid a visit"
            r"|(?:has been|went) (?:investigating|looking|finding|following|reporting|covering|exploring))\b"
            r"[^.?!]{3,160}[.:]$"
        ),
        "reporter",
    ),
)
_HAND_OVER_WORDS = (
    " report",
    " explains",
    " has ",
    " brings us ",
    " from ",
    " in today",
    " in this week",
    *_HERE_IS,
    "NPR",
    "your host",
    "Reporter ",
    "Producer ",
    "Correspondent ",
)
"""Where none of these stands, nobody is called."""
_WORDS_END = (*SENTENCE_ENDS, ":", ",")
_FULL = 2
"""Words of a name, of which more may begin with a place."""
_LONGEST_HEADING = 10
"""Words."""
_ENDS = (".", ":", "!", "\n")
"""Of what calls somebody: a question is put to one who is called otherwise."""


def hands_over_to(text: str) -> tuple[str, str] | None:
    r"""Whom the last words of a speaker call to speak next, and as what: `host` or `reporter`; None where nobody.

    >>> hands_over_to("It is a long war, as NPR's Michele Kelemen reports.")
    ('Michele Kelemen', 'reporter')
    >>> hands_over_to("Ana Diaz of member station KUT reports from Lowell.")
    ('Ana Diaz', 'reporter')
    >>> hands_over_to("And here's your host at the Chase Bank Auditorium in downtown Chicago, Peter Sagal.")
    ('Peter Sagal', 'host')
    >>> hands_over_to("And here again is your host, at the Palace Theater in Waterbury, Connecticut, Peter Sagal.")
    ('Peter Sagal', 'host')
    >>> hands_over_to("It snows. NPR's Ana Diaz went out to see it."), hands_over_to("NPR's Ana Diaz joins us now.")
    (('Ana Diaz', 'reporter'), None)
    >>> hands_over_to("It snows. Producer Ana Diaz set out to find out why.")
    ('Ana Diaz', 'reporter')
    >>> hands_over_to("Producer Ana Diaz made a film of it.")
    >>> hands_over_to("It rains. Ana Diaz has more.\n\nRain and Snow")
    ('Ana Diaz', 'reporter')
    >>> hands_over_to("First, this note on rain from Ana Diaz.")
    ('Ana Diaz', 'reporter')
    >>> hands_over_to("But as Ana Diaz points out in today's Rain Note, it may snow.")
    ('Ana Diaz', 'reporter')
    >>> hands_over_to("It rains again. From Canberra Peta Donald reports.")
    ('Peta Donald', 'reporter')
    >>> hands_over_to("Weather expert Ed Hale explains why.")
    """
    tail = _without_heading(text[-LONGEST_HAND_OVER:])
    if not tail.endswith(_ENDS) or not any(map(tail.__contains__, _HAND_OVER_WORDS)):
        return None
    for words, within, pattern, role in _HAND_OVER:
        found = list(pattern.finditer(tail)) if any(map(tail[-within:].__contains__, words)) else []
        if not found:
            continue
        printed, name = found[-1]["name"], name_alone(found[-1]["name"])
        is_behind_place = printed.startswith("From ") or tail.endswith("From ", 0, found[-1].start("name"))
        name = _without_place(name) if is_behind_place else name
        if is_full(name):
            return name, role
    return None


def _without_place(name: str) -> str:
    """The name in «From Canberra Peta Donald reports.»; nothing where it is not sure where the place ends.

    >>> _without_place("Canberra Peta Donald"), _without_place("New York Ana Diaz"), _without_place("Sydney Ana Diaz")
    ('Peta Donald', 'Ana Diaz', '')
    """
    words = name.split()
    while len(words) > _FULL and fold(words[0]) not in census_given():
        del words[0]
    return " ".join(words) if len(words) <= _FULL else ""


def may_end_in_headings(text: str) -> bool:
    """Whether the last paragraph of several is no sentence: a quick look."""
    return not text.endswith(_WORDS_END) and text.rfind("\n\n", -LONGEST_HAND_OVER) > 0


def without_next_headings(text: str) -> str:
    r"""Words that call somebody, without the headings of his story, which nobody said.

    >>> without_next_headings("It rains. Ana Diaz has more.\n\nRain Note\n\nRain and Snow")
    'It rains. Ana Diaz has more.'
    >>> without_next_headings("It rains.\n\nRain and Snow"), without_next_headings("Ana Diaz has more.\n\nso she said")
    ('It rains.\n\nRain and Snow', 'Ana Diaz has more.\n\nso she said')
    """
    tail = text[-LONGEST_HAND_OVER:]
    said = _without_heading(tail)
    headings = tail[len(said) :].split("\n\n")[1:]
    if not headings or not all(map(_is_heading, headings)) or hands_over_to(text) is None:
        return text
    return text[: len(text) - len(tail) + len(said)]


def _is_heading(text: str) -> bool:
    """A few words, most of them with a capital."""
    words = text.split()
    capitals = sum(not word[0].islower() for word in words)
    return len(words) <= _LONGEST_HEADING and text[:1].isupper() and capitals * 2 >= len(words)


def _without_heading(tail: str) -> str:
    """Last words without the headings behind them, which are the next story's."""
    said, blank, heading = tail.rpartition("\n\n")
    while blank and not heading.endswith(_WORDS_END):
        tail = said
        said, blank, heading = tail.rpartition("\n\n")
    return tail


def is_presented_as_own(cast: Cast, key: str) -> bool:
    """Whether somebody else says of one whose he is: «joining us is NPR correspondent John Ydstie»."""
    name = cast.parts[key].speaker.name
    return name is not None and any(
        name in text and is_from_outlet(name, text)
        for other, part in cast.parts.items()
        if other != key
        for text in part.texts
    )
