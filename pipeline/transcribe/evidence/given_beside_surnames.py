"""The given name that somebody says whose label is his surname alone: `BOOTH: Maxine in Jamestown, Tennessee.`.

Extractors lose the first label of a listener, the one with his full name, where it stands in a paragraph that says no
more than «Hi, Peter» (limericks of Wait Wait, 2012 to 2019: three of six pages that crawls kept as text).
"""

import re
from collections.abc import Iterable

from pipeline.transcribe.census import census_given, census_surnames
from pipeline.transcribe.evidence.given_names import has_another
from pipeline.transcribe.names import fold
from pipeline.transcribe.words import has_words

_WITHIN = 120
"""Characters of somebody's first words."""
_GREETING = r"(?:(?:Hi|Hello|Hey)\b[^.!?]{0,20}[.!,] )?"
_NAME = r"(?P<given>[A-Z][a-z][\w'’-]{0,20})(?= \(ph\)|[.,!]|$| (?:in|from|calling)\b)"
_SAYS = re.compile(rf"{_GREETING}(?:[Tt]his is|[Mm]y name is|[Mm]y name's|[Mm]y name’s) {_NAME}")
_ANSWERS = re.compile(f"{_GREETING}{_NAME}")
_ASKS = re.compile(r"(?:[Ww]ho(?:'s|’s| is) (?:this|that)|[Ww]hat(?:'s|’s| is) your name)\?$")


def given_beside_surname(surname: str, first: str, asked: str, others: Iterable[str], text: str) -> str | None:
    """The given name that somebody's first words say, where others call him by it and the page knows no other with it.

    `asked` is what was said right before, `others` what everybody else says, `text` all of it.

    >>> said = ["Hi, who's this?", "Well, Maxine, welcome."]
    >>> given_beside_surname("BOOTH", "Maxine in Jamestown.", said[0], said, " ".join(said))
    'Maxine'
    >>> given_beside_surname("TOM", "This is Maxine.", said[0], said, " ".join(said))
    >>> given_beside_surname("BOOTH", "Maxine left.", "It rained.", said, " ".join(said))
    """
    head = first[:_WITHIN]
    found = _SAYS.match(head) or (_ANSWERS.match(head) if _ASKS.search(asked[-_WITHIN:]) else None)
    if found is None or not _is_surname(fold(surname)):
        return None
    given = found["given"]
    if fold(given) not in census_given() or fold(given) == fold(surname):
        return None
    if has_another(given, f"{given} {surname.title()}", text) or not any(has_words(given, said) for said in others):
        return None
    return given


def _is_surname(word: str) -> bool:
    """Whether more people have a word for their surname than for their first name."""
    return census_given().get(word, 0) <= census_surnames().get(word, 0)
