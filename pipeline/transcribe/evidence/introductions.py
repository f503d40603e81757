"""What speakers say of themselves: «I'm Lauren Frayer», «This is FRESH AIR. I'm Terry Gross»."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pipeline.transcribe import vocabulary
from pipeline.transcribe.evidence.spoken_forms import (
    BROKEN_OFF,
    CAPITALISED_NAME,
    FURTHER,
    YOU_LISTEN,
    going_on,
    without_titles,
)
from pipeline.transcribe.sought import Sought
from pipeline.transcribe.words import starts

_MARKS = re.compile(r"[\"“”\n]")
_I_AM = (
    r"(?:I'm|I’m|Im|I am|[Mm]y name is|[Mm]y name's)"
    r"(?: (?:your|the) (?:guest |co-?)?host(?: for today)?,?)?"
)

# Not in quotation marks: there somebody else is quoted.
_SELF = Sought(rf"(?<![\"“‘'\w]){_I_AM} {CAPITALISED_NAME}", "I'm|I’m|Im|I am|y name is|y name's")
# "Hello, NPR. This is Tony (ph)." "I'm Katelyn, and ..." - one name, nothing of a longer one behind it.
_SELF_FIRST = re.compile(
    rf"(?<![\"“‘'\w])(?:{_I_AM}|[Tt]his is|[Ii]t's|(?:with|[Aa]nd) me,) (?P<name>[A-Z][\w'’-]+)"
    r"(?=\s*\(ph\)|[.,;!?]|(?: [-–—])? (?:in|from|and|here|calling|with|at|on|speaking)\b|$)"
)
# "Hey, y'all, Sam Sanders here, IT'S BEEN A MINUTE." At a sentence's beginning: «we have Sam Sanders here» is another.
_SELF_HERE = Sought(
    rf"(?:^|[.!?] |\b(?:[Hh]ey|[Hh]i|[Hh]ello)(?:,| -)? (?:[\w'’]{{1,12}}(?:,| -) )?)"
    rf"{CAPITALISED_NAME} here(?=[,.!]| -)",
    " here",
)
_SELF_GREETS = Sought(
    rf"\b(?:[Hh]i|[Hh]ey|[Hh]ello)\b[,.!]? (?:[\w'’]{{1,12}}[,.!] )?[Tt]his is {CAPITALISED_NAME}"
    r"(?=[.,!]|(?: \(ph\))? (?:from|in|at|calling|speaking)\b)",
    "his is ",
)
_BEGINS_OWN_NAME = Sought(
    rf"(?:{_I_AM}|[Tt]his is)(?: {FURTHER}){{1,3}} $",
    "I'm |I’m |Im |I am |y name is |y name's |his is ",
)
_LONGEST_BEGINNING = 200
_SELF_WORDS = ("I'm", "I’m", "Im", "I am", "y name is", "y name's", " here", " me,", "your host,")
# «I'm African American» is no name.
_NO_NAMES = frozenset((
    "African", "American", "Americans", "Asian", "Australian", "Black", "British", "Canadian", "Catholic", "Chinese",
    "Christian", "Cuban", "Democrat", "English", "French", "German", "Haitian", "Hispanic", "Indian", "Irish",
    "Italian", "Jewish", "Korean", "Latina", "Latino", "Mexican", "Muslim", "Native", "Rican", "Republican", "Russian",
    "Vietnamese", "White",
))  # fmt: skip
# "This is MORNING EDITION from NPR News. I'm Steve Inskeep.", "It's the NPR POLITICS PODCAST. I'm ..."
_IDENT = Sought(
    r"\b(?:[Tt]his is|[Ii]t's|[Ii]t’s|[Ww]elcome (?:back )?to"
    rf"|{YOU_LISTEN})"
    rf"(?: the)? [\"“]?[A-Z\d][\w.'’&!%: -]{{3,60}}?"
    rf"(?: (?:from|on) [^.?!,]{{2,50}})?[.!,][\"”]?(?: distributed by [^.?!]{{3,60}}\.)?"
    r"(?: Good (?:morning|evening|afternoon)\.|(?:(?<= NPR\.)|(?<= NPR News\.))(?: [A-Z][^.?!]{2,60}\.){1,2})?"
    rf" {_I_AM} {CAPITALISED_NAME}",
    "his is |t's |t’s |elcome |istening to ",
)
# "Hey, y'all. From NPR, I'm Sam Sanders."
_FROM_NPR = Sought(rf"\b[Ff]rom NPR(?: News)?,? {_I_AM} {CAPITALISED_NAME}", "rom NPR")
_PROGRAM_WORDS = tuple(
    f"{words}{article}"
    for words in ("his is", "t's", "t’s", "elcome to", "elcome back to", "istening to")
    for article in ("", " a", " the")
)
# "Hello everyone. I'm Molly Wood. Welcome back to Make Me Smart, where we make today make sense."
_WELCOMES_TO = Sought(
    rf"{_I_AM} {CAPITALISED_NAME}\W{{1,3}}(?:[Aa]nd )?[Ww]elcome (?:back )?to (?:the )?[A-Z]", "elcome "
)
# "I'm Kelly McEvers. And this is EMBEDDED."
_AND_THIS_IS = re.compile(
    r"\b(?:[Aa]nd this is|This is|[Ii]t's|[Ii]t’s|[Yy]ou're listening to)(?: the)? [A-Z][A-Z]{2,}"
)
# "I'm Anna Feld, and this is The Night Show." A programme, not somebody else who is introduced.
_I_AM_AND_THIS_IS = Sought(
    rf"{_I_AM} {CAPITALISED_NAME}(?:\.|,)? (?:and )?[Tt]his(?: is)?"
    r" (?:The [A-Z]|[A-Z][\w'’ ]{2,40}(?:[,.] (?:[Aa]|the) (?:show|podcast|program|series)| from [A-Z]{3}))",
    "his",
)
# The same, with the programme behind: "... here, IT'S BEEN A MINUTE."
_HERE_ON = Sought(rf"{CAPITALISED_NAME} here,? (?:with |from |on )?(?:the )?[A-Z][A-Z'’]+ [A-Z]{{2}}", " here")
_ON_STATION = re.compile(r" on [KW][A-Z]{2,3}\b")
"""`Brian Lehrer on WNYC, and let's keep going`."""
_WITH_PROGRAM = (_IDENT, _FROM_NPR, _WELCOMES_TO, _I_AM_AND_THIS_IS, _HERE_ON)


def self_introductions(text: str) -> Iterator[tuple[str, str]]:
    """Names that speakers give as their own, with the rule: `ident` behind a programme's, else `self_introduction`.

    >>> list(self_introductions("I'm Robert Siegel along with a guest."))
    [('Robert Siegel', 'self_introduction')]
    >>> next(self_introductions("Hey, y'all. From NPR, I'm Sam Sanders."))
    ('Sam Sanders', 'ident')
    >>> next(self_introductions("You're listening to SCIENCE FRIDAY. I'm Ira Flatow."))
    ('Ira Flatow', 'ident')
    >>> list(self_introductions("He said, “Hello, I'm John Martin,” and sat down."))
    []
    """
    if not any(map(text.__contains__, _SELF_WORDS)):
        return
    for pattern in (_IDENT, _FROM_NPR):
        for found in pattern.finditer(text):
            yield without_titles(found["name"]), "ident"
    for pattern in (_SELF, _SELF_HERE):
        for found in _outside_quotations(pattern, text):
            if _NO_NAMES.isdisjoint(found["name"].split()):
                yield without_titles(found["name"]), "self_introduction"


def _outside_quotations(pattern: Sought, text: str) -> Iterator[re.Match[str]]:
    """What a pattern finds where no quotation is open in the paragraph: in one, somebody else speaks."""
    looked, is_quoted = 0, False
    for found in pattern.finditer(text):
        for mark in _MARKS.findall(text, looked, found.start()):
            is_quoted = mark == "“" or (mark == '"' and not is_quoted)
        looked = found.start()
        if not is_quoted:
            yield found


def greetings_by_name(text: str) -> Iterator[tuple[str, str]]:
    """Full names that speakers give with a greeting, with the rule; programmes look like names here.

    >>> list(greetings_by_name("Hi, Peter. This is Jason Dockler from Tiburon."))
    [('Jason Dockler', 'self_introduction')]
    """
    for found in _SELF_GREETS.finditer(text):
        if " " in found["name"] and "'s " not in found["name"].replace("’", "'"):  # «Sam's Aunt Betty»
            yield found["name"], "self_introduction"


def may_be_cut(end: str, text: str, folded: str) -> bool:
    """Whether these words may end a longer name that a speaker gives as his own: a quick look, to be looked at closely.

    `end` is folded, and so is `folded`, which is `text` otherwise.

    >>> may_be_cut("vanek smith", "Hi, this is Stacey Vanek Smith.", "hi, this is stacey vanek smith.")
    True
    >>> may_be_cut("steve inskeep", "Good morning. I'm Steve Inskeep.", "good morning. i'm steve inskeep.")
    False
    """
    for start in starts(end, folded):
        if not folded.endswith(" ", 0, start):
            continue
        if text.startswith(" here", start + len(end)):
            return True
        is_whole = text.endswith(_BEGINS_OWN_NAME.words, 0, start)  # «I'm Steve Inskeep», as most say their names
        before = "" if is_whole else text[max(0, start - _LONGEST_BEGINNING) : start]
        word = before[:-1].rpartition(" ")[2]
        may_be_name = word[:1].isupper() or word in vocabulary.PARTICLES
        if may_be_name and _BEGINS_OWN_NAME.search(before):
            return True
    return False


def introductions_cut_off(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """As `self_introductions`, of what somebody says in pieces because another cuts in.

    >>> list(introductions_cut_off(["It's raining. I'm...", "...Ana Diaz. I cover rain."]))
    [('Ana Diaz', 'self_introduction')]
    """
    for former, text in pairwise(texts):
        if former.endswith(BROKEN_OFF):
            yield from self_introductions(going_on(former[-_LONGEST_BEGINNING:], text[:_LONGEST_BEGINNING]))


def says_own_name(text: str, name: str) -> bool:
    """True where a speaker gives this name as his own («Hello. This is Tony»); one name alone may be of any case.

    >>> says_own_name("Hi. I'm Tony.", "TONY"), says_own_name("This is Martin Luther King Day.", "MARTIN")
    (True, False)
    """
    if " " in name:
        return name in text and (
            any(f"{words} {name}" in text for words in _SELF_WORDS)
            or (f"{name} here" in text and any(found["name"] == name for found in _SELF_HERE.finditer(text)))
        )
    return any(found["name"].casefold() == name.casefold() for found in _SELF_FIRST.finditer(text))


def says_program(text: str, name: str, program: str | None = None) -> bool:
    """Whether somebody gives a programme's name with his own: `This is FRESH AIR. I'm Ana Diaz.`, in either order.

    `program` is the page's own, which need not be in capitals.

    >>> says_program("Hey, I'm Kelly McEvers. And this is EMBEDDED.", "Kelly McEvers")
    True
    >>> says_program("I'm Jad Abumrad. This is Radiolab.", "Jad Abumrad", "Radiolab")
    True
    >>> says_program("It's the Ed Hale show on WNYC.", "Ed Hale"), says_program("Ed Hale on WNYC. Hi.", "Ed Hale")
    (True, True)
    """
    if name not in text:
        return False
    if f"the {name} show".casefold() in text.casefold():
        return True
    if text.startswith(name) and _ON_STATION.match(text, len(name)):
        return True
    if not says_own_name(text, name):
        return False
    if program is not None:
        spoken, wanted = text.casefold(), program.casefold()
        if any(f"{words} {wanted}" in spoken for words in _PROGRAM_WORDS):
            return True
    idents = (found for pattern in _WITH_PROGRAM for found in pattern.finditer(text))
    return any(found["name"] == name for found in idents) or _AND_THIS_IS.search(text) is not None
