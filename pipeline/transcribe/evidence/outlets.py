"""Networks, stations and programmes: who belongs to one, and to which, as the page's words say («NPR's Ana Diaz»)."""

import re

from pipeline.transcribe.sought import Sought
from pipeline.transcribe.words import starts

OUTLET = r"(?:NPR|PRX|[KW][A-Z]{2,3}|[A-Z]\w+ Public (?:Radio|Media)|Marketplace|Kaiser Health News)"
"""Who sends: networks, stations by their call signs, and programmes that lend their reporters."""
_OUTLET_SIGNS = "NPR|PRX|K|W| Public |Marketplace"
"""One of these stands in each."""
_WITHIN = 80
"""Characters before a name in which its outlet stands."""
DESK = (
    r"(?: (?!and |to |with |on |in |at |for )[a-z][\w-]*| White House| State Department| Supreme Court| Pentagon| News)"
)
JOB = r"(?:[Cc]orrespondent|[Rr]eporter|[Aa]nalyst|[Cc]ommentator|[Cc]ritic)"
OWN = r"(?:['’]?s|['’]S)"
"""`NPR's`, and what readers make of it: `NPRs`, `NPR'S`."""
_RIGHT_BEHIND_OUTLET = Sought(rf"\b{OUTLET}(?:{OWN}{DESK}{{0,4}}|(?: [\w-]+){{0,3}} {JOB}) $", _OUTLET_SIGNS)
_OUR_OWN = Sought(
    r"\b[Oo]ur (?:(?!(?:former|guest|is|are|was|and|with|to|told|the|an?) )[\w-]+ ){0,3}?"
    r"(?:[Cc]orrespondent|[Rr]eporter|[Cc]ommentator)(?: in [A-Z]\w+)?(?:,| is)? $"
    r"|(?:^|[.?!]\s)(?:Reporter|Correspondent|Commentator) $",
    "orrespondent|eporter|ommentator",
)
"""«I spoke to our correspondent Ana Diaz.», «It rains. Reporter Ana Diaz and I ...», where nobody names the outlet."""
_OF = (" of ", " from ", ", of ", ", from ", " with ", ", with ")
OF_STATION = (
    r",? (?:(?:of|from) (?:(?:NPR )?member station |(?:public radio )?station )?|with (?:NPR )?member station )"
    r"[KW][A-Z]{2,3}\b"
)
_OF_STATION = re.compile(OF_STATION)
_JOB_AT_OUTLET = re.compile(
    rf"(?:(?:,| is) (?:(?:a|an|the|our) )?(?:[a-z][\w-]* ){{0,3}}{JOB}|, who (?:covers|reports on) [a-z][\w ]{{2,40}}?)"
    rf" (?:at|for|with) {OUTLET}\b"
)
_JOB_OF_OURS = re.compile(
    r"(?:,|['’]s| is) our (?:[\w-]+ ){0,3}?(?:[Cc]orrespondent|[Rr]eporter)\b"
    r"|(?:,? who)? (?:covers|reports on) [^.?!,]{2,40} for us\b"
)
"""«Ana Diaz is our Wall Street correspondent.», «Ana Diaz, who covers rain for us»."""
_TELLS_JOB = (", ", " is ")
_OF_OUTLET = Sought(rf"\b(?P<outlet>{OUTLET}){OWN}?(?: [\w'’-]+){{0,4}} $", _OUTLET_SIGNS)


_REVIEWER = re.compile(
    r"(?:^|[.?!:\n] ?)(?:[Oo]ur|Book|Film|Movie|Music|Jazz|Rock|TV|Television) (?:\w+ )?(?:reviewer|critic),? $"
)
_REVIEWS_FOR = re.compile(r" (?:regularly )?reviews [a-z]+(?: and [a-z]+)? for (?:us|the|our|[A-Z])")
_REVIEWS = re.compile(r",? (?:has|reviews|selects|picks|recommends|offers|shares|brings|suggests|highlights)\b")


def reviews_for_outlet(name: str, text: str) -> bool:
    """Whether a teaser says that somebody reviews for the programme itself.

    >>> reviews_for_outlet("Ana Diaz", "Book reviewer Ana Diaz selects the best of this winter.")
    True
    >>> reviews_for_outlet("Ana Diaz", "We talk with New York Times book critic Ana Diaz.")
    False
    """
    return any(
        _REVIEWS_FOR.match(text, start + len(name))
        or (_REVIEWS.match(text, start + len(name)) and _REVIEWER.search(text[max(0, start - _WITHIN) : start]))
        for start in starts(name, text)
    )


def outlet_of(name: str, text: str) -> str | None:
    """The outlet that the page names with a person: `NPR's Michele Kelemen` -> `NPR`."""
    for start in starts(name, text):
        before = text[max(0, start - _WITHIN) : start]
        found = _OF_OUTLET.search(before)
        if found:
            return found["outlet"]
    return None


def is_from_outlet(name: str, text: str) -> bool:
    """Whether the page names an outlet as somebody's own: `NPR's Jamie Tarabay reports`, not `NPR's A talks with B`.

    >>> is_from_outlet("David Greene", "NPR White House correspondent David Greene was listening.")
    True
    >>> is_from_outlet("Ana Diaz", "I spoke a short time ago to our correspondent Ana Diaz.")
    True
    >>> is_from_outlet("Ana Diaz", "Ana Diaz of member station KUT has been there.")
    True
    >>> is_from_outlet("Ana Diaz", "Ana Diaz with member station KUT tells us."), is_from_outlet("Jo", "Jo with KUT")
    (True, False)
    >>> is_from_outlet("Ana Diaz", "Ana Diaz, senior reporter at Marketplace, what's your story?")
    True
    """
    for start in starts(name, text):
        end = start + len(name)
        before = text[max(0, start - _WITHIN) : start]
        if _RIGHT_BEHIND_OUTLET.search(before) or _OUR_OWN.search(before):
            return True
        if text.startswith(_OF, end) and _OF_STATION.match(text, end):
            return True
        if text.startswith(_TELLS_JOB, end) and _JOB_AT_OUTLET.match(text, end):
            return True
        if _JOB_OF_OURS.match(text, end):
            return True
    return False
