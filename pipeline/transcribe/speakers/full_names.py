"""The full names of those whose labels have them, as prose and other labels of the page spell them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.transcribe.census import census_given
from pipeline.transcribe.evidence.given_names import completed, with_surname
from pipeline.transcribe.evidence.makers import is_credited
from pipeline.transcribe.evidence.mentions import full_name
from pipeline.transcribe.evidence.slips import near_given, near_label, near_spelling
from pipeline.transcribe.evidence.spoken_forms import is_no_given_name
from pipeline.transcribe.names import Spellings, fold, name_as_spelled
from pipeline.transcribe.speakers.persons import Person, Words, folded_words

INITIALS = re.compile(r"[A-Z](?:-[A-Z])?\.?")
"""`M`, `M.`, `J-P`: what is left of a name."""
_WHOLE_LETTERS = frozenset(("X",))
"""Malcolm X."""
_TWO_GIVEN = 2
"""`Mary Lou:` beside `Diane:` may be two given names."""
OWN_SPELLING = 3
"""Times: who prints a full name so often means it, whatever his prose says once."""


class FullNames:
    """The names of a page's people in proper form; `printed`: how often it prints which label."""

    def __init__(
        self, people: Sequence[Person], printed: Counter[Words], spellings: Spellings, *, by_first_names: bool
    ) -> None:
        self._people = people
        self._printed = printed
        self._spellings = spellings
        self._by_first_names = by_first_names
        self._found: dict[Words, str | None] = {}

    def find(self, name: str | None) -> Person | None:
        """Whose full name this is, as prose spells it."""
        tokens = tuple(fold(name or "").split())
        return next((person for person in self._people if person.words == tokens), None)

    def of(self, person: Person) -> str | None:
        """The full name of one of them, in proper form; None where the page does not complete it."""
        if person.tokens not in self._found:
            self._found[person.tokens] = self._spelled(person)
        return self._found[person.tokens]

    def _spelled(self, person: Person) -> str | None:
        """The full name of somebody whose label has it; the page's spelling of one that is a letter off.

        `Keith B` is no full name: the page must complete it.
        """
        text = self._spellings.text
        *given, last = person.tokens
        if INITIALS.fullmatch(last) and last not in _WHOLE_LETTERS and len(given) == 1:
            return completed(given[0].title(), last.rstrip("."), text)
        whole = self._spellings.of(person.tokens) or self._spellings.of_initials(person.tokens)
        if (name := self._titled_in_prose(person)) is not None or (
            whole is None and (name := self._named_in_prose(person)) is not None
        ):
            return name
        if whole is not None and self._by_first_names and len(person.tokens) == _TWO_GIVEN:
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
        is_meant = whole is not None or self._printed[person.words] >= OWN_SPELLING
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
        return next((self.of(other) for other in self._people if other.words == near), None)
