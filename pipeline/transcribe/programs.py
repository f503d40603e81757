"""Which programme a transcript was on, where only the speech says so («This is ALL THINGS CONSIDERED from NPR»)."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from pipeline.sources import Program

_IDENT = re.compile(r"\b(?:this is|it's|welcome to|you're listening to|for|today on) (?:the )?", re.IGNORECASE)
_HEARD_IN = 1500
"""Characters: an ident stands at the beginning."""


def program_of_ident(text: str, names: Iterable[str], day: date | None = None) -> str | None:
    """The programme that the first words name as their own; None where they name none.

    «This is WEEKEND EDITION» on a Saturday is Weekend Edition Saturday.
    """
    opening = text[:_HEARD_IN].replace("’", "'")
    spoken = {name.casefold(): name for name in names}
    if day is not None:
        weekday = f" {day:%A}".casefold()
        spoken |= {said.removesuffix(weekday): name for said, name in spoken.items() if said.endswith(weekday)}
    for found in _IDENT.finditer(opening):
        rest = opening[found.end() : found.end() + 60].casefold()
        for said, name in spoken.items():
            if rest.startswith(said) and not rest[len(said) : len(said) + 1].isalnum():
                return name
    return None


def program_of_code(code: str | None, programs: Sequence[Program]) -> str | None:
    """The programme whose code stands in the audio's URL (`atc`)."""
    return next((program.name for program in programs if code is not None and program.code == code), None)
