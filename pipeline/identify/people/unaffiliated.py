"""Namesakes without an affiliation: whoever works for the same programme then, a programme's regular, the only one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.identify.authority.keys import program_key
from pipeline.identify.people.aliases import STAFF
from pipeline.identify.people.appearances import Sighting
from pipeline.identify.people.groups import COMMON, SHARED, Group

REGULAR = 4
"""Transcripts of one programme with a guest of one name: a regular, and one person."""
YEARS_AROUND = 2
"""Staff whose role was lost, or who are introduced as guests, within so many years of their work."""


def without_affiliation(groups: list[Group], rest: Sequence[Sighting], level: str) -> None:
    """Give these to the groups that they fit, and to new ones; what may be several people's is left."""
    waiting = _give(rest, groups, _works_there)
    waiting = _regulars(groups, waiting, level)
    if level == COMMON:
        waiting = waiting if not groups else []
    elif len(groups) == 1:
        waiting = _give(waiting, groups, _is_heard_there)
    if not groups and sum(one.transcript_count for one in waiting) == 1:
        groups.append(Group("single", list(waiting)))


def _give(
    sightings: Iterable[Sighting], groups: Sequence[Group], fits: Callable[[Group, Sighting], bool]
) -> list[Sighting]:
    """Give each sighting to the one group that it fits; those are returned that fit none, or several."""
    given: list[tuple[Group, Sighting]] = []
    left = []
    for one in sightings:
        fitting = [group for group in groups if fits(group, one)]
        if len(fitting) == 1:
            given.append((fitting[0], one))
        else:
            left.append(one)
    for group, one in given:
        group.sightings.append(one)
    return left


def _works_there(group: Group, one: Sighting) -> bool:
    """Somebody without a role where the group's staff work: the label that had it was lost."""
    if one.role not in {None, "other"} or one.program is None:
        return False
    staff = Group("staff", [seen for seen in group.sightings if seen.role in STAFF])
    return program_key(one.program) in staff.programs and staff.is_near(one.year, YEARS_AROUND)


def _is_heard_there(group: Group, one: Sighting) -> bool:
    """A guest of a programme that heard the only known person of this name within a few years."""
    is_program = one.program is not None and program_key(one.program) in group.programs
    return is_program and group.is_near(one.year, YEARS_AROUND)


def _regulars(groups: list[Group], rest: Iterable[Sighting], level: str) -> list[Sighting]:
    """Make those one who are heard again and again on one programme; the others are returned."""
    by_program: Mapping[str, list[Sighting]] = defaultdict(list)
    left = []
    for one in rest:
        if one.program is None:
            left.append(one)
        else:
            by_program[program_key(one.program)].append(one)
    regulars = Group("regular")
    for program, same in sorted(by_program.items()):
        count = sum(one.transcript_count for one in same)
        if count < REGULAR * (1 if level == SHARED else 3):
            left += same
            continue
        fitting = [group for group in groups if program in group.programs]
        if len(fitting) == 1:
            fitting[0].sightings.extend(same)
        elif not fitting and level == SHARED:
            regulars.sightings.extend(same)
        elif not fitting:
            groups.append(Group("regular", same))
        else:
            left += same
    if regulars.sightings:
        groups.append(regulars)
    return left
