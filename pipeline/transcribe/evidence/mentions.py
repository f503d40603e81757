"""Full names that a page's prose gives, for labels that give a part of them: «Sarah Bond lives in Canton», BOND:."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from pipeline.transcribe import vocabulary
from pipeline.transcribe.census import census_given, census_surnames
from pipeline.transcribe.evidence.spoken_forms import is_no_given_name
from pipeline.transcribe.names import fold
from pipeline.transcribe.words import name_places

_WORD = re.compile(r"[A-Z][\w'’.-]*[\w.]|[A-Z]\.?")
_DOTTED = re.compile(r"(?:[A-Z]\.){2,3}")
"""`E.J.` Dionne."""
_OF_OTHERS = ("'s", "’s", ",")
"""Behind these a name begins: «NPR's Sarah Bond»."""
_LONGEST_WORD = 24
_SUFFIXES = (" Jr.", " Sr.", " III", " II", " IV")
_SHORTEST_WORD = 2
_BEFORE = 48
"""Characters in which what belongs to a name stands before it."""
_MOST_GIVEN = 3


def full_name(
    surname: Sequence[str], text: str, folded: str, *, is_other: Callable[[str], bool] = lambda _name: False
) -> str | None:
    """The one full name with this surname in running text; None where the text has none, or several.

    `is_other` tells names that are somebody else's; `surname` is folded, and so is `folded`, which is `text`
    otherwise. Of `Anne Marie Graham-Hudak` and `Anne Graham-Hudak` the longer one is the name; two people of one
    surname are nobody for sure.

    >>> full_name(("bond",), "Here is Sarah Bond. Then Bond left.", "here is sarah bond. then bond left.")
    'Sarah Bond'
    >>> full_name(("bond",), "Here is Ed Bond Jr. at last.", "here is ed bond jr. at last.")
    'Ed Bond Jr.'
    """
    found = full_names(surname, text, folded)
    if not found:  # as of most names
        return None
    found = _without_jobs(Counter({name: count for name, count in found.items() if not is_other(name)}))
    if len({fold(name.split()[0]) for name in found}) != 1:
        return None
    name = max(found, key=lambda name: (len(name.split()), found[name]))
    return name + next((suffix for suffix in _SUFFIXES if f"{name}{suffix}" in text), "")


def full_names(surname: Sequence[str], text: str, folded: str) -> Counter[str]:
    """All full names with this surname in running text, with how often they stand there; arguments as `full_name`.

    >>> full_names(("bond",), "Meet Sarah Bond, or Ari Dan Bond.", "meet sarah bond, or ari dan bond.")
    Counter({'Ari Dan Bond': 1})
    """
    found: Counter[str] = Counter()
    for start, end in name_places(" ".join(surname), folded):
        # «George Floyd's brother Philonise»: what is somebody's own brings in somebody else.
        is_possessive = folded.startswith("'s", end)
        is_name = text[start : start + 1].isupper() or surname[0] in vocabulary.PARTICLES
        if is_name and not text[start:end].isupper() and not is_possessive:
            given = _given_names(text, start)
            if given and not _is_doubtful(given, surname, text, start):
                found[f"{' '.join(given)} {text[start:end]}"] += 1
    return found


def _without_jobs(found: Counter[str]) -> Counter[str]:
    """The names without those that are another one behind a sentence's first word: `Pediatrician Philip Landrigan`."""
    return Counter(
        {
            name: count
            for name, count in found.items()
            if not any(name.endswith(f" {other}") and found[other] >= count for other in found)
        }
    )


def _given_names(text: str, start: int) -> list[str]:
    """The capitalised words right before a surname, but for titles and a sentence's first word."""
    given: list[str] = []
    before = text[max(0, start - _BEFORE) : start]
    if not before.endswith(" "):
        return []
    for word in reversed(before[before.rfind("\n") + 1 :].split()):
        bare = word.lstrip("'").strip('"“‘(')
        if (
            len(given) == _MOST_GIVEN
            or not _WORD.fullmatch(bare)
            or is_no_given_name(bare.rstrip("."))
            or (_is_caps(bare) and not _DOTTED.fullmatch(bare))
        ):
            break
        if "'" in bare or "’" in bare or (bare.endswith(".") and len(bare) > 2 and not _DOTTED.fullmatch(bare)):
            break
        if bare == "NPRs":
            break
        given.insert(0, bare)
        if bare != word:
            break
    return [] if len(given) == 1 and len(given[0].rstrip(".")) == 1 else given


def _is_doubtful(given: Sequence[str], surname: Sequence[str], text: str, start: int) -> bool:
    """Whether words in capitals may begin before a name does: «Meet Sarah Bond», «Politics Sarah Bond», «Ask Amy».

    No first name that the census knows comes first, but one behind it; and no sentence runs up to it, which would have
    given nothing else a capital.
    """
    first, *others = given
    if len(first.rstrip(".")) < _SHORTEST_WORD or fold(first) in census_given():
        return False
    name = " ".join(surname)
    is_shorter = any(fold(word) in census_given() for word in others)
    if not is_shorter and (name not in census_given() or name in census_surnames()):
        return False
    begin = start - len(" ".join(given)) - 1
    word = text[max(0, begin - _LONGEST_WORD) : begin - 1].rpartition(" ")[2]
    return not (word[:1].islower() or word.endswith(_OF_OTHERS)) or text[begin - 1] != " "


def _is_caps(word: str) -> bool:
    return len(word) > 2 and word.isupper()
