"""Which names are another's: with or without a middle name, short for it, an initial, a surname more, a typo.

Every name is compared with its neighbours only: names that look alike. So what is decided of a name depends on nothing
but the appearances under it and under its neighbours, and a night's names can be linked without all others.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from nicknames import NickNamer
from rapidfuzz.distance import OSA

from pipeline.identify.affiliations import marks
from pipeline.identify.appearances import Sighting
from pipeline.identify.authority import program_key
from pipeline.identify.names import Name, name_of
from pipeline.identify.rarity import bearers, census_given, census_surnames

FREQUENT = 20
"""Transcripts: a spelling met so often is no typo, and may be what a typo is one of."""
TIMES_AS_OFTEN = 20
"""A typo is so much rarer than the right spelling."""
SHORTEST_TYPO = 4
"""Letters of the word in which one is wrong: shorter words are different names."""
HARDLY_SHARED = 2_000.0
"""Bearers: names of fewer people are the same person's with and without a middle name."""
STAFF = frozenset(("host", "reporter", "announcer"))


@dataclass(frozen=True, slots=True)
class Met:
    """How often a name is met: what neighbours are found by."""

    name_key: str
    transcript_count: int
    staff_count: int


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that is another's; `evidence` says why, for people."""

    name_key: str
    of: str
    rule: str
    evidence: str


class Neighbours:
    """All names by their words, for finding those that look alike."""

    def __init__(self, names: Iterable[Met]) -> None:
        self.known = {one.name_key: one for one in names}
        self._by_ends: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_initial: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_beginning: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_given: dict[str, list[str]] = defaultdict(list)
        self._by_last: dict[str, list[str]] = defaultdict(list)
        self._frequent_by_given: dict[str, list[str]] = defaultdict(list)
        self._frequent_by_last: dict[str, list[str]] = defaultdict(list)
        for key, one in self.known.items():
            name = name_of(key)
            self._by_ends[name.given, name.last].append(key)
            self._by_initial[name.given[0], name.last].append(key)
            if one.staff_count:
                self._by_beginning[name.words[0], name.words[1]].append(key)
            self._by_given[name.given].append(key)
            self._by_last[name.last].append(key)
            if one.transcript_count >= FREQUENT:
                self._frequent_by_given[name.given].append(key)
                self._frequent_by_last[name.last].append(key)

    def of(self, key: str) -> list[str]:
        """The names that may be this one's, or whose it may be; sorted."""
        return sorted(set(self._of(name_of(key), self.known.get(key))) - {key})

    def closed(self, keys: Iterable[str]) -> set[str]:
        """These names with their neighbours, the neighbours' neighbours, and so on."""
        found = set(keys)
        waiting = list(found)
        while waiting:
            for key in self.of(waiting.pop()):
                if key not in found:
                    found.add(key)
                    waiting.append(key)
        return found

    def _of(self, name: Name, known: Met | None) -> Iterator[str]:
        yield from self._by_ends.get((name.given, name.last), ())
        for given in short_forms(name.given):
            yield from self._by_ends.get((given, name.last), ())
        if len(name.given) == 1:
            yield from self._by_initial.get((name.given, name.last), ())
        else:
            yield from self._by_ends.get((name.given[0], name.last), ())
        if known is not None and known.staff_count:
            yield from self._by_beginning.get((name.words[0], name.words[1]), ())
        is_frequent = known is not None and known.transcript_count >= FREQUENT
        by_given = self._by_given if is_frequent else self._frequent_by_given
        by_last = self._by_last if is_frequent else self._frequent_by_last
        key = name.key
        for others in (by_given.get(name.given, ()), by_last.get(name.last, ())):
            for other in others:
                if abs(len(other) - len(key)) <= 1 and OSA.distance(key, other, score_cutoff=1) == 1:
                    yield other


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
    if len(own.name.words) != len(other.name.words):
        return False
    pairs = [(mine, right) for mine, right in zip(own.name.words, other.name.words, strict=True) if mine != right]
    if len(pairs) != 1:
        return False
    mine, right = pairs[0]
    census = census_given() if own.name.given == mine else census_surnames()
    if min(len(mine), len(right)) < SHORTEST_TYPO or OSA.distance(mine, right, score_cutoff=1) != 1 or mine in census:
        return False
    return _is_same_part(own, other) or bool(own.marks & other.marks)


@lru_cache(maxsize=16_384)
def short_forms(given: str) -> frozenset[str]:
    """First names that stand for this one, or that it stands for: `bob` and `robert`."""
    library = _nicknames()
    return frozenset(library.nicknames_of(given) | library.canonicals_of(given)) - {given}


@cache
def _nicknames() -> NickNamer:
    return NickNamer()
