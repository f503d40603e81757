"""Ids that people can read and that stay: `michele-kelemen`, and `-2` for a namesake.

Nothing given is taken back: whoever had an id keeps it, whatever comes in later. New ids are numbered in an order that
does not depend on when pages arrived: whom the authority knows, then who was heard first.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody who needs an id."""

    slug: str
    known_id: str | None
    """The id that the authority gives."""
    first_air_date: date | None
    example: str
    before: Mapping[str, int]
    """Ids that his appearances had, with how many had them."""

    @property
    def order(self) -> tuple[bool, str, date, str]:
        return self.known_id is None, self.known_id or "", self.first_air_date or date.max, self.example


@dataclass(frozen=True, slots=True)
class Given:
    """An id, the ids that led to this person before, and the id that a numbering from nothing would have given."""

    person_id: str
    former_ids: tuple[str, ...]
    natural_id: str

    @property
    def is_kept(self) -> bool:
        """Whether it is so for stability alone."""
        return self.person_id != self.natural_id


@dataclass(frozen=True, slots=True)
class Registry:
    """The ids that were given before."""

    former: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The former ids of the people whom the appearances had before."""
    taken: Collection[str] = ()
    """Ids of others."""


def given_ids(claims: Sequence[Claim], registry: Registry) -> list[Given]:
    """An id for each, in the order of `claims`."""
    former = registry.former
    natural = _numbered(claims, range(len(claims)), {}, set())
    kept = _kept(claims)
    kept |= _taken_back(claims, natural, kept, former)
    held = {one for ids in former.values() for one in ids} | {old for claim in claims for old in claim.before}
    free = [index for index in range(len(claims)) if index not in kept]
    chosen = {**kept, **_numbered(claims, free, kept, {*registry.taken, *held})}
    in_use = set(chosen.values())
    return [
        Given(chosen[index], _former(chosen[index], claim, former, in_use), natural[index])
        for index, claim in enumerate(claims)
    ]


def _kept(claims: Sequence[Claim]) -> dict[int, str]:
    """Whoever has most of an id's appearances keeps it; whoever has several keeps the one with most."""
    wanted = sorted(
        ((-count, index, old) for index, claim in enumerate(claims) for old, count in claim.before.items()),
        key=lambda one: (one[0], claims[one[1]].order, one[2]),
    )
    kept: dict[int, str] = {}
    used: set[str] = set()
    for _, index, old in wanted:
        if index not in kept and old not in used:
            kept[index] = old
            used.add(old)
    return kept


def _taken_back(
    claims: Sequence[Claim], natural: Mapping[int, str], kept: Mapping[int, str], former: Mapping[str, Sequence[str]]
) -> dict[int, str]:
    """Whoever was taken for another's for a while has his own id again."""
    in_use = set(kept.values())
    return {
        index: natural[index]
        for index, claim in enumerate(claims)
        if index not in kept
        and natural[index] not in in_use
        and any(natural[index] in former.get(old, ()) for old in claim.before)
    }


def _numbered(
    claims: Sequence[Claim], free: Iterable[int], kept: Mapping[int, str], reserved: Collection[str]
) -> dict[int, str]:
    numbers: Counter[str] = Counter()
    used = {*kept.values(), *reserved}
    given: dict[int, str] = {}
    for index in sorted(free, key=lambda number: claims[number].order):
        claim = claims[index]
        if claim.known_id is not None and claim.known_id not in used:
            given[index] = claim.known_id
        else:
            given[index] = _next(claim.slug, numbers, used)
        used.add(given[index])
    return given


def _next(slug: str, numbers: Counter[str], used: Collection[str]) -> str:
    while True:
        numbers[slug] += 1
        found = slug if numbers[slug] == 1 else f"{slug}-{numbers[slug]}"
        if found not in used:
            return found


def _former(chosen: str, claim: Claim, former: Mapping[str, Sequence[str]], in_use: set[str]) -> tuple[str, ...]:
    before = {*claim.before, *(old for one in claim.before for old in former.get(one, ()))}
    return tuple(sorted(before - {chosen} - in_use))
