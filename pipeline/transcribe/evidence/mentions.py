"""Full names that a page's prose gives, for labels that give a part of them: «Sarah Bond lives in Canton», BOND:."""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence

from pipeline.transcribe import vocabulary
from pipeline.transcribe.census import census_given, census_surnames
from pipeline.transcribe.evidence.spoken_forms import is_no_given_name
from pipeline.transcribe.names import fold
from pipeline.transcribe.words import places, starts

_WORD = re.compile(r"[A-Z][\w'’.-]*[\w.]|[A-Z]\.?")
_DOTTED = re.compile(r"(?:[A-Z]\.){2,3}")
"""`E.J.` Dionne."""
_SURNAME = re.compile(r" [A-Z][a-z][\w'’-]+")
_BESIDE = re.compile(r"(?:['’]s)? [A-Z][\w'’-]+|-|\.\w")
_HONOURED = re.compile(r"(?:[a-z,] [A-Z][\w'’-]+|\b[A-Z][a-z]{0,3}\.|-) ?\Z")
_IN_BRACKETS = re.compile(r" \[([A-Z][a-z][\w'’]+)\b")
_HYPHENATED = re.compile(r" \[?([A-Z][\w'’]{2,30}(?:-[A-Z][\w'’]+){0,2})")
_NEXT_WORD = re.compile(r" ([A-Z][\w'’-]*\w)")
_I_AM = ("I'm ", "I’m ")
_SAYS_NAME = (*_I_AM, "I am ", "My name is ", "my name is ")
_CALLS = (". ", "? ", "! ", ", ")
_CALLED = tuple(",.?!")
_IN_SENTENCE = re.compile(r"[a-z,] \Z")
_SHORTEST_WORD = 2
_BEFORE = 48
"""Characters in which what belongs to a name stands before it."""
_MOST_GIVEN = 3
_HOUSE = ("NPR's ", "NPR’s ", "NPRs ")
_SURE = 2
"""Times that prose spells a name another way than its label, until it is believed."""


def full_name(
    surname: Sequence[str], text: str, folded: str, *, is_other: Callable[[str], bool] = lambda _name: False
) -> str | None:
    """The one full name with this surname in running text; None where the text has none, or several.

    `is_other` tells names that are somebody else's; `surname` is folded, and so is `folded`, which is `text`
    otherwise. Of `Anne Marie Graham-Hudak` and `Anne Graham-Hudak` the longer one is the name; two people of one
    surname are nobody for sure.

    >>> full_name(("bond",), "Here is Sarah Bond. Then Bond left.", "here is sarah bond. then bond left.")
    'Sarah Bond'
    """
    found = full_names(surname, text, folded)
    found = _without_jobs(Counter({name: count for name, count in found.items() if not is_other(name)}))
    if len({fold(name.split()[0]) for name in found}) != 1:
        return None
    return max(found, key=lambda name: (len(name.split()), found[name]))


def full_names(surname: Sequence[str], text: str, folded: str) -> Counter[str]:
    """All full names with this surname in running text, with how often they stand there; arguments as `full_name`.

    >>> full_names(("bond",), "Meet Sarah Bond, or Ari Dan Bond.", "meet sarah bond, or ari dan bond.")
    Counter({'Ari Dan Bond': 1})
    """
    found: Counter[str] = Counter()
    for start, end in _places(" ".join(surname), folded):
        # «George Floyd's brother Philonise»: what is somebody's own brings in somebody else.
        is_possessive = folded.startswith("'s", end)
        if text[start : start + 1].isupper() and not text[start:end].isupper() and not is_possessive:
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
            if not any(name.endswith(f" {other}") and " " in other and found[other] >= count for other in found)
        }
    )


def completed(given: str, initial: str, text: str) -> str | None:
    """The one full name that a given name and initials stand for: `Keith B` is the page's Keith Barrington.

    >>> completed("John", "C-D", "This is John [Chick-Dunahew 00:26:32].")
    'John Chick-Dunahew'
    """
    letters = initial.split("-")
    behind = (_HYPHENATED.match(text, end) for _, end in places(given, text))
    surnames = (surname[1].split("-")[: len(letters) + 1] for surname in behind if surname is not None)
    found = {
        f"{given} {'-'.join(words)}".removesuffix("'s").removesuffix("’s")
        for words in surnames
        if len(words) >= len(letters) and all(map(str.startswith, words, letters))
    }
    return found.pop() if len(found) == 1 else None


def with_surname(given: str, text: str) -> str | None:
    """The one full name that begins with these given names, as somebody says his own; None where nobody does.

    A machine puts into brackets what it is not sure to have heard.

    >>> with_surname("Mary Lou", "My name is Mary Lou [Gone 00:40:11], I live here. Mary Lou Street is wet.")
    'Mary Lou Gone'
    >>> with_surname("Ira Glass", "I'm Ira Glass. Back in a minute.") is None
    True
    """
    surnames = (
        _IN_BRACKETS.match(text, end) for start, end in places(given, text) if text.endswith(_SAYS_NAME, 0, start)
    )
    found = {surname[1] for surname in surnames if surname is not None}
    return f"{given} {found.pop()}" if len(found) == 1 else None


