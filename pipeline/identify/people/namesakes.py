"""The sightings under one name to people: namesakes are kept apart, and what may be either's is nobody's.

How much is needed to take two sightings for one person's depends on how many people bear the name: two Michele Kelemens
are one, two John Smiths are two until their work or their affiliation says otherwise. In this order:

1. whom the authority knows by this name, by outlet, programme and years;
2. staff (hosts, reporters, announcers), by outlet; people who change their job stay one where the name is not common;
3. everybody else with an affiliation, by its telling words;
4. who has none: whoever works for the same programme then, a programme's regular, else the only one of the name.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from pipeline.identify.authority.keys import program_key
from pipeline.identify.authority.known_people import Authority, KnownPerson
from pipeline.identify.people.affiliations import marks
from pipeline.identify.people.aliases import STAFF
from pipeline.identify.people.appearances import Sighting
from pipeline.identify.people.groups import COMMON, RARE, Group, commonness
from pipeline.identify.people.unaffiliated import YEARS_AROUND, without_affiliation


def people_under(key: str, sightings: Iterable[Sighting], authority: Authority) -> list[Group]:
    """The people among the sightings of a name and its aliases; sightings in no group are nobody's for sure.

    The order of the sightings is of no account.
    """
    ordered = sorted(sightings, key=_order)
    level = commonness(key)
    known = _known(key, ordered, authority)
    groups, rest = _of_authority(known, ordered, level)
    if level == RARE and len(known) < 2:
        return _all_one(groups, rest)
    groups += _staff(groups, rest, level)
    rest = _left(ordered, groups)
    _by_affiliation(groups, [one for one in rest if marks(one.affiliation)])
    rest = _left(ordered, groups)
    if len(known) < 2:
        without_affiliation(groups, rest, level)
    return [group for group in groups if group.sightings]


def _order(one: Sighting) -> tuple[str, ...]:
    return (f"{one.first_air_date or date.max}", one.example, *(str(part) for part in one.facets), one.name)


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
    """The known people with what is theirs by outlet or programme, and by years; what two may claim is left."""
    groups = [Group("authority", known=person) for person in known]
    rest = []
    for one in sightings:
        fitting = [group for group in groups if group.known and _fits(group.known, one, level)]
        if len(fitting) > 1:
            fitting = [group for group in fitting if group.known and _may_be_of_then(group.known, one)]
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
    if own and (not is_staff or level == COMMON):
        return False
    if one.program and program_key(one.program) in programs:
        return is_staff or one.role is None or any(_is_same_role(role.role, one.role) for role in person.roles)
    is_home = bool(marks(one.network) & outlets)
    return is_home and is_staff


def _may_be_of_then(person: KnownPerson, one: Sighting) -> bool:
    """Whether one of his roles may have been his in the year of a sighting, or about then."""
    return one.year is None or any(role.may_cover(one.year, YEARS_AROUND) for role in person.roles)


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
    if level == COMMON or not by_outlet:
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
