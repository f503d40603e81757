"""Who speaks: a page's labels to people, by what the page itself says. A wrong name is worse than no name."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.transcribe.evidence import (
    greetings_by_name,
    hands_over_to,
    introductions,
    may_be_cut,
    outlet_of,
    says_own_name,
    self_introductions,
)
from pipeline.transcribe.labels import Label
from pipeline.transcribe.mentions import called_last, completed, full_name, is_one_slip_off, near_spelling, with_surname
from pipeline.transcribe.names import Spellings, fold, name_as_spelled, proper_name
from pipeline.transcribe.passages import Passage

# How sure each rule is, as measured by how often it can be fooled: a surname that fits one full label on the page is
# as good as certain; a name that is only spoken may be somebody else's.
_CONFIDENCE = {
    "printed": 1.0,
    "surname": 0.98,
    "first_name": 0.95,
    "initials": 0.9,
    "ident": 0.9,
    "byline": 0.85,
    "self_introduction": 0.8,
    "introduction": 0.8,
    "mention": 0.7,
    "hand_over": 0.7,
}
_INITIALS = re.compile(r"[A-Z](?:-[A-Z])?\.?")
_CLIP_OF = " CLIP, "
"""`ARCHIVE CLIP, Carl Sagan`."""
_WHOLE_LETTERS = frozenset(("X",))
"""Malcolm X."""
_TWO_GIVEN = 2
"""`Mary Lou:` beside `Diane:` may be two given names."""
_OWN_SPELLING = 3
"""Times: who prints a full name so often means it, whatever his prose says once."""
_CARRIED = 0.9
"""Factor where a speaker goes on after a cue without a label of his own."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks a passage. All None where the page does not say."""

    name: str | None = None
    role: str | None = None
    affiliation: str | None = None
    rule: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody whose full name stands in a label."""

    tokens: tuple[str, ...]
    honorific: str | None
    suffix: str | None
    role: str | None
    affiliation: str | None


class Cast:
    """The people of one page."""

    def __init__(self, passages: Sequence[Passage], spellings: Spellings, bylines: Sequence[str]) -> None:
        self._passages = passages
        self._names: dict[tuple[str, ...], str | None] = {}
        self._spellings = spellings
        self._bylines = bylines
        labels = [passage.label for passage in passages if passage.label and _CLIP_OF not in passage.label.printed]
        longer = _surnames_of_several_words(labels, spellings)
        self._people = _people([label for label in labels if _folded(label.tokens) not in longer])
        self._printed = Counter(_folded(label.tokens) for label in labels)
        # Pages that call people by their surnames, as NPR does, call nobody by a first name: SIMON: is Scott Simon,
        # whose own label was lost, and not the Simon Winchester who is heard once.
        surnames = {_folded(person.tokens)[-1:] for person in self._people}
        self._uses_first_names = surnames.isdisjoint(_folded(label.tokens) for label in labels)
        firsts = {_folded(person.tokens)[:1] for person in self._people}
        self._calls_by_first_names = self._uses_first_names and any(
            _folded(label.tokens) in firsts for label in labels if len(label.tokens) == 1
        )
        self._known: dict[tuple[str, str | None], Speaker] = {}
        self._spoken: list[tuple[str, str]] | None = None

    def speaker(self, label: Label) -> Speaker:
        """Who a label means."""
        if not label.is_named:
            return Speaker(role=label.role, affiliation=label.affiliation)
        if _CLIP_OF in label.printed:  # on tape: nobody whom a surname or a first name means
            name = proper_name(label.tokens, self._spellings)
            return Speaker(name, label.role, None, "printed", _CONFIDENCE["printed"])
        key = (label.printed, label.honorific)
        if key not in self._known:
            self._known[key] = self._resolve(label)
        return self._known[key]

    def lead_speaker(self, text: str, *, is_lead: bool) -> Speaker:
        """Who speaks a passage without a label: only somebody who says in it who he is."""
        said = [(name, rule) for name, rule in self_introductions(text if is_lead else text[:120]) if " " in name]
        if len({fold(name) for name, _ in said}) != 1:
            return Speaker()
        name, rule = said[0]
        known = [person for person in self._people if _folded(person.tokens) == tuple(fold(name).split())]
        role = known[0].role if known else ("host" if rule == "ident" else None)
        return Speaker(name.replace("’", "'"), role, None, rule, _CONFIDENCE[rule])

    @staticmethod
    def called_speaker(former: str) -> Speaker:
        """Who speaks where a label was lost: he whom the last words before it call («as NPR's Ana Diaz reports»)."""
        called = hands_over_to(former)
        if called is None:
            return Speaker()
        name, role = called
        return Speaker(name, role, None, "introduction", _CONFIDENCE["hand_over"])

    def _resolve(self, label: Label) -> Speaker:
        tokens = _folded(label.tokens)
        for rule, candidates in self._matches(label, tokens):
            if len(candidates) == 1:
                return self._as_speaker(candidates[0], rule, label)
            if candidates:
                return Speaker(role=label.role)
        return self._from_words(label, tokens)

    def _matches(self, label: Label, tokens: tuple[str, ...]) -> Iterator[tuple[str, list[_Person]]]:
        same = [person for person in self._people if _folded(person.tokens) == tokens]
        yield "printed", same[:1]
        if len(tokens) == 2 and _INITIALS.fullmatch(label.tokens[0]):
            yield "surname", [person for person in self._people if _is_initial_of(tokens, person)]
        with_surname = [
            person
            for person in self._people
            if len(person.tokens) > len(tokens) and _folded(person.tokens)[-len(tokens) :] == tokens
        ]
        if label.honorific is not None and len(with_surname) > 1:
            with_surname = [person for person in with_surname if person.honorific == label.honorific]
        yield "surname", with_surname
        if len(tokens) == 1 and self._uses_first_names:
            # Beside `Diane M:` the plain `Diane:` is somebody else.
            called = [person for person in self._people if _INITIALS.fullmatch(person.tokens[-1]) is None]
            named = [person for person in called if _folded(person.tokens)[0] == tokens[0]]
            if named and self._is_somebody_else(label, named):
                return
            yield "first_name", named
            yield "initials", [person for person in self._people if _initials(person) == tokens[0].replace(".", "")]

    def _is_somebody_else(self, label: Label, people: Sequence[_Person]) -> bool:
        """Whether who is labelled by a first name says that his full name is none of these.

        `SIMON: I'm Simon Adler.` beside `SIMON GOODWIN:`.
        """
        own = (passage.text for passage in self._passages if passage.label and passage.label.tokens == label.tokens)
        said = {
            tuple(fold(name).split()) for text in own for name, _ in self_introductions(text) if " " in name
        }  # fmt: skip
        said = {name for name in said if name[:1] == _folded(label.tokens)}
        return bool(said) and said.isdisjoint(_folded(person.tokens) for person in people)

    def _as_speaker(self, person: _Person, rule: str, label: Label) -> Speaker:
        if person.tokens not in self._names:
            self._names[person.tokens] = self._name(person)
        name = self._names[person.tokens]
        if name is None:
            return Speaker(role=person.role or label.role, affiliation=person.affiliation)
        role = person.role or label.role
        affiliation = person.affiliation
        if affiliation is None and role in ("reporter", "host"):
            affiliation = outlet_of(name, self._spellings.text)
        return Speaker(name, role, affiliation, rule, _CONFIDENCE[rule])

    def _name(self, person: _Person) -> str | None:
        """The full name of somebody whose label has it; the page's spelling of one that is a letter off.

        `Keith B` is no full name: the page must complete it.
        """
        text, folded = self._spellings.text, self._spellings.folded
        *given, last = person.tokens
        if _INITIALS.fullmatch(last) and last not in _WHOLE_LETTERS and len(given) == 1:
            return completed(given[0].title(), last.rstrip("."), text)
        whole = self._spellings.of(person.tokens)
        if whole is not None and self._calls_by_first_names and len(person.tokens) == _TWO_GIVEN:
            whole = with_surname(whole, text) or whole
        if whole is None and self._printed[_folded(person.tokens)] < _OWN_SPELLING:
            near = near_spelling(person.tokens, text, folded)
            if near is not None:
                return near.replace("’", "'")
        return name_as_spelled(person.tokens, whole, self._spellings, person.suffix)

    def _from_words(self, label: Label, tokens: tuple[str, ...]) -> Speaker:
        """A surname whose full label is missing: the one full name that the page's own words give it."""
        if self._spoken is None:
            text = self._spellings.text
            self._spoken = [
                *self_introductions(text),
                *greetings_by_name(text),
                *((name, "byline") for name in self._bylines),
                *((name, "introduction") for name in introductions(text)),
            ]
        fitting = [
            (name, rule)
            for name, rule in self._spoken
            if len(name.split()) > len(tokens)
            and tuple(fold(name).split())[-len(tokens) :] == tokens
            and not self._has_longer_surname(name, tokens)
        ]
        if not fitting:
            return self._from_prose(label, tokens)
        if len({fold(name) for name, _ in fitting}) != 1:
            return Speaker(role=label.role)
        name, rule = max(fitting, key=lambda pair: _CONFIDENCE[pair[1]])
        role = label.role or ("host" if rule == "ident" else None)
        affiliation = outlet_of(name, self._spellings.text) if role else None
        return Speaker(name.replace("’", "'"), role, affiliation, rule, _CONFIDENCE[rule])

    def _has_longer_surname(self, name: str, tokens: tuple[str, ...]) -> bool:
        """Whether more of a name is a label of the page: SMITH: is not the one whom VANEK SMITH: means."""
        words = tuple(fold(name).split())
        return any(self._printed[words[begin:]] for begin in range(1, len(words) - len(tokens)))

    def _from_prose(self, label: Label, tokens: tuple[str, ...]) -> Speaker:
        """The one full name with this surname in what the page says; else what somebody with one name says himself."""
        name = full_name(tokens, self._spellings.text, self._spellings.folded) if self._is_surname(tokens) else None
        if name is None:
            return self._from_own_words(label) if len(tokens) == 1 else Speaker(role=label.role)
        return Speaker(name.replace("’", "'"), label.role, label.affiliation, "mention", _CONFIDENCE["mention"])

    def _is_surname(self, tokens: tuple[str, ...]) -> bool:
        """Pages that call people by their first names or initials have no surnames."""
        return len(tokens[0]) > 2 and not self._calls_by_first_names

    def _from_own_words(self, label: Label) -> Speaker:
        """Callers and children with one name: theirs where they say it themselves, or where the label says caller.

        A label that slips by one letter is he who says his full name behind it.
        """
        own = [passage.text for passage in self._passages if passage.label and passage.label.tokens == label.tokens]
        said = {name for text in own for name, _ in self_introductions(text)}
        for person in self._people:
            if is_one_slip_off(fold(label.tokens[0]), fold(person.tokens[-1])) and self._name(person) in said:
                return self._as_speaker(person, "self_introduction", label)
        full = {name for name in said if fold(name.split()[0]) == fold(label.tokens[0]) and " " in name}
        if len(full) == 1:
            return Speaker(full.pop(), label.role, None, "self_introduction", _CONFIDENCE["self_introduction"])
        announced = self._announced(label)
        if announced is not None:
            return Speaker(announced, label.role, None, "introduction", _CONFIDENCE["introduction"])
        is_said = any(says_own_name(text, label.tokens[0]) for text in own)
        if label.role != "caller" and not is_said:
            return Speaker(role=label.role)
        rule = "self_introduction" if is_said else "printed"
        name = proper_name(label.tokens, self._spellings, label.suffix)
        return Speaker(name, label.role, label.affiliation, rule, _CONFIDENCE["self_introduction"])

    def _announced(self, label: Label) -> str | None:
        """Whom the last words before somebody's first ones call in full: «our guest Molly Webster!» MOLLY: Hello!"""
        place = next(
            index for index, one in enumerate(self._passages) if one.label and one.label.tokens == label.tokens
        )
        if place == 0 or not self._uses_first_names:
            return None
        name = called_last(label.tokens[0].title(), self._passages[place - 1].text, self._spellings.text)
        is_other = any(_folded(person.tokens) == tuple(fold(name or "").split()) for person in self._people)
        return None if is_other else name


def speakers_of(passages: Sequence[Passage], spellings: Spellings, bylines: Sequence[str]) -> list[Speaker]:
    """The speaker of each passage, in order; an empty one for cues."""
    cast = Cast(passages, spellings, bylines)
    found: list[Speaker] = []
    former = ""
    for passage in passages:
        if passage.is_cue:
            found.append(Speaker())
            continue
        if passage.label is None:
            speaker = cast.lead_speaker(passage.text, is_lead=passage.is_lead)
            found.append(speaker if speaker.name else cast.called_speaker(former))
        else:
            speaker = cast.speaker(passage.label)
            if passage.is_carried and speaker.confidence is not None:
                speaker = replace(speaker, confidence=round(speaker.confidence * _CARRIED, 3))
            found.append(speaker)
        former = passage.text
    return found


def _surnames_of_several_words(labels: Sequence[Label], spellings: Spellings) -> set[tuple[str, ...]]:
    """Beside «Hi, this is Stacey Vanek Smith» VANEK SMITH: is a surname, though it has two words."""
    text, folded = spellings.text, spellings.folded
    printed = {tokens for label in labels if len(tokens := _folded(label.tokens)) > 1}
    if not any(may_be_cut(" ".join(tokens), text, folded) for tokens in printed):
        return set()
    said = {tuple(fold(name).split()) for found in (self_introductions, greetings_by_name) for name, _ in found(text)}
    return {name[begin:] for name in said for begin in range(1, len(name) - 1)}


def _people(labels: Sequence[Label]) -> list[_Person]:
    """Everybody whose full name is a label, once; `VANEK SMITH` is no full name beside `STACEY VANEK SMITH`."""
    full = {_folded(label.tokens): label for label in reversed(labels) if label.is_named and len(label.tokens) > 1}
    parts = {tokens[begin:] for tokens in full for begin in range(1, len(tokens))}
    labelled: dict[tuple[str, ...], list[Label]] = {}
    for label in labels:
        labelled.setdefault(_folded(label.tokens), []).append(label)
    # `J PIMENTEL:` of two sisters is JOANIE PIMENTEL.
    parts |= {(given[0], *surname) for given, *surname in full if len(given) > len("J.") and surname}
    parts |= {(f"{given}.", *surname) for given, *surname in parts if len(given) == 1 and surname}
    people = []
    for tokens, first in reversed(full.items()):
        if tokens in parts:
            continue
        same = [label for label in labelled[tokens] if label.is_named]
        people.append(
            _Person(
                tokens=first.tokens,
                honorific=next((label.honorific for label in same if label.honorific), None),
                suffix=next((label.suffix for label in same if label.suffix), None),
                role=next((label.role for label in same if label.role), None),
                affiliation=next((label.affiliation for label in same if label.affiliation), None),
            )
        )
    return people


@lru_cache(maxsize=4096)
def _folded(tokens: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(token) for token in tokens)


def _is_initial_of(tokens: tuple[str, ...], person: _Person) -> bool:
    """Whether `J PIMENTEL` may be this Joanie Pimentel."""
    name = _folded(person.tokens)
    return len(name) > 1 and name[-1] == tokens[-1] and name[0][0] == tokens[0][0]


def _initials(person: _Person) -> str:
    return "".join(token[0] for token in _folded(person.tokens))