def called_last(given: str, said: str, text: str) -> str | None:
    """The full name with this given name that ends what somebody says, where the page knows no other with it.

    Or behind which he is called by the given name: «We have a call from Molly Webster. Molly, are you there?»

    >>> called_last("Molly", "Here is our producer Molly Webster!", "Here is our producer Molly Webster!")
    'Molly Webster'
    >>> called_last("Scott", "From NPR News, I'm Scott Simon.", "From NPR News, I'm Scott Simon.") is None
    True
    """
    called = next(
        (
            said[start:end]
            for start, end in _with_surnames(given, said)
            if not said.endswith(_I_AM, 0, start) and _is_call(given, said[end:])
        ),
        None,
    )
    is_sure = called is not None and len({text[start:end] for start, end in _with_surnames(given, text)}) == 1
    return called.replace("’", "'") if called is not None and is_sure else None


def _is_call(given: str, behind: str) -> bool:
    """Whether what stands behind a full name calls who has it, or is nothing."""
    if not behind.strip(".!?,"):
        return True
    return any(
        behind.endswith(_CALLS, 0, start) and behind.startswith(_CALLED, start + len(given))
        for start in starts(given, behind)
    )


def one_of_given(given: str, names: Iterable[str], text: str) -> str | None:
    """The one of some full names that begins with this given name; None where the page knows another with it.

    >>> one_of_given("Ed", ["Ana Diaz", "Ed Hale"], "Ana Diaz and Ed Hale made this. Hey, Ed.")
    'Ed Hale'
    >>> one_of_given("Ed", ["Ana Diaz", "Ed Hale"], "Ana Diaz and Ed Hale made this. We heard Ed Roe.") is None
    True
    """
    fitting = {name for name in names if name.startswith(f"{given} ")}
    is_sure = len(fitting) == 1 and {text[start:end] for start, end in _with_surnames(given, text)} == fitting
    return fitting.pop().replace("’", "'") if is_sure else None


def tells_of(given: str, text: str) -> bool:
    """Whether running text calls or tells of somebody by a given name alone, and never by more.

    >>> tells_of("Hope", "Hope is working. So, Hope, it rained."), tells_of("Hope", "Hope Hale is working.")
    (True, False)
    """
    found = list(places(given, text))
    return bool(found) and not any(
        _BESIDE.match(text, end) or _HONOURED.search(text, max(0, start - _BEFORE), start) for start, end in found
    )


def _with_surnames(given: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a given name stands with a surname behind it."""
    for start, end in places(given, text):
        surname = _SURNAME.match(text, end)
        if surname is not None:
            yield start, surname.end()


def near_spelling(
    tokens: Sequence[str], text: str, folded: str, labelled: Container[tuple[str, ...]] = ()
) -> str | None:
    """The page's own spelling of a name that a label misspells by one letter; None where that is not sure.

    What stands once may be the slip itself, but for what the house says of its own people, and for a name that is
    `labelled` too: folded words of the page's labels.

    >>> near_spelling(("ARI", "FLEISCHER"), "We heard Ari Fleisher.", "we heard ari fleisher.") is None
    True
    >>> near_spelling(("DEBBIE", "ELLIOT"), "NPR's Debbie Elliott", "npr's debbie elliott")
    'Debbie Elliott'
    >>> near_spelling(("Ed", "Hayle"), "By Ed Hale.", "by ed hale.", {("ed", "hale")})
    'Ed Hale'
    """
    if len(tokens) < 2:
        return None
    given, surname = fold(" ".join(tokens[:-1])), fold(tokens[-1])
    found: Counter[str] = Counter()
    for start, end in _places(given, folded):
        word = _NEXT_WORD.match(text, end, end + 30)
        if word and text[start].isupper() and not word[1].isupper() and _is_one_letter_off(surname, _bare(word[1])):
            spelled = word[1].removesuffix("'s").removesuffix("’s")
            is_own = text[max(0, start - 6) : start].endswith(_HOUSE) or (*given.split(), fold(spelled)) in labelled
            found[f"{text[start:end]} {spelled}"] += _SURE if is_own else 1
    return next(iter(found)) if len(found) == 1 and found.total() >= _SURE else None


def _places(words: str, folded: str) -> Iterator[tuple[int, int]]:
    """Where whole words stand."""
    for start in starts(words, folded):
        end = start + len(words)
        before, after = folded[start - 1 : start], folded[end : end + 1]
        if not (before.isalnum() or before == "-" or after.isalnum() or after == "-"):
            yield start, end


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
        if bare.upper() in vocabulary.OFFICES or bare == "NPRs":
            break
        given.insert(0, bare)
        if bare != word:
            break
    if given and len(given[0].rstrip(".")) == 1 and len(given) == 1:
        return []
    return given


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
    return _IN_SENTENCE.search(text, max(0, begin - 2), begin) is None


def _is_caps(word: str) -> bool:
    return len(word) > 2 and word.isupper()


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
