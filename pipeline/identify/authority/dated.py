"""Names that meant one person for some years and another before or after: `GEORGE BUSH`, `PRESIDENT BUSH`.

Who was called so on the page's day says the authority (`called`). A page of another day keeps what is printed, and a
page that speaks of the other as well does: an old tape may be his.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.identify.authority.entries import Called
from pipeline.identify.authority.hosts import RULE
from pipeline.identify.authority.keys import call_key
from pipeline.identify.authority.known_people import Authority, KnownPerson
from pipeline.records import Reading, Turn

BY_DAY = 0.9
"""Confidence at most: the page's day speaks for the person, and what it prints."""
_TOLD_APART = r"(?:former|elder|first)(?: president)?"
"""Before a surname: «former President Bush» is not the one who is."""


def with_dated_names(reading: Reading, authority: Authority) -> Reading:
    """The reading with the full names of those whom a name or an office meant on the page's day."""
    day = reading.transcript.air_date if reading.transcript else None
    if day is None:
        return reading
    text: str | None = None
    meant: dict[str, KnownPerson | None] = {}
    for call in {call for turn in reading.turns if (call := _call(turn)) is not None}:
        known = authority.meant_by(call)
        if known:
            text = text or call_key("\n".join(turn.text for turn in reading.turns))
            meant[call] = _meant(known, day, text)
    if not any(meant.values()):
        return reading
    return replace(reading, turns=tuple(_named(turn, meant.get(_call(turn) or "")) for turn in reading.turns))


def _call(turn: Turn) -> str | None:
    """What a turn's speaker is called: the name that he was given, else the label."""
    return (turn.speaker_name or turn.speaker_label) if turn.kind == "speech" else None


def _meant(known: Sequence[tuple[KnownPerson, Called]], day: date, text: str) -> KnownPerson | None:
    """Who alone was called so on this day, where the page's words do not speak of another who was."""
    fitting = [person for person, called in known if called.covers(day)]
    if len(fitting) != 1:
        return None
    [person] = fitting
    others = {key for other, _ in known if other is not person for key in other.keys - person.keys}
    surname = next(person.names).last
    told_apart = "|".join((*map(re.escape, sorted(others)), f"{_TOLD_APART} {re.escape(surname)}"))
    return None if re.search(rf"\b(?:{told_apart})\b", text) else person


def _named(turn: Turn, person: KnownPerson | None) -> Turn:
    if person is None:
        return turn
    confidence = BY_DAY if turn.confidence is None else min(BY_DAY, turn.confidence)
    return replace(turn, speaker_name=person.name, name_rule=RULE, confidence=confidence)
