"""How many people bear a name: what tells a shared name from one that two people hardly ever share."""

from functools import lru_cache

from pipeline.identify.names import Name
from pipeline.transcribe.census import census_given, census_surnames

POPULATION = 260_000_000
_UNLISTED_GIVEN = 2.0
_UNLISTED_SURNAME = 1.0
"""Per 100,000: below the rarest that is listed, 3."""


@lru_cache(maxsize=65_536)
def bearers(name: Name) -> float:
    """How many people of the United States are likely to have this first and last name.

    >>> round(bearers(Name(("john", "smith"))), -3) > 40_000, bearers(Name(("michele", "kelemen"))) < 200
    (True, True)
    """
    given = census_given().get(name.given, _UNLISTED_GIVEN)
    last = census_surnames().get(name.last, _UNLISTED_SURNAME)
    middle = 1.0 if not name.middle else 0.05  # one more name in common makes a coincidence that much rarer
    return POPULATION * given * last * middle / 1e10
