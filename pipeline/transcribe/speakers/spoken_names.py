"""Who a label means whose full name no label has: by the page's words, or nobody for sure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from pipeline.transcribe.census import census_given, census_surnames
from pipeline.transcribe.evidence.introduced import introductions
from pipeline.transcribe.evidence.introductions import (
    greetings_by_name,
    introductions_cut_off,
    says_own_name,
    self_introductions,
)
from pipeline.transcribe.evidence.mentions import full_name, full_names
from pipeline.transcribe.evidence.outlets import outlet_of
from pipeline.transcribe.evidence.slips import is_one_slip_off
from pipeline.transcribe.evidence.spoken_forms import is_full
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.names import Spellings, fold, proper_name
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.speakers.labelled import LabelledPeople
from pipeline.transcribe.speakers.namesakes import is_anothers
from pipeline.transcribe.speakers.persons import folded_words
from pipeline.transcribe.speakers.speaker import CONFIDENCE, SELF_SAID, Speaker
from pipeline.transcribe.speakers.spoken_given_names import SpokenGivenNames, may_stand_for
from pipeline.transcribe.words import has_words

_BySurname = Mapping[str, Sequence[tuple[str, str]]]
"""Full names with the rule that gives them, by their last word, folded."""


class SpokenNames:
    """The names that the words of one page give."""

    def __init__(
        self, passages: Sequence[Passage], spellings: Spellings, bylines: Sequence[str], people: LabelledPeople
    ) -> None:
        self._passages = passages
        self._spellings = spellings
        self._bylines = bylines
        self._people = people
        self._by_given_name = SpokenGivenNames(passages, spellings, people)
        self._searched: dict[int, tuple[_BySurname, _BySurname]] = {}

    @cached_property
    def _lines(self) -> list[tuple[str, str]]:
        """The page's words, each line of them also folded."""
        return list(zip(self._spellings.text.split("\n"), self._spellings.folded.split("\n"), strict=True))

    def _spoken(self, surname: str) -> Iterator[tuple[str, str]]:
        """Full names that the page's words give somebody where a surname ends them, or its bylines, with the rule."""
        behind_others = f" {surname}"
        places = [place for place, (_, folded) in enumerate(self._lines) if behind_others in folded]
        said = [self._said_in(place) for place in places]
        for of_themselves, _ in said:
            yield from of_themselves.get(surname, ())
        yield from ((name, "byline") for name in self._bylines)
        for _, of_others in said:
            yield from of_others.get(surname, ())

    def _said_in(self, place: int) -> tuple[_BySurname, _BySurname]:
        """The full names that a line gives who says it, and others; it is searched once, whoever is asked for."""
        if place not in self._searched:
            line = self._lines[place][0]
            of_themselves = _by_surname(chain(self_introductions(line), greetings_by_name(line)))
            self._searched[place] = of_themselves, _by_surname((name, "introduction") for name in introductions(line))
        return self._searched[place]

    def speaker(self, label: Label) -> Speaker:
        """A surname whose full label is missing: the one full name that the page's own words give it."""
        tokens = folded_words(label.tokens)
        fitting = [
            (name, rule)
            for name, rule in (*self._spoken(tokens[-1]), *introductions_cut_off(self.own_words(label)))
            if len(name.split()) > len(tokens)
            and tuple(fold(name).split())[-len(tokens) :] == tokens
            and not self._has_longer_surname(name, tokens)
        ]
        if not fitting:
            couple = self._by_given_name.of_couple(label)
            if couple is not None:
                return Speaker(couple, label.role, label.affiliation, "mention", CONFIDENCE["mention"])
            return self._from_prose(label, tokens)
        if len({fold(name) for name, _ in fitting}) != 1:
            return Speaker(role=label.role)
        name, rule = max(fitting, key=lambda pair: CONFIDENCE[pair[1]])
        # «I'm Scott Simon» is he, though he speaks of Paul Simon.
        others = () if rule in SELF_SAID else self._told(tokens)
        if is_anothers(name, self.words_to_others(label, name), others):
            return Speaker(role=label.role)
        role = label.role or ("host" if rule == "ident" else None)
        affiliation = outlet_of(name, self._spellings.text) if role else None
        return Speaker(name.replace("’", "'"), role, affiliation, rule, CONFIDENCE[rule])

    def _told(self, tokens: tuple[str, ...]) -> Iterator[str]:
        """The full names with this surname in running text."""
        names = full_names(tokens, self._spellings.text, self._spellings.folded)
        return (name for name in names if not self._has_longer_surname(name, tokens))

    def host(self, label: Label) -> Speaker:
        """Who `HOST:` or `INTERVIEWER:` is: he whose full name they alone who have that label give as their own."""
        texts = [passage.text for passage in self._passages if passage.label and passage.label.printed == label.printed]
        said = {name: rule for text in texts for name, rule in self_introductions(text) if is_full(name)}
        if len(said) != 1:
            return Speaker(None, label.role, label.affiliation)
        ((name, rule),) = said.items()
        return Speaker(name.replace("’", "'"), label.role, label.affiliation, rule, CONFIDENCE[rule])

    def own_words(self, label: Label) -> Iterator[str]:
        """What those say who have this label."""
        return (passage.text for passage in self._passages if passage.label and passage.label.tokens == label.tokens)

    def words_to_others(self, label: Label, name: str) -> Iterator[str]:
        """What those say who have this label, where the first name in it can mean nobody but who has this full name."""
        return iter(()) if self._people.has_namesake(name) else self.own_words(label)

    def _from_prose(self, label: Label, tokens: tuple[str, ...]) -> Speaker:
        """The one full name with this surname in what the page says; else what somebody with one name says himself."""
        name = None
        if self._is_surname(tokens) and not self._says_one_name(label):
            text, folded = self._spellings.text, self._spellings.folded
            name = full_name(tokens, text, folded, is_other=lambda name: self._has_longer_surname(name, tokens))
        if name is None:
            return self._from_own_words(label) if len(tokens) == 1 else Speaker(role=label.role)
        return Speaker(name.replace("’", "'"), label.role, label.affiliation, "mention", CONFIDENCE["mention"])

    def _has_longer_surname(self, name: str, tokens: tuple[str, ...]) -> bool:
        return self._people.has_longer_surname(tuple(fold(name).split()), tokens)

    def _is_surname(self, tokens: tuple[str, ...]) -> bool:
        """Pages that call people by their first names or initials have no surnames."""
        return (len(tokens[0]) > 2 or len(tokens) > 1) and not self._people.calls_by_first_names

    def _says_one_name(self, label: Label) -> bool:
        """Whether who has this label calls himself by it alone («And I'm Georgie.»): then it is no surname."""
        own = f" {label.tokens[0].title()}"
        return any(
            own in text and any(name == own[1:] for name, _ in self_introductions(text))
            for text in self.own_words(label)
        )

    def _from_own_words(self, label: Label) -> Speaker:
        """Callers and children with one name: theirs where they say it themselves, or where the label says caller.

        A label that slips by one letter is he who says his full name behind it; or whose surname comes back, where
        it is nobody's name.
        """
        own = list(self.own_words(label))
        said = {name for text in own for name, _ in self_introductions(text)}
        for person in self._people.people:
            if is_one_slip_off(fold(label.tokens[0]), fold(person.tokens[-1])):
                if self._people.name(person) in said:
                    return self._people.as_speaker(person, "self_introduction", label)
                if not said and self._is_no_name(label) and self._is_label(person.tokens[-1:]):
                    return self._people.as_speaker(person, "surname", label)
        full = {name for name in said if " " in name and may_stand_for(fold(label.tokens[0]), fold(name).split())}
        if len(full) == 1:
            return Speaker(full.pop(), label.role, None, "self_introduction", CONFIDENCE["self_introduction"])
        for name, rule in self._by_given_name.full_names(label):
            if name is not None:
                return Speaker(name, label.role, None, rule, CONFIDENCE[rule])
        is_said = any(says_own_name(text, label.tokens[0]) for text in own)
        is_told = not is_said and self._by_given_name.is_told_of(label, own)
        if label.role != "caller" and not (is_said or is_told):
            return Speaker(role=label.role)
        rule = "self_introduction" if is_said else "mention" if is_told else "printed"
        name = proper_name(label.tokens, self._spellings, label.suffix)
        confidence = CONFIDENCE["mention" if is_told else "self_introduction"]
        return Speaker(name, label.role, label.affiliation, rule, confidence)

    def _is_label(self, tokens: tuple[str, ...]) -> bool:
        return any(passage.label is not None and passage.label.tokens == tokens for passage in self._passages)

    def _is_no_name(self, label: Label) -> bool:
        """Whether a word is nobody's name, in no list and nowhere on its page but in one label: `SIMNO:`."""
        word = fold(label.tokens[0])
        is_known = word in census_surnames() or word in census_given() or has_words(word, self._spellings.folded)
        return not is_known and sum(1 for _ in self.own_words(label)) == 1


def _by_surname(names: Iterable[tuple[str, str]]) -> _BySurname:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, rule in names:
        found[fold(name).rpartition(" ")[2]].append((name, rule))
    return found
