"""Roles of those whom a reader knows: Terry Gross hosts, Nina Totenberg reports, where a page leaves it open.

Of 2,000 turns whose speakers the built-in files call hosts, 96 in 100 are a host's; of those called reporters alone, 8
in 10 a reporter's, and most others a host's who stands in, as his words tell.
"""

from collections import Counter
from collections.abc import Mapping

from pipeline.transcribe.evidence.staff import Known, Standing
from pipeline.transcribe.roles.guests import greets_as_guest, is_announced_guest
from pipeline.transcribe.roles.interviews import asks
from pipeline.transcribe.speakers.parts import LOST_HOST, Cast, Part
from pipeline.transcribe.words import starts

_LONGEST_INITIALS = 2
_PAIR = 2
"""Voices of a talk in which a host may be somebody's guest; more are a panel's, a quiz's or a programme's."""


def give_known_staff(cast: Cast, known: Known, page_text: str) -> None:
    """The roles of known hosts and reporters, where neither label nor words gave any.

    Who hosted the page's programme hosts, and who is known for nothing but reporting reports.
    """
    found = {
        key: standing
        for key, part in cast.parts.items()
        if cast.roles[key] is None
        and _may_be_staff(part)
        and not _has_namesakes(key, cast)
        and (standing := _standing(part, known)) is not None
        and not _is_guest(part, page_text)
    }
    for key, standing in found.items():
        if standing.roles == {"reporter"}:
            cast.roles[key] = "reporter"
        elif standing.hosts_here and "other" not in standing.roles:
            cast.roles[key] = "host"
    if any(cast.roles[key] is None for key in found):
        _give_roles_by_programs(cast, found, known)


def _give_roles_by_programs(cast: Cast, found: Mapping[str, Standing], known: Known) -> None:
    """The roles of who is known for hosting, on a page of another programme or of one that is not known, and of panels.

    He hosts where nobody else does, and he is heard first, asks, has no more than a surname left of his label, or is
    known for nothing else and heard with several, where nobody asks a mere surname; or beside one with whom he hosted,
    where he asks, has a surname left, or is known for nothing else and not asked; or amid the panel of his programme.
    Who is asked more than he asks is somebody's guest. So are those of whom a surname is left, beside the host of a
    programme on whose panel they sit.
    """
    asking = _asking(cast)
    first = next(iter(cast.parts))
    hosts = [key for key, role in cast.roles.items() if role == "host" and key != LOST_HOST]
    hosted = {program for key in hosts if (one := _standing(cast.parts[key], known)) for program in one.programs}
    panels = {program for standing in found.values() for program in standing.regular_on}
    for key, standing in found.items():
        if cast.roles[key] is not None or standing.roles.isdisjoint(("host",)) or "other" in standing.roles:
            continue
        is_bare = _is_bare_surname(cast.parts[key])
        if hosts:
            asks_as_host = asking[key] > 0 and "reporter" not in standing.roles
            only_hosts = standing.roles == {"host"} and not standing.regular_on and asking[key] == 0
            is_host = (is_bare or asks_as_host or only_hosts) and bool(standing.programs & hosted)
        else:
            is_namesake = is_bare and asking[key] < 0  # perhaps: a guest whose full label is lost
            is_amid = standing.roles == {"host"} and len(cast.parts) > _PAIR and not is_namesake
            is_host = asking[key] > 0 or is_amid or (asking[key] == 0 and (is_bare or key == first))
        if is_host or (standing.programs - standing.regular_on) & panels:
            cast.roles[key] = "host"
            hosts.append(key)
            hosted |= standing.programs
    for key, standing in found.items():
        if cast.roles[key] is None and _is_bare_surname(cast.parts[key]) and standing.regular_on & hosted:
            cast.roles[key] = "guest"


def _standing(part: Part, known: Known) -> Standing | None:
    """By his full name; by the surname that his label is, where the page has no more of him."""
    name = part.speaker.name
    if name is not None:
        return known(name) if " " in name else None
    label = part.passage.label
    return known(label.printed) if label is not None and _is_bare_surname(part) else None


def _has_namesakes(key: str, cast: Cast) -> bool:
    """Whether a mere surname is that of somebody whom the page has in full: which of the two it means is not known."""
    return " " not in key and any(other.upper().endswith(f" {key.upper()}") for other in cast.parts)


def _is_bare_surname(part: Part) -> bool:
    """What is left of a host, whose full label is lost the most often; of `VANEK SMITH` nobody has that for a name."""
    label = part.passage.label
    if label is None or len(label.printed) <= _LONGEST_INITIALS:
        return False
    is_longer = len(label.tokens) > 1 and label.printed.isupper() and part.speaker.name is None
    return label.is_bare or (is_longer and label.tokens == tuple(label.printed.split()))


def _may_be_staff(part: Part) -> bool:
    """No stranger, as labels with `Mr.` or what somebody is in parentheses print."""
    label = part.passage.label
    return label is None or (label.honorific is None and label.affiliation is None)


def _is_guest(part: Part, page_text: str) -> bool:
    """Whether somebody answers a welcome, or is called a guest."""
    name = part.speaker.name or ""
    if greets_as_guest(part) or is_announced_guest(name, page_text):
        return True
    return any(page_text.endswith("guest ", 0, start) for start in starts(name, page_text))


def _asking(cast: Cast) -> Counter[str]:
    """How much more often somebody asks another than he is asked."""
    asking: Counter[str] = Counter()
    for (former, said), (follower, _) in cast.pairs:
        if former != follower and asks(said):
            asking[former] += 1
            asking[follower] -= 1
    return asking
