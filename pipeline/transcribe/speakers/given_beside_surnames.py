"""The given name that somebody says whose label is his surname alone: `BOOTH: Maxine in Jamestown, Tennessee.`.

Extractors lose the first label of a listener, the one with his full name, where it stands in a paragraph that says no
more than «Hi, Peter» (limericks of Wait Wait, 2012 to 2019: three of seven pages that crawls kept as text).
"""

import re
from collections.abc import Sequence

from pipeline.transcribe.census import census_given, census_surnames
from pipeline.transcribe.evidence.given_names import has_another
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.names import Spellings, fold, proper_name
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.words import has_words

_WITHIN = 120
"""Characters of somebody's first words."""
_GREETING = r"(?:(?:Hi|Hello|Hey)\b[^.!?]{0,20}[.!,] )?"
_NAME = r"(?P<given>[A-Z][a-z][\w'’-]{0,20})(?= \(ph\)|[.,!]|$| (?:in|from|calling)\b)"
_SAYS = re.compile(rf"{_GREETING}(?:[Tt]his is|[Mm]y name is|[Mm]y name's|[Mm]y name’s) {_NAME}")
_ANSWERS = re.compile(f"{_GREETING}{_NAME}")
_ASKS = re.compile(r"(?:[Ww]ho(?:'s|’s| is) (?:this|that)|[Ww]hat(?:'s|’s| is) your name)\?$")


def with_own_given(label: Label, passages: Sequence[Passage], spellings: Spellings) -> str | None:
    """The full name of one whose label is his surname, and whom others call by the given name that he says."""
    place = first_place(label, passages)
    given = _said_given(passages[place].text, passages[place - 1].text if place else "")
    if given is None or not label.printed.isupper() or not _is_surname(fold(label.tokens[0])):
        return None
    name = f"{given} {proper_name(label.tokens, spellings, label.suffix)}"
    others = (passage.text for passage in passages if passage.label is None or passage.label.tokens != label.tokens)
    is_his = any(has_words(given, said) for said in others) and not has_another(given, name, spellings.text)
    return name if is_his else None


def first_place(label: Label, passages: Sequence[Passage]) -> int:
    """Where among the passages somebody speaks first."""
    return next(place for place, one in enumerate(passages) if one.label and one.label.tokens == label.tokens)


def _said_given(first: str, asked: str) -> str | None:
    """The given name that somebody's first words say; `asked` is what was said right before.

    >>> _said_given("Maxine in Jamestown.", "Hi, who's this?"), _said_given("This is Maxine calling.", "Hi.")
    ('Maxine', 'Maxine')
    >>> _said_given("Maxine left.", "Hi."), _said_given("This is Maxine Booth.", "Hi.")
    (None, None)
    """
    head = first[:_WITHIN]
    found = _SAYS.match(head) or (_ANSWERS.match(head) if _ASKS.search(asked[-_WITHIN:]) else None)
    return found["given"] if found is not None and fold(found["given"]) in census_given() else None


def _is_surname(word: str) -> bool:
    """Whether more people have a word for their surname than for their first name."""
    return census_given().get(word, 0) <= census_surnames().get(word, 0)
