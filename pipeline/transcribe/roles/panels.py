"""Panels: who is listed together by whoever presents them."""

import re
from collections.abc import Iterable, Iterator

from pipeline.transcribe.evidence.welcomes import SENTENCE_END
from pipeline.transcribe.speakers.parts import Cast, surname_of
from pipeline.transcribe.words import has_words

_IS_HERE = re.compile(r"\b(?:are|is|here|with (?:us|me)|join(?:s|ing|ed)?|[Ww]elcome|guests?|panel(?:ists?)?)\b")
_IS_TOLD = re.compile(r"\b(?:said|says|say|told|tells|was|were)\b")
_FEWEST_LISTED = 2
_LISTS_WITHIN = 3
"""Texts of a host in which he presents a panel."""


def panel_of(cast: Cast) -> set[str]:
    """The panel that whoever is heard first presents."""
    return set(listed_by(cast, [*cast.parts][:1]))


def listed_by(cast: Cast, presenters: Iterable[str]) -> Iterator[str]:
    """Panels: «Sitting in the chairs this week are Ana Diaz, Ed Hale and Cy Roe», of whom two or more are heard."""
    names = [key for key in cast.parts if " " in key and cast.roles[key] in (None, "guest")]
    if len(names) < _FEWEST_LISTED or all(cast.roles[name] for name in names):
        return
    for text in (text for key in presenters for text in cast.parts[key].texts[:_LISTS_WITHIN]):
        if sum(name in text for name in names) < _FEWEST_LISTED:
            continue
        for sentence in SENTENCE_END.split(text):
            listed = [name for name in names if name in sentence]
            if len(listed) >= _FEWEST_LISTED and _IS_HERE.search(sentence) and not _IS_TOLD.search(sentence):
                # `DANETTE TUCKER:` is the Dani Tucker of the list, where nobody else in it has that surname.
                taken = {surname_of(name) for name in listed}
                misspelt = (
                    name for name in names if surname_of(name) not in taken and has_words(surname_of(name), sentence)
                )
                yield from (name for name in (*listed, *misspelt) if cast.roles[name] is None)
