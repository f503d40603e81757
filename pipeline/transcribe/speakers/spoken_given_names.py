"""Who a label of one word means that is a given name or initials: by the page's words, or nobody for sure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise

from pipeline.transcribe.evidence.given_names import called_last, of_couple, one_of_given, tells_of
from pipeline.transcribe.evidence.introduced import told_before
from pipeline.transcribe.evidence.introductions import self_introductions
from pipeline.transcribe.evidence.makers import makers
from pipeline.transcribe.evidence.spoken_forms import CAPITALISED_NAME, is_full, name_alone
from pipeline.transcribe.evidence.welcomes import welcomes
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.names import Spellings, fold
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.speakers.given_beside_surnames import first_place, with_own_given
from pipeline.transcribe.speakers.labelled import LabelledPeople

_FEWEST_OF_ALL = 2
_NAME = re.compile(rf"(?<![\w'’-]){CAPITALISED_NAME}")


class SpokenGivenNames:
    """The full names that the words of one page give those whose labels are their given names."""

    def __init__(self, passages: Sequence[Passage], spellings: Spellings, people: LabelledPeople) -> None:
        self._passages = passages
        self._spellings = spellings
        self._people = people

    def full_names(self, label: Label) -> Iterator[tuple[str | None, str]]:
        """The full name of one whose label is a part of it, by one rule after another."""
        yield self._announced(label), "introduction"
        yield self._of_given(label), "mention"
        if not self._people.calls_by_first_names:
            yield with_own_given(label, self._passages, self._spellings), "self_introduction"

    @cached_property
    def _told_behind(self) -> Mapping[tuple[str, ...], set[str]]:
        """The full names by which the next one calls who has a label: `CB: It rains.` «That's producer Cy Boe.»."""
        told: dict[tuple[str, ...], set[str]] = defaultdict(set)
        heard: set[tuple[str, ...]] = set()
        for former, follower in pairwise(self._passages):
            if former.label and follower.label and former.label.tokens != follower.label.tokens:
                is_new = former.label.tokens not in heard and "?" not in former.text
                name = told_before(follower.text, is_new=is_new)
                if name is not None and self._people.find(name) is None:
                    told[former.label.tokens].add(name.replace("’", "'"))
            if former.label:
                heard.add(former.label.tokens)
        return told

    def is_told_of(self, label: Label, own: Iterable[str]) -> bool:
        """Whether a page that calls people by their first names tells of this one by his, and he himself never does."""
        given = label.tokens[0].title()
        if not self._people.calls_by_first_names or any(given in text or "y name is" in text for text in own):
            return False
        return tells_of(given, self._spellings.text)

    @cached_property
    def _given(self) -> frozenset[str]:
        """The labels of one word, as prose spells them."""
        labels = (passage.label for passage in self._passages if passage.label is not None)
        return frozenset(label.tokens[0].title() for label in labels if len(label.tokens) == 1)

    def of_couple(self, label: Label) -> str | None:
        """The full name of one whom the page names with a relative, who has a label too: «Ana and Ed Hale»."""
        if len(label.tokens) != 1 or label.honorific is not None or not self._people.uses_first_names:
            return None
        return of_couple(label.tokens[0].title(), self._given, self._spellings.text)

    def _of_given(self, label: Label) -> str | None:
        """Who of a page's makers, and of those who say their full names in it, `Ana:` is, if nobody else can be.

        So is `ANA:`, where another label is his given name who says his full name: `ED: I'm Ed Hale.`.
        """
        if not ((label.printed.istitle() or self._is_of_given_names) and self._people.uses_first_names):
            return None
        return one_of_given(label.tokens[0].title(), self._told_of, self._spellings.text)

    @cached_property
    def _is_of_given_names(self) -> bool:
        """Whether somebody whose label is one word says a full name that begins with it."""
        return any(
            fold(name).split()[0] == fold(passage.label.tokens[0])
            for passage in self._passages
            if passage.label is not None and len(passage.label.tokens) == 1
            for name, _ in self_introductions(passage.text)
            if is_full(name)
        )

    @cached_property
    def _told_of(self) -> set[str]:
        """Those who made the page, are welcomed, or say their full names: also to answer one who does («Ed Hale.»)."""
        said = [{name for name, _ in self_introductions(passage.text)} for passage in self._passages]
        answers = (
            follower.text.rstrip(".!")
            for names, (former, follower) in zip(said, pairwise(self._passages), strict=False)
            if any(former.text.rstrip(".!,").endswith(f" {name}") for name in names)
        )
        welcomed = chain.from_iterable(map(_NAME.finditer, welcomes(passage.text for passage in self._passages)))
        names = {*chain(*said), *makers([self._spellings.text]), *answers, *(name_alone(it["name"]) for it in welcomed)}
        names |= self._of_all
        return {name for name in names if is_full(name) and self._people.find(name) is None}

    @cached_property
    def _of_all(self) -> set[str]:
        """The full names above the words of a page that has for each label, all of them given names, just one.

        StoryCorps, and stations' talks of two who work there. Of whom somebody speaks is another: `Tom:`, on Tom Waits.
        """
        labels = {passage.label.tokens for passage in self._passages if passage.label and passage.label.is_named}
        if len(labels) < _FEWEST_OF_ALL or any(len(tokens) > 1 for tokens in labels):
            return set()
        text, said = self._spellings.text, "\n".join(passage.text for passage in self._passages)
        told: dict[str, set[str]] = {given: set() for given in self._given}
        for found in _NAME.finditer(text):
            name = name_alone(found[0])
            if is_full(name) and name.partition(" ")[0] in told:
                told[name.partition(" ")[0]].add(name)
        names = [next(iter(names)) for names in told.values() if len(names) == 1]
        is_sure = len(names) == len(told) and all(text.count(name) > said.count(name) for name in names)
        return set(names) if is_sure else set()

    def _announced(self, label: Label) -> str | None:
        """Whom the first words behind somebody's call in full («That's producer Cy Boe.»), or the last before his own.

        «Our guest Molly Webster!» `MOLLY: Hello!`.
        """
        names = self._told_behind.get(label.tokens, set())
        told = {name for name in names if may_stand_for(fold(label.tokens[0]), fold(name).split())}
        if len(told) == 1:
            return told.pop()
        place = first_place(label, self._passages)
        if place == 0 or not self._people.uses_first_names:
            return None
        name = called_last(label.tokens[0].title(), self._passages[place - 1].text, self._spellings.text)
        return None if self._people.find(name) else name


def may_stand_for(token: str, words: Sequence[str]) -> bool:
    """Whether a label is somebody's given name or his initials: `ANA`, `A.D.` of Ana Diaz."""
    return token == words[0] or token.replace(".", "") == "".join(word[0] for word in words)
