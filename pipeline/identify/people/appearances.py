"""A page to the people heard and credited on it, and what linking looks at: sightings on many pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.identify.names import key_of

Row = Mapping[str, Any]
Facets = tuple[str, str | None, str | None, str | None, str | None, int | None, str | None]
"""Name key, role, affiliation, network, programme, year, and the person whom a correction names."""

_ONLY_SINGS = ("(Singing", "(Rapping", "(Chanting")
"""Whoever is heard with nothing else on a page may as well be a band or a crowd."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """Somebody with a full name on one page, heard or credited."""

    transcript_id: str
    name_key: str
    name: str
    label: str | None
    air_date: date | None
    source_id: str | None
    network: str | None
    program: str | None
    role: str | None
    affiliation: str | None
    turn_count: int
    word_count: int
    name_rule: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Sighting:
    """Appearances that differ in nothing that tells people apart, together."""

    name_key: str
    name: str
    role: str | None
    affiliation: str | None
    network: str | None
    program: str | None
    year: int | None
    first_air_date: date | None
    last_air_date: date | None
    transcript_count: int
    turn_count: int
    word_count: int
    example: str
    """The least transcript_id of the earliest day."""
    person_id: str | None = None
    """Whom they were linked with before."""
    by_hand: str | None = None
    """Whom somebody says they are."""

    @property
    def facets(self) -> Facets:
        """What they have in common: equal facets are one person or nobody."""
        return self.name_key, self.role, self.affiliation, self.network, self.program, self.year, self.by_hand


def appearances_of(transcript: Row, turns: Iterable[Row], bylines: Iterable[Row]) -> list[Appearance]:
    """Everybody with a full name on a page, from its rows; in the order in which they are heard, then credited."""
    heard: dict[str, list[Row]] = {}
    for turn in turns:
        key = key_of(turn["speaker_name"]) if turn["kind"] == "speech" else None
        if key is not None:
            heard.setdefault(key, []).append(turn)
    credited = {key: byline for byline in bylines if (key := key_of(byline["name"])) is not None}
    found = [
        _heard(transcript, key, said, credited.get(key))
        for key, said in heard.items()
        if not all(turn["text"].startswith(_ONLY_SINGS) for turn in said)
    ]
    return found + [_credited(transcript, key, byline) for key, byline in credited.items() if key not in heard]


def _heard(transcript: Row, key: str, said: Sequence[Row], byline: Row | None) -> Appearance:
    first = said[0]
    affiliation = next((turn["speaker_affiliation"] for turn in said if turn["speaker_affiliation"]), None)
    return Appearance(
        **_place(transcript),
        name_key=key,
        name=first["speaker_name"],
        label=next((turn["speaker_label"] for turn in said if turn["speaker_label"]), None),
        role=next((turn["speaker_role"] for turn in said if turn["speaker_role"]), None),
        affiliation=affiliation or (byline["affiliation"] if byline else None),
        turn_count=len(said),
        word_count=sum(turn["word_count"] for turn in said),
        name_rule=first["name_rule"],
        confidence=max((turn["confidence"] for turn in said if turn["confidence"] is not None), default=None),
    )


def _credited(transcript: Row, key: str, byline: Row) -> Appearance:
    return Appearance(
        **_place(transcript),
        name_key=key,
        name=byline["name"],
        label=None,
        # Whoever is credited and not heard wrote it; a printed title («Digital Editor») tells no people apart.
        role="reporter",
        affiliation=byline["affiliation"],
        turn_count=0,
        word_count=0,
        name_rule="byline",
        confidence=None,
    )


def _place(transcript: Row) -> dict[str, Any]:
    return {name: transcript[name] for name in ("transcript_id", "air_date", "source_id", "network", "program")}
