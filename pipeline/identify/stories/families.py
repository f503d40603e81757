"""Which pages say the same: families, whose members are joined by what two of them share.

A link between two pages depends on these two alone, and a family is all that is joined by links: so neither the order
in which pages arrive nor the cut into batches changes it. Links are looked at only as long as they could join anything.

What two families cost that share words and are no copies grows with the product of their pages, as any two pages may be
the link; fingerprints leave about one pair in thirteen. A report and its update, on two hundred pages each and each of
them damaged in its own way: 3,159 pairs laid side by side, half a second of a core. A limit on the pairs would make the
outcome depend on which pages came first.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, combinations

from pipeline.identify.stories.alignment import FEWEST_MATCHED, align, is_copy, is_named_copy, is_repeat
from pipeline.identify.stories.prints import Print, has_same_address, is_worth_comparing
from pipeline.identify.stories.wording import Wording

Pair = tuple[str, str]


Texts = Callable[[Collection[str]], Mapping[str, Wording]]
"""Fetches the wording of these pages."""


@dataclass(slots=True)
class Families:
    """Disjoint sets of pages."""

    _parents: dict[str, str] = field(default_factory=dict)

    def of(self, page: str) -> str:
        """The page that stands for this page's family."""
        parents = self._parents
        parent = parents.setdefault(page, page)
        while parent != (above := parents.setdefault(parent, parent)):
            parents[page] = parent = above
        return parent

    def join(self, one: str, other: str) -> None:
        """Make one family of two; its smallest id stands for it."""
        small, large = sorted((self.of(one), self.of(other)))
        self._parents[large] = small

    def all(self) -> list[list[str]]:
        """Every family, its members sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for page in sorted(self._parents):
            found[self.of(page)].append(page)
        return list(found.values())


def families(
    prints: Collection[Print], loaded: Mapping[str, Wording], texts: Texts, ahead: Sequence[Sequence[Print]] = ()
) -> list[list[str]]:
    """The families of these pages, which must hold their own and their neighbours' former families as a whole.

    `loaded` is the wording that is at hand; what else is needed is asked of `texts`. `ahead` are sets of these pages of
    each of which the families are known, as they would be if there were no other pages.
    """
    found = Families()
    for page in chain.from_iterable(ahead):
        found.join(page.family_id or page.transcript_id, page.transcript_id)
    for group in _sharing(prints):
        for member in group:
            found.join(group[0], member)
    for page in prints:
        found.join(page.transcript_id, page.transcript_id)
    alike = _alike(prints, loaded)
    for one, same in alike.items():
        found.join(one, same or one)
    looked_at = {page.transcript_id: number for number, pages in enumerate(ahead) for page in pages}
    links = _Links({page.transcript_id: page for page in prints}, looked_at)
    buckets = _buckets(prints, alike)
    known = dict(loaded)
    # A page that belongs to a family nearly always shows it beside the family's fullest page: the others are read only
    # where it does not.
    for wanted in (_fullest(prints), None):
        links.follow(found, buckets, known)
        buckets = [bucket for bucket in buckets if not known.keys() >= set(bucket)]
        missing = links.needed(found, buckets, known)
        known |= texts(sorted(missing if wanted is None else missing & wanted))
    links.follow(found, buckets, known)
    return found.all()


def _alike(prints: Iterable[Print], loaded: Mapping[str, Wording]) -> dict[str, str | None]:
    """Pages that need not be compared: those that say just what another one says, with that one.

    What links a page to others are its words, its NPR id and its day: of pages that share these, one is enough. With
    None: those that say too little to be like any.
    """
    alike: dict[str, str | None] = {}
    by_words: dict[tuple[str | None, date | None, tuple[str, ...]], str] = {}
    by_digest: dict[tuple[str, date | None], str] = {}
    ordered = sorted(prints, key=lambda page: page.transcript_id)
    for page in (page for page in ordered if page.transcript_id in loaded):
        said = loaded[page.transcript_id]
        first = by_words.setdefault((page.npr_id, page.day, said.words), page.transcript_id)
        by_digest.setdefault((page.digest, page.day), first)
        if first != page.transcript_id:
            alike[page.transcript_id] = alike.get(first, first)
        elif len(said.words) < FEWEST_MATCHED:
            alike[page.transcript_id] = None
    for page in (page for page in ordered if page.transcript_id not in loaded):
        first_so = by_digest.get((page.digest, page.day))
        if first_so is not None:
            alike[page.transcript_id] = alike.get(first_so, first_so)
    return alike


@dataclass(slots=True)
class _Links:
    """The links between pages, as far as they were looked at."""

    prints: Mapping[str, Print]
    looked_at: Mapping[str, int]
    """Pages that were looked at before, each with the number of the set in which it was laid beside all others."""
    _refused: set[Pair] = field(default_factory=set)

    def follow(self, found: Families, buckets: Iterable[Sequence[str]], known: Mapping[str, Wording]) -> None:
        """Join the families that a link between two pages of known wording joins."""
        for bucket in buckets:
            apart: list[list[str]] = []
            for pages in _by_family(found, bucket):
                joined = pages
                for others in apart:
                    if self._are_linked(pages, others, known):
                        found.join(pages[0], others[0])
                        joined = joined + others
                apart = [others for others in apart if found.of(others[0]) != found.of(pages[0])]
                apart.append(joined)

    def needed(self, found: Families, buckets: Iterable[Sequence[str]], known: Mapping[str, Wording]) -> set[str]:
        """The pages whose wording must be fetched before all links are looked at."""
        pages = {
            page
            for bucket in buckets
            for one, other in combinations(_by_family(found, bucket), 2)
            for pair in self._open(one, other)
            for page in pair
        }
        return pages - known.keys()

    def _are_linked(self, pages: Sequence[str], others: Sequence[str], known: Mapping[str, Wording]) -> bool:
        """Whether one of these is known to say what one of the others says."""
        for one, other in self._open(pages, others):
            if one in known and other in known:
                if self._is_link(known[one], known[other]):
                    return True
                self._refused.add((one, other))
        return False

    def _open(self, pages: Sequence[str], others: Sequence[str]) -> Iterator[Pair]:
        """The pairs of pages of two families that were not looked at, and must be: links of known pages are known."""
        for one in pages:
            for other in others:
                pair = (one, other) if one < other else (other, one)
                if pair not in self._refused and self._is_open(self.prints[one], self.prints[other]):
                    yield pair

    def _is_open(self, one: Print, other: Print) -> bool:
        if one.family_id is not None and other.family_id is not None:
            return False
        place = self.looked_at.get(one.transcript_id)
        if place is not None and place == self.looked_at.get(other.transcript_id):
            return False
        return has_same_address(one, other) or is_worth_comparing(one, other)

    def _is_link(self, one: Wording, other: Wording) -> bool:
        alignment = align(one, other)
        prints = [self.prints[page.transcript_id] for page in (one, other)]
        if len({page.npr_id for page in prints} - {None}) > 1:
            return is_repeat(alignment)
        return is_copy(alignment) or (has_same_address(*prints) and is_named_copy(alignment))


def _by_family(found: Families, bucket: Iterable[str]) -> list[list[str]]:
    """The pages of a bucket, those of one family together."""
    families_there: dict[str, list[str]] = defaultdict(list)
    for page in bucket:
        families_there[found.of(page)].append(page)
    return list(families_there.values())


def _fullest(prints: Iterable[Print]) -> set[str]:
    """The fullest page of each family that is known, and all pages whose family is not."""
    found: dict[str, Print] = {}
    for page in sorted(prints, key=lambda page: page.precedence, reverse=True):
        found[page.family_id or page.transcript_id] = page
    return {page.transcript_id for page in found.values()}


def _sharing(prints: Iterable[Print]) -> list[list[str]]:
    """Pages of one family beyond doubt: those with one id of NPR's, those that were of one and are as they were."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for page in prints:
        if page.npr_id is not None:
            groups["npr_id", page.npr_id].append(page.transcript_id)
        if page.family_id is not None:
            groups["family", page.family_id].append(page.transcript_id)
    return list(groups.values())


def _buckets(prints: Collection[Print], alike: Mapping[str, str | None]) -> list[list[str]]:
    """The pages that share a fingerprint, each by the one that stands for it, and those that share an address.

    Those known before stand together only where a new one is among them. Pages that share several stand together once.
    """

    def address(page: Print) -> Iterable[int]:
        return () if page.address is None or alike.get(page.transcript_id, "") is None else (page.address,)

    by_band = _sorted_by(prints, lambda page: () if page.transcript_id in alike else page.bands)
    by_address = _sorted_by(prints, address)
    return [list(ids) for ids in dict.fromkeys(chain(by_band, by_address))]


def _sorted_by(prints: Collection[Print], marks: Callable[[Print], Iterable[int]]) -> Iterator[tuple[str, ...]]:
    """The pages that have a mark in common, where one of them is new."""
    pages: dict[int, list[str]] = {}
    for page in (page for page in prints if page.family_id is None):
        for mark in marks(page):
            pages.setdefault(mark, []).append(page.transcript_id)
    for page in (page for page in prints if page.family_id is not None):
        for mark in marks(page):
            if (there := pages.get(mark)) is not None:
                there.append(page.transcript_id)
    return (tuple(sorted(ids)) for ids in pages.values() if len(ids) > 1)
