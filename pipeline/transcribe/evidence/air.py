"""Whether a page speaks of the air at all: of a programme, a station, a recording, of who hosts, reports or listens.

Plays, reviews, interviews in print, voters' guides and threads print labels and talk as transcripts do, and none of
these words. Of 170 real transcripts, openings of two turns among them, one has none of them, and no cue (2026-11-27).
"""

import re
from collections.abc import Iterable

_OF_AIR = re.compile(
    r"\b(?:NPR|PRI|PRX|APM|BBC|ABC|CBC|CBS|CNN|NBC|PBS|[KW][A-Z]{2,3}|(?i:radio|podcast|broadcast|listen|transcript|rebroadcast)\w*"
    r"|(?i:episode|program|programme|show|station|studio|reporter|correspondent|host|caller|report|segment|mic|microphone"
    r"|interview|soundbite)s?|(?i:hosted|reported|reporting|interviewed|on (?:the )?air|audio|news|byline)"
    r"|(?:joins?|joined|joining)|(?i:for (?:joining|being|having)))\b"
)
_ADDRESS = re.compile(r"npr|radio|podcast|transcript|listen|broadcast|episode|audio|\b[kw][a-z]{2,3}\.(?:org|fm)\b")


def speaks_of_air(texts: Iterable[str], address: str) -> bool:
    """Whether a page's words or its address do.

    >>> speaks_of_air(["ANA: It rains.", "ED: In today's program?"], ""), speaks_of_air(["ANA: It rains."], "")
    (True, False)
    """
    return _ADDRESS.search(address.casefold()) is not None or any(map(_OF_AIR.search, texts))
