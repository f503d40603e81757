"""Names that a label misspells by a letter, beside the page's own spelling."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence

from pipeline.transcribe.census import census_given
from pipeline.transcribe.evidence.mentions import full_name
from pipeline.transcribe.names import fold
from pipeline.transcribe.words import name_places

_NEXT_WORD = re.compile(r" ([A-Z][\w'’-]*\w)")
_OWN = ("NPR's ", "NPR’s ", "NPRs ", "I'm ", "I’m ", " I am ")
_FULL_NAME = 2
Words = tuple[str, ...]
"""Of a label, folded."""
_SURE = 2
"""Times that prose spells a name another way than its label, until it is believed."""


def near_spelling(
    tokens: Sequence[str], text: str, folded: str, labelled: Container[tuple[str, ...]] = ()
) -> str | None:
    """The page's own spelling of a name that a label misspells by one slip; None where that is not sure.

    What stands once may be the slip itself, but for what the house says of its own people and somebody of himself, and
    for a name that is `labelled` too: folded words of the page's labels.

    >>> near_spelling(("ARI", "FLEISCHER"), "We heard Ari Fleisher.", "we heard ari fleisher.") is None
    True
    >>> near_spelling(("DEBBIE", "ELLIOT"), "NPR's Debbie Elliott", "npr's debbie elliott")
    'Debbie Elliott'
    >>> near_spelling(("DEBBIE", "ELLIOT"), "I'm Debbie Elliott.", "i'm debbie elliott.")
    'Debbie Elliott'
    >>> near_spelling(("Kai", "Ryborg"), "I'm Kai Rybrog.", "i'm kai rybrog.") is None
    True
    >>> near_spelling(("Ed", "Hayle"), "By Ed Hale.", "by ed hale.", {("ed", "hale")})
    'Ed Hale'
    """
    if len(tokens) < 2:
        return None
    given, surname = fold(" ".join(tokens[:-1])), fold(tokens[-1])
    found: dict[str, int] = {}
    for start, end in name_places(given, folded):
        word = _NEXT_WORD.match(text, end, end + 30)
        if word and text[start].isupper() and not word[1].isupper() and is_one_slip_off(surname, _bare(word[1])):
            spelled = word[1].removesuffix("'s").removesuffix("’s")
            is_told = _is_one_letter_off(surname, _bare(word[1]))  # swapped letters are a slip wherever they stand
            is_own = is_told and text[max(0, start - 6) : start].endswith(_OWN)
            is_own = is_own or (*given.split(), fold(spelled)) in labelled
            name = f"{text[start:end]} {spelled}"
            found[name] = found.get(name, 0) + (_SURE if is_own else 1)
    return next((name for name, times in found.items() if times >= _SURE), None) if len(found) == 1 else None


def near_given(tokens: Sequence[str], text: str, folded: str) -> str | None:
    """The one full name of running text of which a label misspells the first name; None where that is not sure.

    Sure is a label's first name that nobody has, and a slip or a syllable printed twice off one that people have.

    >>> near_given(("MADELELEINE", "BRAND"), "I'm Madeleine Brand.", "i'm madeleine brand.")
    'Madeleine Brand'
    >>> near_given(("CHRISTINA", "BRAND"), "I'm Christine Brand.", "i'm christine brand.") is None
    True
    """
    if len(tokens) != _FULL_NAME or (given := fold(tokens[0])) in census_given():
        return None
    name = full_name((fold(tokens[1]),), text, folded)
    if name is None:
        return None
    other = fold(name.partition(" ")[0])
    is_near = is_one_slip_off(given, other) or _is_stammer(given, other)
    return name if is_near and other in census_given() else None


def near_label(words: Words, others: Iterable[Words], times: Mapping[Words, int]) -> Words | None:
    """The label that a label slips off which stands there once, and its surname never: `Ana Daiz:` amid `Diaz:`.

    `others` are labels with the same first name, `times` how often the page has each label.

    >>> near_label(("ana", "daiz"), [("ana", "diaz")], {("ana", "daiz"): 1, ("diaz",): 3})
    ('ana', 'diaz')
    >>> near_label(("ana", "daiz"), [("ana", "diaz")], {("ana", "daiz"): 2, ("diaz",): 3}) is None
    True
    """
    if times.get(words, 0) > 1 or times.get(words[-1:], 0):
        return None
    near = [other for other in others if times.get(other[-1:], 0) and is_one_slip_off(words[-1], other[-1])]
    return near[0] if len(near) == 1 else None


def _is_stammer(one: str, other: str) -> bool:
    """Whether a word is another one with two or three letters of it printed twice: `MADELELEINE`."""
    more = len(one) - len(other)
    return more in (2, 3) and any(
        one[:end] == other[:end] and one[end:] == other[end - more :] for end in range(more, len(other) + 1)
    )


def _bare(word: str) -> str:
    return fold(word).removesuffix("'s")


def is_one_slip_off(one: str, other: str) -> bool:
    """One letter put in, left out or exchanged, or two neighbours in the wrong order: `DEBMY` for Demby.

    >>> is_one_slip_off("debmy", "demby"), is_one_slip_off("demby", "demby")
    (True, False)
    """
    if _is_one_letter_off(one, other):
        return True
    odd = [place for place in range(min(len(one), len(other))) if one[place] != other[place]]
    if len(one) != len(other) or len(odd) != 2:
        return False
    first, second = odd
    return second == first + 1 and one[first] == other[second] and one[second] == other[first]


def _is_one_letter_off(one: str, other: str) -> bool:
    """One letter put in, left out or exchanged."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 4:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return one[same + 1 :] == other[same + 1 :] or one[same:] == other[same + 1 :] or one[same + 1 :] == other[same:]
