"""What announcers say: what is on, and who hosts it. The words behind theirs are the host's, whatever label is lost."""

import re

from pipeline.transcribe.evidence.spoken_forms import BROKEN_OFF
from pipeline.transcribe.sought import Sought

CALLS_HOST = r"\b[Hh]ere(?:'s|’s| (?:once )?(?:again )?is) your host\b"
_CALLS_HOST = Sought(CALLS_HOST, "your host")
_LONGEST_CALL = 240
"""Characters of somebody's last words that may call the host."""
_SAYS_WHAT_IS_ON = re.compile(r"(?:This is|From|You're listening to|You’re listening to|Live from|It['’]s time for)\b")
_NOTICE = re.compile(r"The following (?:program|message|podcast)\b|Support for\b|This message comes from\b")
_LONGEST_ANNOUNCEMENT = 250
"""Characters: an announcer's only turn is an ident or a billboard."""
_IDENT = re.compile(
    r"(?:This is|You(?:'re|’re| are) listening to) (?:the )?[A-Z\d][A-Z\d'’&!?.,: -]{3,60} from"
    r" (?:NPR|[A-Z]{3,4})(?: News| Studios)?[.!]"
)


def says_what_is_on(text: str) -> bool:
    """Whether words are an ident, a billboard or a notice, and no more.

    >>> says_what_is_on("This is PLANET MONEY from NPR."), says_what_is_on("It rains.")
    (True, False)
    """
    return len(text) < _LONGEST_ANNOUNCEMENT and (_SAYS_WHAT_IS_ON.match(text) is not None or reads_notice(text))


def reads_notice(text: str) -> bool:
    """Whether words are a sponsor's, or a notice that a programme is about to begin.

    >>> reads_notice("This message comes from Rain Boots."), reads_notice("Support the town.")
    (True, False)
    """
    return _NOTICE.match(text) is not None


def calls_host(text: str) -> bool:
    """Whether somebody calls the host to the microphone: «And here's your host, Peter Sagal.».

    >>> calls_host("And here is your host, at the Palace, Peter Sagal."), calls_host("Peter Sagal is the host.")
    (True, False)
    """
    return _CALLS_HOST.search(text) is not None


def ends_before_host(text: str, *, is_byline: bool) -> bool:
    """Whether the host is heard next: he is called in the last words; or all were a BYLINE's ident.

    >>> ends_before_host("I'm Carl Kasell. And here's your host, Peter Sagal.", is_byline=False)
    True
    >>> [ends_before_host("This is PLANET MONEY from NPR.", is_byline=byline) for byline in (True, False)]
    [True, False]
    >>> ends_before_host("This is the Ohio River.", is_byline=True)
    False
    """
    if is_byline and _IDENT.fullmatch(text):
        return True
    is_broken = text.endswith(BROKEN_OFF)  # «And here's your host...» (APPLAUSE) «...It's Peter Sagal.»
    return not is_broken and calls_host(text[-_LONGEST_CALL:])
