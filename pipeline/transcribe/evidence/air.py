"""Whether a page speaks of the air at all: of a programme, a station, a recording, of who hosts, reports or listens.

Plays, reviews, interviews in print, voters' guides and threads print labels and talk as transcripts do, and none of
these words; nor do they say who is heard, as to those who do not see him («That's Ana Diaz.»). Of 170 real
transcripts, openings of two turns among them, one has none of them, and no cue (2026-11-27).
"""

import re
from collections.abc import Iterable

_OF_AIR = re.compile(
    r"\b(?:NPR|PRI|PRX|APM|BBC|ABC|CBC|CBS|CNN|NBC|PBS|[KW][A-Z]{2,3}|(?i:radio|podcast|broadcast|listen|transcript|rebroadcast)\w*"
    r"|(?i:episode|program|programme|show|station|studio|reporter|correspondent|host|caller|report|segment|mic|microphone"
    r"|interview|soundbite)s?|(?i:hosted|reported|reporting|interviewed|on (?:the )?air|audio|news|byline)"
    r"|(?:joins?|joined|joining)|(?i:for (?:joining|being|having|talking|speaking|listening))"
    r"|(?:I['’]m|[Mm]y name is|(?:[Tt]hat|[Tt]his|[Hh]ere)(?:['’]s| is)) [A-Z][a-z]{1,20} [A-Z][A-Za-z'’-]{1,20})\b"
)
_STATION = re.compile(
    r"npr|radio|\b[kw][a-z]{2,3}(?:(?:studios|news)?\.(?:org|fm)|news\.com)\b|\b[a-z]{0,4}p[bmr](?:news)?\.org\b"
    r"|\babc\.net\.au\b|\b(?:bbc|cbc)\.|\bthisamericanlife\.|\bmarketplace\.org\b"
)
_ADDRESS = re.compile(r"podcast|transcript|listen|broadcast|episode|audio")
_UNEDITED = re.compile(
    r"\b(?i:yeah|yep|uh|um|mm|mhm|hmm?|huh|okay|gonna|wanna|gotta|wow|oh|ah|i mean|kind of|sort of)\b"
    r"|\b(?i:thanks|thank you)(?: so| very)? much\b|, you know\b|\b[Yy]ou know,|\b(?:[Ww]ell|like),|\b[Rr]ight[.?]"
    r"|[a-z]--?(?=\s|$)| -- |\.\.\.|…|\d:\d\d\]"
    r"|[(\[](?i:ph\b|speaking|through|singing|reading|laugh|crosstalk|archive|as [a-z])"
)


def speaks_of_air(texts: Iterable[str], address: str) -> bool:
    """Whether a page's words or its address do.

    >>> speaks_of_air(["ANA: It rains.", "ED: In today's program?"], ""), speaks_of_air(["ANA: It rains."], "")
    (True, False)
    """
    is_told = is_of_station(address) or _ADDRESS.search(address.casefold()) is not None
    return is_told or any(map(_OF_AIR.search, texts))


def is_of_station(address: str) -> bool:
    """Whether an address is a station's or a network's; those who collect television's scripts say «transcripts» too.

    >>> is_of_station("https://www.wzzz.org/rain"), is_of_station("https://tv.example/transcripts/rain")
    (True, False)
    """
    return _STATION.search(address.casefold()) is not None


def is_unedited(text: str) -> bool:
    """Whether somebody talks as people do before an editor hears them, or breaks off.

    >>> is_unedited("It rains in the, uh, harbor."), is_unedited("It was about-"), is_unedited("I grew up in it.")
    (True, True, False)
    """
    return _UNEDITED.search(text) is not None
