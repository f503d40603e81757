"""Who hosts, where no label says so: by what he says himself, and by what others say of him."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

from pipeline.transcribe.evidence.introductions import says_own_name, says_program
from pipeline.transcribe.evidence.spoken_forms import BREATH, CAPITALISED_NAME, YOU_LISTEN, going_on
from pipeline.transcribe.sought import Sought
from pipeline.transcribe.words import starts

_OPENING_TURNS = 15
"""Where a BYLINE label may be a host's: a reporter who is quoted later may name his own programme."""
_CO_HOST = tuple(
    f"{word}{between}" for word in ("co-host", "cohost") for between in (" ", ", ", " is ", " with me, ", " here, ")
)
_WELCOMES = Sought(
    r"\b[Jj]oin(?:ing|s) (?:me|us)\b"
    r"|\b(?:I['’]m|we['’]re|we are|I am) joined (?:now |today )?by\b"
    r"|\b[Tt]hank(?:s| you)(?: (?:so|very) much)? for (?:(?:joining|being with|talking with|talking to"
    r"|speaking with) us|playing)\b"
    r"|\b[Ww]elcome (?:back )?to (?:the|our) (?:program|show|studio)\b"
    r"|\b(?:[Hh]e|[Ss]he|[Tt]hey)(?:(?:'s|’s| is|'re|’re| are) with us\b| joins? (?:us|me)\b| spoke (?:to|with) me\b)"
    r"|(?:^|\s)[A-Z][\w'’-]+ [A-Z][\w'’-]+, welcome[.!]$"
    r"|\bis here (?:with (?:me|us) now|in (?:the|our) studio with (?:me|us))\b",
    "elcome|hank|oin|with us|is here |spoke ",
)
_WELCOMES_TO_PROGRAM = Sought(r"\b[Ww]elcome (?:back )?to (?:the )?[A-Z]{2,}[A-Z.'’&!]* [A-Z&]{2}", "elcome ")
"""«Ana Diaz, welcome back to FRESH AIR.»: who interviewed her, on tape too."""
_OF_OURS = re.compile(
    r"(?:,|[.,]? (?:and )?(?:[Ss]he|[Hh]e)(?: is|['’]s| becomes| will be)| is| becomes| will be) (?:[a-z]+ ){0,3}"
    r"host of (?:our|this) (?:show|program|podcast)\b"
)
_SAYS_HOST = Sought(
    r"\b(?:I'm|I’m|I am) (?:[A-Z][\w.'’-]+ ){0,3}?(?:[A-Z][\w.'’-]+, )?your host\b"
    r"|\bI(?:'ve been|’ve been| have been|'m|’m| am) the host of (?:the|this|our) (?:show|program|podcast)\b"
    r"|\b(?:with|got|have|here(?:['’]s| is)|joined by) my (?:[a-z]+ ){0,2}co-?host\b(?! (?:on|of|at|for)\b)",
    "host",
)
"""«I'm Ophira Eisenberg, your host for this next hour»; who hosts another programme names it."""
_STANDS_IN = Sought(
    r"\b(?:I'm|I’m|I am) [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}, (?:sitting |filling )?in"
    r" (?:today |tonight |this week )?for [A-Z]",
    ", in |, sitting in |, filling in ",
)
"""«I'm Ana Diaz, in today for Ed Hale.»"""
_MINE = re.compile(
    rf"\b(?:{YOU_LISTEN} (?:the )?[A-Z]"
    r"|[Tt]hank(?:s| you)(?: (?:so|very) much)? for listening\b|[Hh]osted by me\b|your host\b"
    r"|[Tt]hat(?:['’]s| is) (?:it for )?(?:our|the|today['’]s|this week['’]s) (?:show|program|podcast|episode)\b"
    r"|(?:[Uu]ntil|[Ss]ee you|[Tt]alk to you) (?:next|tomorrow|soon)\b"
    r"|[Tt]his is (?:[A-Z][\w'’]*(?: [A-Z][\w'’]*){0,4}),? with me, "
    r"|(?:^|[.!] )(?:[Hh]i, )?[A-Z][\w ]{1,30} here\. (?:[Aa]nd )?[Tt]his is [A-Z])"
)
"""How who hosts a podcast begins or ends it, with his name: «I'm Ana Diaz. Thanks for listening.»"""
_MINE_WITHIN = 300
_MOST_PROGRAMS = 5
_I_AM_THIS_IS = re.compile(
    rf"\b(?:I'm|I’m|I am) {CAPITALISED_NAME}\. (?:And )?[Tt]his is (?:the )?(?P<program>[A-Z][^.?!]{{2,40}})[.!]"
)
_GREETS_ALL = re.compile(
    r"(?:Good (?:morning|evening|afternoon)|Hello)(?:, everyone)?[.,!]\s{1,2}(?:And )?(?:I'm|I’m|I am) "
)


