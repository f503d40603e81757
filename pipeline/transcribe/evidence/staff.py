"""Who works in public radio, as files beside the pages say: what an informed reader knows of Terry Gross beforehand.

A page's own word comes first. What is known beforehand counts where the page leaves somebody's part open.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple, Protocol


class Standing(NamedTuple):
    """What those are known for who have a name."""

    roles: frozenset[str]
    """`host`, `reporter`, `announcer`, `guest`, `other`: all that they were."""
    programs: frozenset[str]
    """Those that they hosted, as programmes are compared."""
    hosts_here: bool
    """Whether one of them hosted the page's programme."""
    regular_on: frozenset[str] = frozenset()
    """Programmes on whose panels they sit."""


class Staff(Protocol):
    """Whom files describe. `program` is a page's, `day` its day of broadcast; None where it does not tell."""

    @property
    def idents(self) -> Sequence[str]:
        """The names of their programmes that an opening says of nothing else: «Radiolab», but not «Today»."""

    def knows(self, name: str) -> bool:
        """Whether anybody has this name, or this surname where it is one word."""

    def is_surname(self, name: str) -> bool:
        """Whether several words are a surname of somebody, and nobody's full name: `Vanek Smith`."""

    def standing(self, name: str, program: str | None, day: date | None) -> Standing | None:
        """What those are known for who have this full name; None of strangers."""

    def standing_of_surname(self, surname: str, program: str | None, day: date | None) -> Standing | None:
        """The same by a surname, where all who are known by it host or sit on panels; None where one does not."""


Known = Callable[[str], Standing | None]
"""Of a full name, or of a surname that stands alone in a label, on one page."""


def known_on(staff: Staff | None, program: str | None, day: date | None) -> Known:
    """What is known of people on a page of this programme and day; of nobody anything, where there is no staff."""

    def known(name: str) -> Standing | None:
        if staff is None:
            return None
        is_surname = " " in name and staff.is_surname(name)
        if not (is_surname or staff.knows(name)):
            return None
        find = staff.standing if " " in name and not is_surname else staff.standing_of_surname
        return find(name, program, day)

    return known


NOTHING_KNOWN: Known = known_on(None, None, None)
