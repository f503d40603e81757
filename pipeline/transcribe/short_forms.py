"""First names that stand for each other: `Bob` and `Robert`, `Chris` and `Christopher`."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nicknames import NickNamer


@lru_cache(maxsize=16_384)
def short_forms(given: str) -> frozenset[str]:
    """First names that stand for this one, or that it stands for: `bob` and `robert`."""
    library = _nicknames()
    return frozenset(library.nicknames_of(given) | library.canonicals_of(given)) - {given}


def is_short_form(name: str, other: str) -> bool:
    """Whether two full names, folded, differ in nothing but such first names.

    >>> is_short_form("chris joyce", "christopher joyce"), is_short_form("chris joyce", "james joyce")
    (True, False)
    """
    given, _, rest = name.partition(" ")
    others_given, _, others_rest = other.partition(" ")
    return rest == others_rest != "" and given != others_given and others_given in short_forms(given)


@cache
def _nicknames() -> "NickNamer":
    from nicknames import NickNamer  # noqa: PLC0415  # a data set that most pages never need

    return NickNamer()