def is_co_host(name: str, text: str) -> bool:
    """Whether somebody calls one his fellow host.

    >>> is_co_host("David Green", "It is our last day with my friend and co-host David Green.")
    True
    >>> is_co_host("David Green", "David Green is co-host of the radio show Rain.")
    False
    """
    return any(text.endswith(_CO_HOST, 0, start) for start in starts(name, text))


def is_host_of_ours(name: str, text: str) -> bool:
    """Whether somebody says of one that he hosts this programme.

    >>> is_host_of_ours("Ana Diaz", "Here is NPR's Ana Diaz. She becomes the permanent host of our show next weekend.")
    True
    >>> is_host_of_ours("Ana Diaz", "Ana Diaz is host of the radio show Rain.")
    False
    """
    return any(_OF_OURS.match(text, start + len(name)) for start in starts(name, text))


def says_host(texts: Iterable[str]) -> bool:
    """Whether somebody says that he is the host, or hosts in another's place.

    >>> says_host(["I'm Ophira Eisenberg, your host for this hour."]), says_host(["Here's your host, Peter Sagal."])
    (True, False)
    >>> says_host(["And I'm Ana Diaz, in today for Ed Hale."])
    True
    """
    return any(_SAYS_HOST.search(text) or _STANDS_IN.search(text) for text in texts)


def speaks_as_host(texts: Sequence[str], name: str) -> bool:
    """Whether somebody says his name where he begins or ends a programme.

    >>> speaks_as_host(["That's our show. I'm Ana Diaz."], "Ana Diaz")
    True
    >>> speaks_as_host(["Ana Diaz here. This is Slow Rivers."], "Ana Diaz")
    True
    >>> speaks_as_host(["I'm Ana Diaz, and I count birds."], "Ana Diaz")
    False
    """
    own = (text for text in texts if name.partition(" ")[0] in text and _MINE.search(text) is not None)
    return any(_says_beside(text, name) for text in own)


def _says_beside(text: str, name: str) -> bool:
    """Whether somebody gives his name, or the first of it, close to such words."""
    return any(
        says_own_name(text[max(0, found.start() - _MINE_WITHIN) : found.end() + _MINE_WITHIN], one)
        for found in _MINE.finditer(text)
        for one in (name, name.partition(" ")[0])
    )


def opens_program(texts: Sequence[str], name: str, program: str | None, *, is_byline: bool) -> bool:
    """Whether somebody gives a programme's name with his own in one breath, also where another host cuts in."""
    heard = texts[:_OPENING_TURNS] if is_byline else texts
    if name not in " ".join(heard):
        return False
    seams = (going_on(former[-BREATH:], text[:BREATH]) for former, text in pairwise(heard))
    return any(name in said and says_program(said, name, program) for said in (*heard, *seams))


def welcomes_to_own(texts: Sequence[str], name: str) -> bool:
    """Whether somebody says his name and his programme's, and welcomes others to it, however it is spelled.

    >>> welcomes_to_own(["I'm Bob Hale. This is Larks and Sparks.", "Ana, welcome to Larks and Sparks."], "Bob Hale")
    True
    >>> welcomes_to_own(["I'm Bob Hale. This is Utica.", "Dr Fox, welcome to Rain."], "Bob Hale")
    False
    """
    own = (text for text in texts if name in text)
    named = (found["program"] for text in own for found in _I_AM_THIS_IS.finditer(text) if found["name"] == name)
    programs = islice(dict.fromkeys(named), _MOST_PROGRAMS)
    welcomes = [f"elcome {back}to {program}" for program in programs for back in ("", "back ")]
    return any(welcome in text for welcome in welcomes for text in texts)


def greets_all(text: str, name: str) -> bool:
    """Whether words greet those who listen and say whose they are, as nobody but who opens a programme does.

    >>> greets_all("Good evening. I'm Judy Woodruff. On the program tonight:", "Judy Woodruff")
    True
    >>> greets_all("Good evening, Judy. I'm glad.", "Ed Hale")
    False
    """
    greeting = _GREETS_ALL.match(text)
    return greeting is not None and text.startswith(f"{name}.", greeting.end())


def welcomes_others(texts: Iterable[str]) -> bool:
    """Whether somebody says what nobody but a host does: «Joining me now is ...», «Thanks for being with us»."""
    return any(map(_WELCOMES.search, texts))


def welcomes_to_program(texts: Iterable[str]) -> bool:
    """Whether somebody welcomes others to a programme by its name.

    >>> welcomes_to_program(["Ana Diaz, welcome to FRESH AIR."]), welcomes_to_program(["Welcome to New York."])
    (True, False)
    """
    return any(map(_WELCOMES_TO_PROGRAM.search, texts))
