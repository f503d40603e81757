"""Interviews by somebody whom the page names by initials alone: `KK:` asks, `Juana Orr:` and then `JO:` answer."""

import re

from pipeline.transcribe.parts import Cast

_INITIALS = re.compile(r"[A-Z]{2,3}")
_FEWEST_QUESTIONS = 2
_VOICES = 2


def give_interviewer_by_initials(cast: Cast) -> None:
    """The roles of host and guest for two of whom one, named by initials alone, nearly always asks and one never."""
    if len(cast.parts) != _VOICES or any(cast.roles.values()):
        return
    for asker, other in (tuple(cast.parts), tuple(cast.parts)[::-1]):
        if _INITIALS.fullmatch(asker) and _asks(cast, asker) and not _questions(cast, other):
            cast.roles[asker], cast.roles[other] = "host", "guest"


def _asks(cast: Cast, key: str) -> bool:
    return _questions(cast, key) >= max(_FEWEST_QUESTIONS, len(cast.parts[key].texts) * 2 / 3)


def _questions(cast: Cast, key: str) -> int:
    return sum(text.rstrip().endswith("?") for text in cast.parts[key].texts)
