"""Sightings to people: aliases first, then namesakes, then ids."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.identify.authority.known_people import Authority
from pipeline.identify.corrections.file import NO_CORRECTIONS, Corrections
from pipeline.identify.names import name_of, person_name
from pipeline.identify.people.aliases import Alias, alias_of, uses
from pipeline.identify.people.appearances import Facets, Sighting
from pipeline.identify.people.groups import Group
from pipeline.identify.people.ids import Claim, Given, Registry, given_ids
from pipeline.identify.people.namesakes import people_under
from pipeline.identify.people.neighbours import Neighbours


@dataclass(frozen=True, slots=True)
class NamedAs:
    """A name of a person, as it is spelled, and why it is his."""

    name: str
    rule: str
    evidence: str
    first_air_date: date | None
    last_air_date: date | None
    transcript_count: int


@dataclass(frozen=True, slots=True)
class Served:
    """What somebody was on the air, and when; dates are those of the corpus, not of an employment."""

    role: str | None
    program: str | None
    affiliation: str | None
    first_air_date: date | None
    last_air_date: date | None
    transcript_count: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is heard or credited, on one page or on thousands."""

    person_id: str
    name: str
    rule: str
    aliases: tuple[NamedAs, ...]
    roles: tuple[Served, ...]
    first_air_date: date | None
    last_air_date: date | None
    transcript_count: int
    turn_count: int
    word_count: int
    former_ids: tuple[str, ...]
    natural_id: str


@dataclass(frozen=True, slots=True)
class Linked:
    """People, and which sightings are theirs: what is not in `person_of` is nobody's for sure."""

    people: tuple[Person, ...]
    person_of: Mapping[Facets, str]
    """Facets of sightings to person_id."""

    @property
    def ids_kept(self) -> int:
        """People whose id is another than a numbering from nothing would give: kept for stability."""
        return sum(person.person_id != person.natural_id for person in self.people)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is known beside the sightings."""

    neighbours: Neighbours
    authority: Authority
    corrections: Corrections = NO_CORRECTIONS
    registry: Registry = field(default_factory=Registry)


def link(sightings: Sequence[Sighting], grounds: Grounds) -> Linked:
    """The people of these sightings, which must be all of a closed set of names (`neighbours.closed`).

    The order of the sightings is of no account.
    """
    corrections = grounds.corrections
    by_hand = [one for one in sightings if one.by_hand is not None]
    seen = [one for one in sightings if one.by_hand is None and not corrections.is_nobody(one.name_key)]
    aliases = _aliases(seen, grounds)
    clusters: dict[str, list[Sighting]] = defaultdict(list)
    for one in seen:
        clusters[_root(one.name_key, aliases)].append(one)
    found = _one_each(
        _Found(root, group)
        for root, same in sorted(clusters.items())
        for group in people_under(root, same, grounds.authority)
    )
    ids = given_ids([_claim(one) for one in found], grounds.registry)
    _add_by_hand(by_hand, found, ids)
    people = []
    person_of: dict[Facets, str] = {}
    for somebody, given in zip(found, ids, strict=True):
        people.append(_person(somebody, given, aliases, corrections))
        person_of.update((sighting.facets, given.person_id) for sighting in somebody.group.sightings)
    return Linked(tuple(people), person_of)


@dataclass(frozen=True, slots=True)
class _Found:
    """Somebody, and the key of the name that his others are aliases of."""

    root: str
    group: Group


def _one_each(found: Iterable[_Found]) -> list[_Found]:
    """Everybody once: somebody known may be found under several of his names."""
    people: dict[str | int, _Found] = {}
    for number, somebody in enumerate(found):
        known = somebody.group.known
        first = people.setdefault(known.person_id if known else number, somebody)
        if first is not somebody:
            first.group.sightings.extend(somebody.group.sightings)
    return list(people.values())


def _add_by_hand(by_hand: Iterable[Sighting], found: list[_Found], ids: list[Given]) -> None:
    """Give each to the person whom somebody says it is; to one more, where nobody has that id."""
    places = {given.person_id: index for index, given in enumerate(ids)}
    for one in by_hand:
        person_id = one.by_hand or ""
        if person_id not in places:
            places[person_id] = len(found)
            found.append(_Found(one.name_key, Group("correction")))
            ids.append(Given(person_id, (), person_id))
        found[places[person_id]].group.sightings.append(one)


def _aliases(sightings: Iterable[Sighting], grounds: Grounds) -> dict[str, Alias]:
    """Every name that is another's, with the name that it is directly of."""
    authority, corrections = grounds.authority, grounds.corrections
    used = uses(sightings)
    found: dict[str, Alias] = {}
    canonical = {key: person for key in used if len(authority.called(key)) == 1 for person in authority.called(key)}
    fixed = {key for key in used if authority.called(key)}
    for key in sorted(used):
        by_hand = corrections.same_as(key)
        if by_hand is not None:
            found[key] = Alias(key, by_hand.of, "correction", by_hand.evidence)
        elif key in canonical and (name := person_name(canonical[key].name)) and name.key != key:
            found[key] = Alias(key, name.key, "authority", f"alias of {canonical[key].name} in {canonical[key].origin}")
        else:
            alias = alias_of(key, grounds.neighbours.of(key), used, fixed)
            if alias is not None and not corrections.are_apart(key, alias.of):
                found[key] = alias
    return found


