"""Those whose full names stand in a page's labels, each of them once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.transcribe import vocabulary
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.names import fold

_TITLED = 2
_BEFORE_GIVEN = frozenset(("KING", "QUEEN", "POPE", "PRINCE", "PRINCESS"))
_TITLES = (vocabulary.OFFICES_OR_NAMES - _BEFORE_GIVEN) | frozenset(map(str.upper, vocabulary.TITLES))
Words = tuple[str, ...]
"""Of a name, without case and accents."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose full name stands in a label."""

    tokens: tuple[str, ...]
    words: Words
    """The same without case and accents."""
    honorific: str | None
    suffix: str | None
    role: str | None
    affiliation: str | None


def people_of(labels: Sequence[Label], times: Mapping[Words, int]) -> list[Person]:
    """Everybody whose full name is a label, once; `VANEK SMITH` is no full name beside `STACEY VANEK SMITH`.

    `times`: how often the page prints a label of each name.
    """
    full: dict[Words, list[Label]] = {}
    for label in labels:
        if len(label.tokens) > 1:
            full.setdefault(folded_words(label.tokens), []).append(label)
    parts = {tokens[begin:] for tokens in full for begin in range(1, len(tokens))}
    tails = {words[begin:] for words in map(_without_hyphens, full) for begin in range(1, len(words))}
    parts |= {tokens for tokens in full if _without_hyphens(tokens) in tails}
    # `FATHER HALE:` is the Ed Hale of the page, where radio prints that once; who comes back in full is somebody else.
    once = {tokens[-1] for tokens in full if not is_titled(tokens) and times.get(tokens, 0) == 1}
    parts |= {tokens for tokens in full if is_titled(tokens) and tokens[-1] in once}
    # `J PIMENTEL:` of two sisters is JOANIE PIMENTEL.
    parts |= {(given[0], *surname) for given, *surname in full if len(given) > len("J.") and surname}
    parts |= {(f"{given}.", *surname) for given, *surname in parts if len(given) == 1 and surname}
    return [_person(same) for tokens, same in full.items() if tokens not in parts]


def is_surname_of(tokens: Words, name: Words) -> bool:
    """Whether words end somebody's full name, also where one of both has a hyphen and the other a blank.

    >>> is_surname_of(("garcia", "navarro"), ("lulu", "garcia-navarro")), is_surname_of(("hale",), ("jo", "fox-hale"))
    (True, False)
    """
    if name[-len(tokens) :] == tokens:
        return len(name) > len(tokens)
    words = _without_hyphens(tokens)
    if len(words) == 1:
        return False
    whole = _without_hyphens(name)
    return len(whole) > len(words) and whole[-len(words) :] == words


def _without_hyphens(tokens: Words) -> Words:
    return tuple(" ".join(tokens).replace("-", " ").split())


def is_titled(tokens: Words) -> bool:
    """Whether a name may be an office or a title and a surname: `FATHER HALE`; kings and popes have given names."""
    return len(tokens) == _TITLED and tokens[0].upper() in _TITLES


def _person(labels: Sequence[Label]) -> Person:
    """Somebody by all his labels: what the first one says that says it."""
    honorific = suffix = role = affiliation = None
    for label in labels:
        honorific = honorific or label.honorific
        suffix = suffix or label.suffix
        role = role or label.role
        affiliation = affiliation or label.affiliation
    return Person(labels[0].tokens, folded_words(labels[0].tokens), honorific, suffix, role, affiliation)


@lru_cache(maxsize=4096)
def folded_words(tokens: tuple[str, ...]) -> Words:
    """The words of a name without case and accents."""
    return tuple(fold(token) for token in tokens)


def of_title(honorific: str | None, people: list[Person]) -> list[Person]:
    """Of several with one surname the one whose own label has this title: `Rev. HALE:` beside `Reverend` and `Mr.`."""
    title = fold(honorific or "").rstrip(".")
    same = [person for person in people if title and fold(person.honorific or "").startswith(title)]
    return same if len(same) == 1 else people


def has_suffix(person: Person, token: str) -> bool:
    """`JR.:` is Roy Blount, Jr., where nothing but his last word was taken for a surname."""
    return person.suffix is not None and fold(person.suffix).rstrip(".") == token.rstrip(".")


def is_initial_of(tokens: tuple[str, ...], person: Person) -> bool:
    """Whether `J PIMENTEL` may be this Joanie Pimentel."""
    name = person.words
    return len(name) > 1 and name[-1] == tokens[-1] and name[0][0] == tokens[0][0]
