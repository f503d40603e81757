"""Sightings in a few words, and whom they are linked to."""

from collections.abc import Iterable, Sequence
from datetime import date

from pipeline.identify.authority.known_people import Authority
from pipeline.identify.corrections.file import NO_CORRECTIONS, Corrections
from pipeline.identify.names import key_of
from pipeline.identify.people.appearances import Appearance
from pipeline.identify.people.linking import Grounds, Linked, link
from pipeline.identify.people.neighbours import Neighbours
from tests.benchmarks.people import met
from tests.identify.sightings import sightings_of

ATC, ME = "All Things Considered", "Morning Edition"


def heard(  # noqa: PLR0917  # what a label says, in its order
    name: str,
    role: str | None = None,
    affiliation: str | None = None,
    program: str | None = ATC,
    year: int = 2010,
    times: int = 1,
    network: str = "NPR",
) -> list[Appearance]:
    """Somebody heard so many times in a year, on pages of their own."""
    key = key_of(name)
    assert key is not None
    facts = f"{key}/{role}/{affiliation}/{program}/{year}/{network}"
    return [
        Appearance(
            f"{facts}/{number}", key, name, None, date(year, 1 + number % 12, 1 + number // 12 % 28), "npr", network,
            program, role, affiliation, 1, 10, "printed", 1.0,
        )
        for number in range(times)
    ]  # fmt: skip


def linked(
    appeared: Iterable[Appearance],
    authority: Authority | None = None,
    corrections: Corrections = NO_CORRECTIONS,
) -> Linked:
    sightings = sightings_of(appeared)
    return link(sightings, Grounds(Neighbours(met(sightings)), authority or Authority(), corrections))


def ids(found: Linked, appeared: Sequence[Appearance]) -> list[str | None]:
    """Who each group of appearances is: the id of its first one."""
    by_facets = {one.facets: found.person_of.get(one.facets) for one in sightings_of(appeared)}
    return [by_facets[sightings_of([one])[0].facets] for one in appeared]