def _root(key: str, aliases: Mapping[str, Alias]) -> str:
    seen = {key}
    while key in aliases and aliases[key].of not in seen:
        key = aliases[key].of
        seen.add(key)
    return key


def _claim(found: _Found) -> Claim:
    group = found.group
    days = [one.first_air_date for one in group.sightings if one.first_air_date]
    first = min(days, default=None)
    before: Counter[str] = Counter()
    for one in group.sightings:
        if one.person_id is not None:
            before[one.person_id] += one.transcript_count
    example = min(one.example for one in group.sightings if one.first_air_date == first)
    known = group.known
    slug = name_of(found.root).slug
    if known is not None and (name := person_name(known.name)):
        slug = name.slug
    return Claim(slug, known.person_id if known else None, first, example, before)


def _person(found: _Found, given: Given, aliases: Mapping[str, Alias], corrections: Corrections) -> Person:
    seen, known = found.group.sightings, found.group.known
    first, last, count = _span(seen)
    name = corrections.name_of(given.person_id) or (known.name if known else _best_spelling(found.root, seen))
    return Person(
        person_id=given.person_id,
        name=name,
        rule=found.group.rule,
        aliases=tuple(_names(found, name, aliases)),
        roles=tuple(_roles(seen)),
        first_air_date=first,
        last_air_date=last,
        transcript_count=count,
        turn_count=sum(one.turn_count for one in seen),
        word_count=sum(one.word_count for one in seen),
        former_ids=given.former_ids,
        natural_id=given.natural_id,
    )


def _best_spelling(root: str, sightings: Iterable[Sighting]) -> str:
    """The most frequent spelling of the name that the others are aliases of; the one with accents of equal ones."""
    counts: Counter[str] = Counter()
    for one in sightings:
        counts[one.name] += one.transcript_count * (1_000_000 if one.name_key == root else 1)
    return min(counts, key=lambda spelling: (-counts[spelling], spelling.isascii(), spelling))


def _names(person: _Found, name: str, aliases: Mapping[str, Alias]) -> list[NamedAs]:
    """Every spelling but the person's name itself, the most frequent first."""
    root, group = person.root, person.group
    spellings = {one.name: one.name_key for one in group.sightings if one.name != name}
    found = []
    for spelling, key in spellings.items():
        same = [one for one in group.sightings if one.name == spelling]
        if key in aliases and key != root:
            rule, evidence = aliases[key].rule, aliases[key].evidence
        else:
            rule, evidence = "spelling", "the same letters but for accents, case, stops or titles"
        found.append(NamedAs(spelling, rule, evidence, *_span(same)))
    return sorted(found, key=lambda one: (-one.transcript_count, one.name))


def _roles(sightings: Iterable[Sighting]) -> list[Served]:
    by_role: dict[tuple[str | None, str | None, str | None], list[Sighting]] = defaultdict(list)
    for one in sightings:
        by_role[one.role, one.program, one.affiliation].append(one)
    found = [Served(role, program, affiliation, *_span(same)) for (role, program, affiliation), same in by_role.items()]
    return sorted(found, key=lambda one: (-one.transcript_count, f"{one.first_air_date}", str(one)))


def _span(same: Sequence[Sighting]) -> tuple[date | None, date | None, int]:
    first = min((one.first_air_date for one in same if one.first_air_date), default=None)
    last = max((one.last_air_date for one in same if one.last_air_date), default=None)
    return first, last, sum(one.transcript_count for one in same)
