"""The people whose full names are labels of a page, and which of them a shorter label means."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.transcribe.census import census_given
from pipeline.transcribe.evidence.compound_surnames import surnames_of_several_words
from pipeline.transcribe.evidence.given_names import completed, has_another, with_surname
from pipeline.transcribe.evidence.introductions import self_introductions
from pipeline.transcribe.evidence.makers import is_credited
from pipeline.transcribe.evidence.mentions import full_name
from pipeline.transcribe.evidence.outlets import outlet_of
from pipeline.transcribe.evidence.slips import near_given, near_label, near_spelling
from pipeline.transcribe.evidence.spoken_forms import is_no_given_name
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.labels.label_words import are_two
from pipeline.transcribe.names import Spellings, fold, initials_of, name_as_spelled
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

_INITIALS = re.compile(r"[A-Z](?:-[A-Z])?\.?")
_WHOLE_LETTERS = frozenset(("X",))
"""Malcolm X."""
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_TELLS = re.compile(r" (?:says|said|tells|told|lives|lived|wants|wanted|explains|remembers|laughs)\b")
_TWO_GIVEN = 2
"""`Mary Lou:` beside `Diane:` may be two given names."""
_OWN_SPELLING = 3
"""Times: who prints a full name so often means it, whatever his prose says once."""


class LabelledPeople:
    """Everybody whose full name stands in a label of one page."""

    def __init__(self, labels: Sequence[Label], spellings: Spellings, is_surname: Callable[[str], bool]) -> None:
        self._spellings = spellings
        self._names: dict[tuple[str, ...], str | None] = {}
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

    def find(self, name: str | None) -> Person | None:
        """Whose full name this is, as prose spells it."""
        tokens = tuple(fold(name or "").split())
        return next((person for person in self.people if person.words == tokens), None)

    def has_namesake(self, name: str) -> bool:
        """Whether another surname stands behind the first name of somebody too: Scott Simon talks to Scott Horsley."""
        words = tuple(fold(name).split())
        return any(person.words[0] == words[0] and person.words[-1] != words[-1] for person in self.people)

    def name(self, person: Person) -> str | None:
        """The full name of one of them, in proper form; None where the page does not complete it."""
        if person.tokens not in self._names:
            self._names[person.tokens] = self._spelled(person)
        return self._names[person.tokens]

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
        if len(tokens) == 2 and _INITIALS.fullmatch(label.tokens[0]):
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
            called = [person for person in self.people if _INITIALS.fullmatch(person.tokens[-1]) is None]
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
        if self._printed[person.words] < _OWN_SPELLING or self._printed[person.words] <= self._printed[tokens]:
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

    def _spelled(self, person: Person) -> str | None:
        """The full name of somebody whose label has it; the page's spelling of one that is a letter off.

        `Keith B` is no full name: the page must complete it.
        """
        text = self._spellings.text
        *given, last = person.tokens
        if _INITIALS.fullmatch(last) and last not in _WHOLE_LETTERS and len(given) == 1:
            return completed(given[0].title(), last.rstrip("."), text)
        whole = self._spellings.of(person.tokens) or self._spellings.of_initials(person.tokens)
        if (name := self._titled_in_prose(person)) is not None or (
            whole is None and (name := self._named_in_prose(person)) is not None
        ):
            return name
        if whole is not None and self.calls_by_first_names and len(person.tokens) == _TWO_GIVEN:
            whole = with_surname(whole, text) or whole
        near = self._near(person, whole)
        if near is not None:
            return near.replace("’", "'")
        return name_as_spelled(person.tokens, whole, self._spellings, person.suffix)

    def _named_in_prose(self, person: Person) -> str | None:
        """The full name that ends a label, where prose has that alone, and no first name stands before it.

        `PULITZER WINNER ANA DIAZ:` of «our guest is Ana Diaz».
        """
        *before, given, surname = person.tokens
        is_name = bool(before) and fold(given) in census_given() and fold(before[0]) not in census_given()
        return self._spellings.of((given, surname)) if is_name and person.suffix is None else None

    def _titled_in_prose(self, person: Person) -> str | None:
        """The full name of one whose label has a surname behind a word that prose puts before the given name.

        `Clerk Diaz:` of «With us is Clerk Ana Diaz».
        """
        title, surname = person.words[0], person.words[-1]
        if len(person.words) != _TWO_GIVEN or title in census_given():
            return None
        found = full_name((surname,), self._spellings.text, self._spellings.folded) or ""
        words = fold(found).split()
        begin = words.index(title, 0, -2) + 1 if title in words[:-2] else 0
        is_told = begin > 0 or (len(words) > 1 and is_no_given_name(title.title()))
        name = " ".join(found.split()[begin:])
        return name if is_told and words[begin] in census_given() and self.find(name) is None else None

    def _near(self, person: Person, whole: str | None) -> str | None:
        """The page's own spelling of a name that his label misspells by a letter.

        Where prose has both, it is that of another label of the page which the credits have as well.
        """
        text, folded = self._spellings.text, self._spellings.folded
        labelled = {
            words
            for words in self._printed
            if words[:1] == person.words[:1] and words != person.words and len(words) > 1
        }
        is_meant = whole is not None or self._printed[person.words] >= _OWN_SPELLING
        if is_meant and not labelled:
            return None
        near = near_spelling(person.tokens, text, folded, labelled)
        if not is_meant:
            words = folded_words(tuple((near or "").split()))
            if near is not None and self._printed[words[-1:]] and words not in labelled:
                return None  # `HALL: I'm John Hall.` beside `JOHN HALE:`
            return near or near_given(person.tokens, text, folded) or self._of_near_label(person, labelled)
        if near is None or tuple(fold(near).split()) not in labelled:
            return None
        return near if whole is None or is_credited(near, text) else None

    def _of_near_label(self, person: Person, labelled: Iterable[Words]) -> str | None:
        near = near_label(person.words, labelled, self._printed)
        return next((self.name(other) for other in self.people if other.words == near), None)

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
