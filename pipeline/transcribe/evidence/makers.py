"""Who made a page's story, as a sentence of its own says: «This episode was reported and produced by Ana Diaz»."""

import re
from collections.abc import Iterable

from pipeline.transcribe.evidence.spoken_forms import CAPITALISED_NAME, is_full, without_titles
from pipeline.transcribe.sought import Sought

_MADE = Sought(
    r"\b[Tt]h(?:is|e) (?:episode|story|piece|segment|hour|show|podcast) was"
    r" (?P<work>(?:(?:produced|written|edited|reported|hosted),? (?:and )?)*)by"
    r" (?P<names>[A-Z](?:[^.?!;()\n]|(?<=\b[A-Z])\.){3,200}?)(?=[.!;(\n]| with (?:help|\w+ing)\b|$)",
    " was ",
)
_OF_OURS = re.compile(
    rf"\b{CAPITALISED_NAME} (?:is|was) (?:a|an|the|one of (?:the|our)) (?:\w+ ){{0,2}}"
    r"(?:producer|editor|reporter|host)s? (?:of|for|on|at|here at) (?:our|this|the) (?:show|program|podcast)\b"
)
"""«Ana Diaz is one of the producers of our show.»"""
_BETWEEN = re.compile(r",? and |, ")


def makers(texts: Iterable[str]) -> dict[str, str | None]:
    """The full names of those who made a story; reporters are those who reported it.

    >>> makers(["This episode was reported and produced by Ana Diaz, Ed Hale and Cy Roe."])
    {'Ana Diaz': 'reporter', 'Ed Hale': 'reporter', 'Cy Roe': 'reporter'}
    >>> makers(["This story was produced by Ana Diaz.", "The bridge was reported by Ed Hale."])
    {'Ana Diaz': None}
    """
    return {
        name: "reporter" if "reported" in found["work"] else None
        for text in texts
        for found in _MADE.finditer(text)
        for name in _BETWEEN.split(found["names"].strip())
        if is_full(name)
    }


def is_credited(name: str, text: str) -> bool:
    """Whether a page names somebody among those who made it: with care for the spelling.

    >>> is_credited("Ana Diaz", "Ana Diaz is one of the producers of our show."), is_credited("Ana Diaz", "By Ed Hale.")
    (True, False)
    """
    return name in makers([text]) or any(name == without_titles(found["name"]) for found in _OF_OURS.finditer(text))
