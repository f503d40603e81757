"""Which names are another's: with or without a middle name, short for it, an initial, a surname more, a typo.

Every name is compared with its neighbours only (`neighbours`): names that look alike.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.identify.authority.keys import program_key
from pipeline.identify.names import Name, name_of
from pipeline.identify.people.affiliations import marks
from pipeline.identify.people.appearances import Sighting
from pipeline.identify.people.neighbours import FREQUENT, is_one_letter_off
from pipeline.identify.people.rarity import bearers
from pipeline.transcribe.census import census_given, census_surnames
from pipeline.transcribe.short_forms import short_forms

TIMES_AS_OFTEN = 20
"""A typo is so much rarer than the right spelling."""
HARDLY_SHARED = 2_000.0
"""Bearers: names of fewer people are the same person's with and without a middle name."""
STAFF = frozenset(("host", "reporter", "announcer"))


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that is another's; `evidence` says why, for people."""

    name_key: str
    of: str
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True)
class _Use:
    """How a name is used, over all its sightings."""

    key: str
    name: Name
    transcript_count: int
    roles: frozenset[tuple[bool, str | None, str | None]]
    """Staff or not, network, programme."""
    marks: frozenset[str]

    @property
    def rank(self) -> tuple[int, str]:
        return self.transcript_count, self.key


def uses(sightings: Iterable[Sighting]) -> dict[str, _Use]:
    """How each name is used."""
    by_key: dict[str, list[Sighting]] = defaultdict(list)
    for one in sightings:
        by_key[one.name_key].append(one)
    return {key: _use(key, same) for key, same in by_key.items()}


def _use(key: str, same: Sequence[Sighting]) -> _Use:
    return _Use(
        key,
        name_of(key),
        sum(one.transcript_count for one in same),
        frozenset((one.role in STAFF, one.network, one.program and program_key(one.program)) for one in same),
        frozenset(mark for one in same for mark in marks(one.affiliation)),
    )


def alias_of(key: str, neighbours: Collection[str], used: Mapping[str, _Use], fixed: Collection[str]) -> Alias | None:
    """Whose name this is, where it is another's beyond doubt: one that is met more often.

    `fixed` are names that stand for themselves, whatever they look like.
    """
    if key in fixed:
        return None
    own = used[key]
    others = [used[other] for other in neighbours if other in used]
    greater = [other for other in others if other.rank > own.rank or other.key in fixed]
    return _with_middle(own, others, greater) or _by_rules(own, greater)


def _with_middle(own: _Use, others: Sequence[_Use], greater: Sequence[_Use]) -> Alias | None:
    """`John Kerry` and `John F. Kerry`; nobody where the corpus has a John R. Kerry as well."""
    same_ends = [one for one in others if (one.name.given, one.name.last) == (own.name.given, own.name.last)]
    variants = {(one.name.initials, one.name.suffix) for one in (own, *same_ends)}
    if (
        len({initials for initials, _ in variants} - {frozenset()}) > 1
        or len({end for _, end in variants} - {None}) > 1
    ):
        return None
    longer = {one.name.middle for one in (own, *same_ends) if one.name.middle and not one.name.initials}
    if len(longer) > 1:
        return None
    fitting = [one for one in same_ends if one in greater]
    if not fitting:
        return None
    best = max(fitting, key=lambda one: one.rank)
    plain = Name((own.name.given, own.name.last))
    # Ari Daniel Shapiro reports on science, Ari Shapiro hosts: a whole middle name may be what tells two people apart.
    is_rare = bearers(plain) < HARDLY_SHARED and not longer
    if is_rare or _is_same_part(own, best) or own.marks & best.marks:
        return Alias(own.key, best.key, "middle_name", f"first and last name of {best.key}, none with another middle")
    return None


def _by_rules(own: _Use, greater: Sequence[_Use]) -> Alias | None:
    for rule, fits, evidence in (
        ("short_form", _is_short_form, "a short form of the first name of {}, same work or affiliation"),
        ("initial", _is_initial, "initial and surname of {}, who alone has them in the same work"),
        ("surname_added", _has_more_surnames, "{} with a surname more or less, same work"),
        ("typo", _is_typo, f"one letter off {{}}, which is met {TIMES_AS_OFTEN} times as often, in the same work"),
    ):
        fitting = [one for one in greater if fits(own, one)]
        if len(fitting) == 1:
            return Alias(own.key, fitting[0].key, rule, evidence.format(fitting[0].key))
        if fitting:
            return None
    return None


def _is_same_work(one: _Use, other: _Use) -> bool:
    """Staff of one network, on one programme."""
    mine = {role for role in one.roles if role[0]}
    return any(role in mine for role in other.roles)


def _is_same_part(one: _Use, other: _Use) -> bool:
    """The same part on one programme: staff or guests."""
    return any(role in one.roles and role[2] is not None for role in other.roles)


def _is_short_form(own: _Use, other: _Use) -> bool:
    if own.name.words[1:] != other.name.words[1:] or other.name.given not in short_forms(own.name.given):
        return False
    return _is_same_work(own, other) or bool(own.marks & other.marks)


def _is_initial(own: _Use, other: _Use) -> bool:
    if len(own.name.given) > 1 or own.name.last != other.name.last or len(other.name.given) == 1:
        return False
    return own.name.given == other.name.given[0] and (_is_same_work(own, other) or bool(own.marks & other.marks))


def _has_more_surnames(own: _Use, other: _Use) -> bool:
    short, long = sorted((own.name.words, other.name.words), key=len)
    return len(short) < len(long) and long[: len(short)] == short and _is_same_work(own, other)


def _is_typo(own: _Use, other: _Use) -> bool:
    if other.transcript_count < max(FREQUENT, TIMES_AS_OFTEN * own.transcript_count):
        return False
    if not is_one_letter_off(own.name, other.name):
        return False
    wrong = next(word for word, right in zip(own.name.words, other.name.words, strict=True) if word != right)
    if wrong in (census_given() if wrong == own.name.given else census_surnames()):
        return False
    return _is_same_part(own, other) or bool(own.marks & other.marks)
