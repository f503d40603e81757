"""The people whose full names are labels of a page, and which of them a shorter label means."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.transcribe.evidence.compound_surnames import surnames_of_several_words
from pipeline.transcribe.evidence.given_names import has_another
from pipeline.transcribe.evidence.introductions import self_introductions
from pipeline.transcribe.evidence.mentions import full_name
from pipeline.transcribe.evidence.outlets import outlet_of
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.labels.label_words import are_two
from pipeline.transcribe.names import Spellings, fold, initials_of
from pipeline.transcribe.speakers.full_names import INITIALS, OWN_SPELLING, FullNames
from pipeline.transcribe.speakers.persons import (
    Person,
    Words,
    folded_words,
    has_suffix,
    is_initial_of,
    is_surname_of,
    is_titled,
    of_title,
    people_of,
)
from pipeline.transcribe.speakers.speaker import CONFIDENCE, Speaker
from pipeline.transcribe.words import places

_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_TELLS = re.compile(r" (?:says|said|tells|told|lives|lived|wants|wanted|explains|remembers|laughs)\b")


class LabelledPeople:
    """Everybody whose full name stands in a label of one page."""

    def __init__(self, labels: Sequence[Label], spellings: Spellings, is_surname: Callable[[str], bool]) -> None:
        self._spellings = spellings
        self._printed = Counter([folded_words(label.tokens) for label in labels])
        distinct = {id(label): label for label in labels}.values()  # most passages of somebody share one label
        bare = {folded_words(label.tokens) for label in distinct if label.tokens and _is_bare(label)}
        bare = {tokens for tokens in bare if not self._printed[tokens[-1:]]}
        longer = surnames_of_several_words(self._printed, bare, spellings, is_surname)
        # `Mr. Hale:` right before `Ed Hale:` is his father: nobody answers himself.
        self._answered = {
            (former.printed, folded_words(label.tokens))
            for former, label in pairwise(labels)
            if former.honorific is not None and len(label.tokens) > 1 and former.tokens == label.tokens[-1:]
        }
        self.people = people_of(
            [label for label in distinct if folded_words(label.tokens) not in longer], self._printed
        )
        # Pages that call people by their surnames, as NPR does, call nobody by a first name: SIMON: is Scott Simon,
        # whose own label was lost, and not the Simon Winchester who is heard once.
        surnames = {person.words[-1:] for person in self.people}
        self.uses_first_names = surnames.isdisjoint(self._printed)
        firsts = {person.words[:1] for person in self.people}
        self.calls_by_first_names = self.uses_first_names and not firsts.isdisjoint(self._printed)
        self._names = FullNames(self.people, self._printed, spellings, by_first_names=self.calls_by_first_names)

    def find(self, name: str | None) -> Person | None:
        """Whose full name this is, as prose spells it."""
        return self._names.find(name)

    def name(self, person: Person) -> str | None:
        """The full name of one of them, in proper form; None where the page does not complete it."""
        return self._names.of(person)

    def has_namesake(self, name: str) -> bool:
        """Whether another surname stands behind the first name of somebody too: Scott Simon talks to Scott Horsley."""
        words = tuple(fold(name).split())
        return any(person.words[0] == words[0] and person.words[-1] != words[-1] for person in self.people)

    def as_speaker(self, person: Person, rule: str, label: Label) -> Speaker:
        """One of them as the speaker whom a label means by a rule."""
        name = self.name(person)
        role = person.role or label.role
        if name is None:
            return Speaker(role=role, affiliation=person.affiliation)
        affiliation = person.affiliation
        if affiliation is None and role in ("reporter", "host"):
            affiliation = outlet_of(name, self._spellings.text)
        return Speaker(name, role, affiliation, rule, CONFIDENCE[rule])

    def meant(self, label: Label, own: Iterable[str]) -> Iterator[tuple[str, list[Person]]]:
        """Whom a label may mean, by one rule after another; `own` are the words behind it, asked for where in doubt."""
        tokens = folded_words(label.tokens)
        tokens = tokens[1:] if is_titled(tokens) and self._is_of_another(tokens) else tokens
        same = [person for person in self.people if person.words == tokens]
        yield "printed", same[:1]
        if len(tokens) == 2 and INITIALS.fullmatch(label.tokens[0]):
            yield "surname", [person for person in self.people if is_initial_of(tokens, person)]
        with_surname = [
            person
            for person in self.people
            if is_surname_of(tokens, person.words)
            and not self.has_longer_surname(person.words, tokens)
            and not are_two(label.honorific, person.honorific)
            and not self._answers(person, label)
        ]
        yield "surname", of_title(label.honorific, with_surname)
        if len(tokens) == 1 and tokens[0].rstrip(".") in _SUFFIXES:
            yield (
                "surname",
                [person for person in self.people if has_suffix(person, tokens[0])],
            )
        if len(tokens) == 1 and self.uses_first_names:
            # Beside `Diane M:` the plain `Diane:` is somebody else.
            called = [person for person in self.people if INITIALS.fullmatch(person.tokens[-1]) is None]
            named = [person for person in called if person.words[0] == tokens[0]]
            if named and (_is_somebody_else(label, named, own) or self._is_another(named[0], tokens)):
                return
            yield "first_name", named
            yield (
                "initials",
                [
                    person
                    for person in self.people
                    if label.tokens[0].replace(".", "").upper() in initials_of(person.words)
                ],
            )
        elif len(tokens) == 1 and label.role is None:
            yield "first_name", [person for person in self.people if self._is_told_of(person, tokens)]

    def is_answered(self, label: Label) -> bool:
        """Whether somebody of the same surname, whom no label gives a title, speaks right behind a titled one."""
        return any(self._answers(person, label) for person in self.people)

    def _answers(self, person: Person, label: Label) -> bool:
        return person.honorific is None and (label.printed, person.words) in self._answered

    def _is_of_another(self, tokens: Words) -> bool:
        """Whether a title and a surname are none of the page's people, but the surname is of one of them."""
        return all(person.words != tokens for person in self.people)

    def _is_another(self, person: Person, tokens: Words) -> bool:
        """Whether a page prints somebody's full name time after time, and knows another with his given name."""
        if self._printed[person.words] < OWN_SPELLING or self._printed[person.words] <= self._printed[tokens]:
            return False
        name = self.name(person)
        return name is not None and has_another(name.partition(" ")[0], name, self._spellings.text)

    def _is_told_of(self, person: Person, tokens: Words) -> bool:
        """Whether a page that calls people by their surnames tells of this one by his given name: «Tim says it rains».

        It does so of children. Nobody else on it has that name for a surname.
        """
        text, folded = self._spellings.text, self._spellings.folded
        if person.words[:1] != tokens or self._printed[person.words[-1:]] or full_name(tokens, text, folded):
            return False
        return any(_TELLS.match(text, end) for _, end in places(person.tokens[0].title(), text))

    def has_longer_surname(self, name: Words, tokens: Words) -> bool:
        """Whether more of a name is a label of the page: SMITH: is not the one whom VANEK SMITH: means."""
        return any(self._printed[name[begin:]] for begin in range(1, len(name) - len(tokens)))


def _is_bare(label: Label) -> bool:
    """Whether a label is a name in capitals and no more."""
    return label.printed.isupper() and label.role is None and label.printed == " ".join(label.tokens)


def _is_somebody_else(label: Label, people: Iterable[Person], own: Iterable[str]) -> bool:
    """Whether who is labelled by a first name says that his full name is none of these.

    `SIMON: I'm Simon Adler.` beside `SIMON GOODWIN:`.
    """
    said = {
        tuple(fold(name).split()) for text in own for name, _ in self_introductions(text) if " " in name
    }  # fmt: skip
    said = {name for name in said if name[:1] == folded_words(label.tokens)}
    return bool(said) and said.isdisjoint(person.words for person in people)
