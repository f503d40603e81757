"""The sightings under one name to people: namesakes are kept apart, and what may be either's is nobody's.

How much is needed to take two sightings for one person's depends on how many people bear the name: two Michele Kelemens
are one, two John Smiths are two until their work or their affiliation says otherwise. In this order:

1. whom the authority knows by this name, by outlet, programme and years;
2. staff (hosts, reporters, announcers), by outlet; people who change their job stay one where the name is not common;
3. everybody else with an affiliation, by its telling words;
4. who has none: whoever works for the same programme then, a programme's regular, else the only one of the name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.identify.affiliations import marks
from pipeline.identify.aliases import STAFF
from pipeline.identify.appearances import Sighting
from pipeline.identify.authority import Authority, KnownPerson, program_key
from pipeline.identify.names import name_of
from pipeline.identify.rarity import bearers

RARE = 600.0
"""Bearers: of so few people hardly two are heard on the radio."""
COMMON = 12_000.0
"""Bearers: of so many people several are heard, and staff of two outlets may be two."""
REGULAR = 4
"""Transcripts of one programme with a guest of one name: a regular, and one person."""
YEARS_AROUND = 2
"""Staff whose role was lost, or who are introduced as guests, within so many years of their work."""

_CLEAR, _SOME, _NONE = "rare", "shared", "common"


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
    def networks(self) -> frozenset[str]:
        return frozenset(one.network for one in self.sightings if one.network)

    @property
    def transcript_count(self) -> int:
        return sum(one.transcript_count for one in self.sightings)

    def is_near(self, year: int | None, years: int) -> bool:
        """Whether a year is within so many years of those of the group; an unknown year is."""
        own = [one.year for one in self.sightings if one.year is not None]
        return year is None or not own or min(own) - years <= year <= max(own) + years


def people_under(key: str, sightings: Iterable[Sighting], authority: Authority) -> list[Group]:
    """The people among the sightings of a name and its aliases; sightings in no group are nobody's for sure.

    The order of the sightings is of no account.
    """
    ordered = sorted(sightings, key=_order)
    level = _level(key)
    known = _known(key, ordered, authority)
    groups, rest = _of_authority(known, ordered, level)
    if level == _CLEAR and len(known) < 2:
        return _all_one(groups, rest)
    groups += _staff(groups, rest, level)
    rest = _left(ordered, groups)
    _by_affiliation(groups, [one for one in rest if marks(one.affiliation)])
    rest = _left(ordered, groups)
    if len(known) < 2:
        _without_affiliation(groups, rest, level)
    return [group for group in groups if group.sightings]


def _order(one: Sighting) -> tuple[str, ...]:
    return (f"{one.first_air_date or date.max}", one.example, *(str(part) for part in one.facets), one.name)


def _level(key: str) -> str:
    count = bearers(name_of(key))
    return _CLEAR if count < RARE else _SOME if count < COMMON else _NONE


def _known(key: str, sightings: Sequence[Sighting], authority: Authority) -> list[KnownPerson]:
    keys = {key, *(one.name_key for one in sightings)}
    return list({person.person_id: person for one in sorted(keys) for person in authority.called(one)}.values())


def _left(sightings: Iterable[Sighting], groups: Iterable[Group]) -> list[Sighting]:
    taken = {id(one) for group in groups for one in group.sightings}
    return [one for one in sightings if id(one) not in taken]


def _all_one(groups: list[Group], rest: Sequence[Sighting]) -> list[Group]:
    if not groups:
        return [Group("rare_name", list(rest))] if rest else []
    groups[0].sightings.extend(rest)
    return groups[:1]


# --- 1. the authority -----------------------------------------------------------------------------------------------
def _of_authority(
    known: Sequence[KnownPerson], sightings: Sequence[Sighting], level: str
) -> tuple[list[Group], list[Sighting]]:
    """The known people with what is theirs by outlet or programme; what two of them may claim is left."""
    groups = [Group("authority", known=person) for person in known]
    rest = []
    for one in sightings:
        fitting = [group for group in groups if group.known and _fits(group.known, one, level)]
        if len(fitting) == 1:
            fitting[0].sightings.append(one)
        else:
            rest.append(one)
    return groups, rest


def _fits(person: KnownPerson, one: Sighting, level: str) -> bool:
    outlets = frozenset(mark for role in person.roles for mark in marks(role.affiliation))
    programs = {program_key(role.program) for role in person.roles if role.program}
    is_staff = one.role in STAFF
    own = marks(one.affiliation)
    if own & outlets:
        return True
    if own and (not is_staff or level == _NONE):
        return False
    if one.program and program_key(one.program) in programs:
        return is_staff or one.role is None or any(_is_same_role(role.role, one.role) for role in person.roles)
    is_home = bool(marks(one.network) & outlets)
    return is_home and is_staff


def _is_same_role(known: str, seen: str | None) -> bool:
    return known == seen or (known in {"other", "guest"} and seen in {"other", "guest"})


# --- 2. staff -------------------------------------------------------------------------------------------------------
def _staff(groups: Sequence[Group], rest: Iterable[Sighting], level: str) -> list[Group]:
    """Staff by outlet; one person's where the name is not common, or where one stops before another begins."""
    by_outlet: dict[frozenset[str], Group] = {}
    for one in rest:
        if one.role in STAFF:
            outlet = marks(one.affiliation) or marks(one.network)
            by_outlet.setdefault(outlet, Group("staff")).sightings.append(one)
    known = [group for group in groups if group.known]
    if level == _NONE or not by_outlet:
        return list(by_outlet.values())
    if len(known) == 1:
        for group in by_outlet.values():
            known[0].sightings.extend(group.sightings)
        return []
    if known:
        return list(by_outlet.values())
    whole = Group("staff", [one for group in by_outlet.values() for one in group.sightings])
    return [whole]


