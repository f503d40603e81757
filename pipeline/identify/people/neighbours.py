"""Names that look alike: with or without a middle name, short for one another, an initial, a surname more, a typo.

What is decided of a name depends on nothing but the appearances under it and under its neighbours. So a night's names
can be linked without all others: only those are asked for that may be neighbours of theirs.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from pipeline.identify.names import Name, name_of
from pipeline.transcribe.short_forms import short_forms

FREQUENT = 20
"""Transcripts: a spelling met so often is no typo, and may be what a typo is one of."""
SHORTEST_TYPO = 4
"""Letters of the word in which one is wrong: shorter words are different names."""
PROBES = ("ends", "initial", "beginning", "given", "last", "spelling")
"""What names may have in common with a neighbour: see `probes`."""


@dataclass(frozen=True, slots=True)
class Met:
    """How often a name is met: what neighbours are found by."""

    name_key: str
    transcript_count: int
    staff_count: int

    @property
    def is_frequent(self) -> bool:
        return self.transcript_count >= FREQUENT


class Neighbours:
    """Names by their words, for finding those that look alike: all names, or all that may be neighbours of some."""

    def __init__(self, names: Iterable[Met] = ()) -> None:
        self.known: dict[str, Met] = {}
        self._found: dict[str, list[str]] = {}
        self._by_ends: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_initial: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_beginning: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._frequent_by_given: dict[str, list[str]] = defaultdict(list)
        self._frequent_by_last: dict[str, list[str]] = defaultdict(list)
        self.add(names)

    def add(self, names: Iterable[Met]) -> None:
        """Know these names as well; none may be a neighbour of a name that was asked for."""
        for one in names:
            if one.name_key in self.known:
                continue
            key, name = one.name_key, name_of(one.name_key)
            self.known[key] = one
            self._by_ends[name.given, name.last].append(key)
            self._by_initial[name.given[0], name.last].append(key)
            if one.staff_count:
                self._by_beginning[name.words[0], name.words[1]].append(key)
            if one.is_frequent:
                self._frequent_by_given[name.given].append(key)
                self._frequent_by_last[name.last].append(key)

    def of(self, key: str) -> list[str]:
        """The names that may be this one's, or whose it may be; sorted."""
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = sorted(set(self._of(name_of(key), self.known.get(key))) - {key})
        return found

    def _of(self, name: Name, known: Met | None) -> Iterator[str]:
        for given in (name.given, *short_forms(name.given)):
            yield from self._by_ends.get((given, name.last), ())
        if len(name.given) == 1:
            yield from self._by_initial.get((name.given, name.last), ())
        else:
            yield from self._by_ends.get((name.given[0], name.last), ())
        if known is not None and known.staff_count:
            yield from self._by_beginning.get((name.words[0], name.words[1]), ())
        if known is not None and known.is_frequent:
            yield from self.known.keys() & misspellings(name)
        for others in (self._frequent_by_given.get(name.given, ()), self._frequent_by_last.get(name.last, ())):
            for other, _, _ in extract(name.key, others, scorer=OSA.distance, score_cutoff=1, limit=None):
                if is_one_letter_off(name, name_of(other)):
                    yield other


def closed(
    names: Collection[Met],
    looking_like: Callable[[Collection[Met]], Iterable[Met]],
    kin: Callable[[str], Collection[str]] = lambda _: (),
) -> tuple[set[str], Neighbours]:
    """These names with their neighbours, the neighbours' neighbours, and so on; and the index of them.

    `looking_like` is asked for all names that may be neighbours of some (see `probes`), and for their kin: names that
    are known to be the same people's, whatever they look like.
    """
    neighbours = Neighbours(names)
    found = {one.name_key for one in names}
    coming = names
    while coming:
        neighbours.add(looking_like(coming))
        keys = {
            other
            for one in coming
            for other in (*neighbours.of(one.name_key), *(neighbours.known.keys() & kin(one.name_key)))
        } - found
        found |= keys
        coming = [neighbours.known[key] for key in keys]
    return found, neighbours


def probes(names: Iterable[Met]) -> dict[str, set[str]]:
    """By what whoever keeps many names finds those that may be neighbours of some.

    `ends`: first and last word; `initial`: first letter and last word; `beginning`: the first two words, of staff;
    `given` and `last`: the first or the last word, of frequent names; `spelling`: the whole key.
    """
    found: dict[str, set[str]] = {kind: set() for kind in PROBES}
    for one in names:
        name = name_of(one.name_key)
        givens = (name.given, name.given[0], *short_forms(name.given))
        found["ends"].update(f"{given} {name.last}" for given in givens)
        found["given"].add(name.given)
        found["last"].add(name.last)
        if len(name.given) == 1:
            found["initial"].add(f"{name.given} {name.last}")
        if one.staff_count:
            found["beginning"].add(f"{name.words[0]} {name.words[1]}")
        if one.is_frequent:
            found["spelling"] |= misspellings(name)
    return found


def is_one_letter_off(one: Name, other: Name) -> bool:
    """Whether one of these may be the other with a typo in one of its words; words in other scripts are left alone."""
    if len(one.words) != len(other.words) or one.suffix != other.suffix:
        return False
    differing = [(word, right) for word, right in zip(one.words, other.words, strict=True) if word != right]
    return len(differing) == 1 and _is_typo(*differing[0])


def _is_typo(word: str, other: str) -> bool:
    is_long = min(len(word), len(other)) >= SHORTEST_TYPO
    return is_long and word.isascii() and other.isascii() and OSA.distance(word, other, score_cutoff=1) == 1


def misspellings(name: Name) -> set[str]:
    """The keys of all names that are one letter off this one.

    >>> sorted({"amy smith", "ann smit", "ann smiht", "ann smoith"} & misspellings(Name(("ann", "smith"))))
    ['ann smiht', 'ann smit', 'ann smoith']
    """
    found: set[str] = set()
    words = name.key.split()
    for place, word in enumerate(name.words):
        if len(word) >= SHORTEST_TYPO and word.isascii():
            before = "".join(f"{one} " for one in words[:place])
            behind = "".join(f" {one}" for one in words[place + 1 :])
            found |= _one_letter_off(before, word, behind)
    return found - {name.key}


def _one_letter_off(before: str, word: str, behind: str) -> set[str]:
    """The word with one letter more, less, other, or two of them swapped; `before` and `behind` stand around it."""
    cuts = [(before + word[:place], word[place:] + behind) for place in range(len(word) + 1)]
    found = {f"{start}{letter}{end}" for start, end in cuts for letter in ascii_lowercase}
    found |= {f"{start}{letter}{end[1:]}" for start, end in cuts[:-1] for letter in ascii_lowercase}
    found |= {f"{start}{end[1]}{end[0]}{end[2:]}" for start, end in cuts[:-2]}
    if len(word) > SHORTEST_TYPO:
        found |= {start + end[1:] for start, end in cuts[:-1]}
    return found
