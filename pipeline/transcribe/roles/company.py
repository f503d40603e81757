"""The company of a programme: who announces its host, its musicians and judges, who are neither hosts nor guests."""

import re

from pipeline.transcribe.evidence.announcements import calls_host
from pipeline.transcribe.sought import Sought
from pipeline.transcribe.speakers.parts import Part
from pipeline.transcribe.words import starts

_COMPANY = Sought(
    r"\b(?:[Oo]ur (?:[\w-]+ ){0,2}?|house )"
    r"(?:musician|band|puzzle (?:guru|editor|master)|judge|scorekeeper|producer|engineer|director|editor),?"
    r" (?:M[rs]s?\. )?$",
    "musician|band|puzzle|judge|scorekeeper|producer|engineer|director|editor",
)
_COMPANY_WITHIN = 60
"""«With me is our house musician, Jonathan Coulton», «our one-man house band, Mr. Jonathan Coulton»: neither guest nor
host."""
_NAME_WITHIN = 80
"""Characters behind «here's your host» in which his name stands."""
_READS_TO_YOU = re.compile(
    r" (?:is going to|will)(?: now)? (?:read|perform|recreate)(?: (?:for|to))? you(?: [\w-]+){1,4}"
    r" (?:limericks|quotes|quotations|questions|clues)\b"
)
"""«Bill Kurtis is going to read you three news-related limericks»: a quiz's announcer, to its contestant."""


def role_beside_hosts(part: Part, page_text: str) -> str | None:
    """Who calls the host to the microphone announces («And here's your host, Peter Sagal»); the house's others."""
    name = part.speaker.name or ""
    calls = [text.rpartition("your host")[2][:_NAME_WITHIN] for text in part.texts if calls_host(text)]
    if calls and not any(name and name in behind for behind in calls):  # of whom the announcer's label is lost hosts
        return "announcer"
    for start in starts(name, page_text):
        if _READS_TO_YOU.match(page_text, start + len(name)):
            return "announcer"
        if _COMPANY.search(page_text[max(0, start - _COMPANY_WITHIN) : start]):
            return "other"
    return None
