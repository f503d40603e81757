"""How many people bear a name: what tells a shared name from one that two people hardly ever share.

Frequencies are those of the United States census of 1990 (public domain), in bearers per 100,000: first names from
3 on, surnames from 3 on.
"""

from functools import cache, lru_cache
from importlib import resources

from pipeline.identify.names import Name

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


@cache
def census_given() -> dict[str, float]:
    """First names, with bearers per 100,000."""
    return _read("census_given.tsv")


@cache
def census_surnames() -> dict[str, float]:
    """Surnames, with bearers per 100,000."""
    return _read("census_surnames.tsv")


def _read(file: str) -> dict[str, float]:
    text = resources.files("pipeline.identify").joinpath(file).read_text(encoding="utf-8")
    return {name: float(share) for name, share in (line.split("\t") for line in text.splitlines())}