# --- 3. affiliations ------------------------------------------------------------------------------------------------
def _by_affiliation(groups: list[Group], rest: Iterable[Sighting]) -> None:
    """Join each to the group that shares a telling word of its affiliation; others make groups of their own."""
    for together in _joined(rest):
        own = frozenset(mark for one in together for mark in marks(one.affiliation))
        fitting = [group for group in groups if group.marks & own or _outlets(group) & own]
        if len(fitting) == 1:
            fitting[0].sightings.extend(together)
        elif not fitting:
            groups.append(Group("affiliation", together))


def _outlets(group: Group) -> frozenset[str]:
    known = group.known.roles if group.known else ()
    return frozenset(mark for role in known for mark in marks(role.affiliation))


def _joined(sightings: Iterable[Sighting]) -> list[list[Sighting]]:
    """Sightings that are linked by the words of their affiliations."""
    joined: list[tuple[set[str], list[Sighting]]] = []
    for one in sightings:
        words, same = set(marks(one.affiliation)), [one]
        apart = []
        for others, group in joined:
            if others & words:
                words |= others
                same = group + same
            else:
                apart.append((others, group))
        joined = [*apart, (words, same)]
    return [group for _, group in joined]


# --- 4. who has none ------------------------------------------------------------------------------------------------
def _without_affiliation(groups: list[Group], rest: Sequence[Sighting], level: str) -> None:
    waiting = _give(rest, groups, _works_there)
    waiting = _regulars(groups, waiting, level)
    if level == _NONE:
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
        if count < REGULAR * (1 if level == _SOME else 3):
            left += same
            continue
        fitting = [group for group in groups if program in group.programs]
        if len(fitting) == 1:
            fitting[0].sightings.extend(same)
        elif not fitting and level == _SOME:
            regulars.sightings.extend(same)
        elif not fitting:
            groups.append(Group("regular", same))
        else:
            left += same
    if regulars.sightings:
        groups.append(regulars)
    return left
