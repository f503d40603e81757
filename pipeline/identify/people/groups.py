"""Sightings that are one person's, and how common the name is that they are under."""

from dataclasses import dataclass, field

from pipeline.identify.authority.keys import program_key
from pipeline.identify.authority.known_people import KnownPerson
from pipeline.identify.names import name_of
from pipeline.identify.people.affiliations import marks
from pipeline.identify.people.appearances import Sighting
from pipeline.identify.people.rarity import bearers

_FEW = 600.0
"""Bearers: of so few people hardly two are heard on the radio."""
_MANY = 12_000.0
"""Bearers: of so many people several are heard, and staff of two outlets may be two."""
RARE, SHARED, COMMON = "rare", "shared", "common"


def commonness(key: str) -> str:
    """How common a name is: RARE, SHARED or COMMON."""
    count = bearers(name_of(key))
    return RARE if count < _FEW else SHARED if count < _MANY else COMMON


@dataclass(slots=True)
class Group:
    """Sightings of one person, and the rule that holds them together."""

    rule: str
    sightings: list[Sighting] = field(default_factory=list)
    known: KnownPerson | None = None

    @property
    def marks(self) -> frozenset[str]:
        return frozenset(mark for one in self.sightings for mark in marks(one.affiliation))

    @property
    def programs(self) -> frozenset[str]:
        return frozenset(program_key(one.program) for one in self.sightings if one.program)

    @property
    def transcript_count(self) -> int:
        return sum(one.transcript_count for one in self.sightings)

    def is_near(self, year: int | None, years: int) -> bool:
        """Whether a year is within so many years of those of the group; an unknown year is."""
        own = [one.year for one in self.sightings if one.year is not None]
        return year is None or not own or min(own) - years <= year <= max(own) + years
