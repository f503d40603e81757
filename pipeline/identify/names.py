"""What of a name is compared, and what is no person's name."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.transcribe.names import fold
from pipeline.transcribe.vocabulary import BEFORE_OFFICES, GROUP_WORDS, HONORIFICS, OFFICES, SUFFIXES, TITLES

_WORD = re.compile(r"[^\W\d_]+")
_DROPPED = str.maketrans({"'": "", ".": " ", ",": " ", "-": " ", '"': " ", "“": " ", "”": " "})
_LONGEST = 6
"""Words: what is longer is a list or a sentence."""
_LONGEST_PRINTED = 80
"""Characters, likewise."""
_TITLES = (
    HONORIFICS
    | TITLES
    | {word.lower() for office in OFFICES | BEFORE_OFFICES for word in office.replace(".", " ").split()}
) - {"u", "s", "city", "lady", "fr"}
# First words that no person is called by: what they stand before is a crowd, a role or a machine.
_NOBODY = frozenset((
    "unidentified", "unknown", "anonymous", "automated", "computerized", "computer", "recorded", "male", "female",
    "different", "several", "various", "audience", "crowd", "group", "the", "a", "an", "all", "two", "three", "speaker",
    "caller", "announcer", "narrator", "reporter", "woman", "man", "boy", "girl", "child", "children", "people",
    "police", "protester", "protesters", "student", "students", "voice", "voices", "news", "staff", "npr", "bbc",
))  # fmt: skip
_NEVER_LAST = frozenset((
    "member", "members", "voice", "voices", "officer", "officers", "supporter", "supporters", "protester", "protesters",
    "dispatcher", "operator", "translator", "interpreter", "staff", "newsroom", "team", "desk", "news", "radio",
    "press", "band", "choir", "chorus", "orchestra", "quartet", "crowd", "student", "students", "teacher", "reporter",
    "announcer", "narrator", "speaker", "woman", "women", "people", "children", "kids",
))  # fmt: skip
_NEVER_FIRST = frozenset(("of", "and", "for", "from", "with"))
_GROUPS = {word.lower() for word in GROUP_WORDS} - {"and", "of", "the"} | {"&"}


@dataclass(frozen=True, slots=True)
class Name:
    """A full name as it is compared: folded words, without titles; `suffix` (jr, iii) apart."""

    words: tuple[str, ...]
    suffix: str | None = None

    @property
    def key(self) -> str:
        """What two spellings of a name share, e.g. `lulu garcia navarro`."""
        return " ".join((*self.words, self.suffix) if self.suffix else self.words)

    @property
    def given(self) -> str:
        return self.words[0]

    @property
    def last(self) -> str:
        return self.words[-1]

    @property
    def middle(self) -> tuple[str, ...]:
        return self.words[1:-1]

    @property
    def initials(self) -> frozenset[str]:
        """The middle initials."""
        return frozenset(word for word in self.middle if len(word) == 1)

    @property
    def slug(self) -> str:
        """The name as an id."""
        return self.key.replace(" ", "-")


@lru_cache(maxsize=65_536)
def person_name(printed: str | None) -> Name | None:
    """The name of a person; None for mononyms, crowds, roles, bands, desks and what else is nobody's full name.

    >>> person_name("Sen. John McCain").key, person_name("A Martínez").key, person_name("J.B. Pritzker").key
    ('john mccain', 'a martinez', 'jb pritzker')
    >>> person_name("Unidentified Man") or person_name("Tony") or person_name("The Pop Ups")
    """
    if not printed or len(printed) > _LONGEST_PRINTED or any(character.isdigit() for character in printed):
        return None
    folded = fold(printed)
    words = folded.replace("u.s.", "us").translate(_DROPPED).split()
    while len(words) > 2 and words[0] in _TITLES:
        del words[0]
    suffix = words.pop() if len(words) > 2 and words[-1].upper() in SUFFIXES else None
    words = _joined_initials(words)
    is_somebody = 2 <= len(words) <= _LONGEST and " and " not in folded and not _is_nobody(words)
    return Name(tuple(words), suffix) if is_somebody else None


def _is_nobody(words: list[str]) -> bool:
    """Crowds, roles, machines, bands, and what is no name at all. `A Martínez` is somebody, `A Man` is nobody."""
    first, last = words[0], words[-1]
    return (
        (first in _NOBODY and (first != "a" or last in _NOBODY))
        or first in _NEVER_FIRST
        or first in _TITLES
        or last in _NEVER_LAST
        or len(last) == 1
        or not _GROUPS.isdisjoint(words)
        or not all(map(_WORD.fullmatch, words))
    )


def key_of(printed: str | None) -> str | None:
    """What spellings of a person's name are compared by; None where it is no person's name."""
    name = person_name(printed)
    return name.key if name else None


@lru_cache(maxsize=65_536)
def name_of(key: str) -> Name:
    """The name with this key."""
    *words, last = key.split()
    if len(words) > 1 and last.upper() in SUFFIXES:
        return Name(tuple(words), last)
    return Name((*words, last))


def _joined_initials(words: list[str]) -> list[str]:
    """`j b pritzker` -> `jb pritzker`, as it is printed elsewhere."""
    initials = 0
    while initials < len(words) - 1 and len(words[initials]) == 1:
        initials += 1
    return ["".join(words[:initials]), *words[initials:]] if initials > 1 else words
