"""Appearances to sightings, written out in Python: what the lake asks of DuckDB."""

from collections.abc import Iterable, Sequence
from datetime import date

from pipeline.identify.people.appearances import Appearance, Sighting


def sightings_of(appearances: Iterable[Appearance]) -> list[Sighting]:
    """These appearances, counted by what they have in common; nobody was linked before."""
    together: dict[tuple[object, ...], list[Appearance]] = {}
    for one in appearances:
        year = one.air_date.year if one.air_date else None
        facets = (one.name_key, one.name, one.role, one.affiliation, one.network, one.program, year)
        together.setdefault(facets, []).append(one)
    return [_sighting(same) for same in together.values()]


def _sighting(same: Sequence[Appearance]) -> Sighting:
    first = min(same, key=lambda one: (one.air_date or date.max, one.transcript_id))
    days = [one.air_date for one in same if one.air_date]
    return Sighting(
        name_key=first.name_key,
        name=first.name,
        role=first.role,
        affiliation=first.affiliation,
        network=first.network,
        program=first.program,
        year=first.air_date.year if first.air_date else None,
        first_air_date=min(days, default=None),
        last_air_date=max(days, default=None),
        transcript_count=len(same),
        turn_count=sum(one.turn_count for one in same),
        word_count=sum(one.word_count for one in same),
        example=first.transcript_id,
    )
