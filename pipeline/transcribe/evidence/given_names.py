"""Full names that a page's words give, for labels of given names: «Here is Molly Webster!», MOLLY:."""

import re
from collections.abc import Container, Iterable, Iterator

from pipeline.transcribe.census import census_given
from pipeline.transcribe.names import fold
from pipeline.transcribe.sought import Sought
from pipeline.transcribe.words import places, starts

_SURNAME = re.compile(r" [A-Z][a-z][\w'’-]+")
_BESIDE = re.compile(r"(?:['’]s)? [A-Z][\w'’-]+|-|\.\w")
_AND_ANOTHER = re.compile(r" and (?P<other>[A-Z][\w'’-]{1,30})(?P<surname> [A-Z][a-z][\w'’-]{1,30})")
_ANOTHER_AND = re.compile(r"(?<![\w'’-])(?P<other>[A-Z][\w'’-]{1,30}) and \Z")
_KIN = Sought(
    r"\b(?:[Hh]usband|[Ww]i[fv]es?|[Mm]arried|[Cc]ouples?|[Nn]ewlyweds|[Bb]rothers?|[Ss]isters?|[Ss]iblings|[Tt]wins"
    r"|[Pp]arents|[Ff]amily|[Ff]ather|[Mm]other|[Dd]ad|[Mm]om|[Ss]ons?|[Dd]aughters?)\b",
    "usband|wi|Wi|arried|ouple|ewlywed|rother|ister|ibling|twin|Twin|arent|amil|ather|other|dad|Dad|mom|Mom|son|Son|aughter",
)
_KIN_WITHIN = 200
"""Characters around two names in which the page says that they are kin."""
_HONOURED = re.compile(r"(?:[a-z,] [A-Z][\w'’-]+|\b[A-Z][a-z]{0,3}\.|-) ?\Z")
_IN_BRACKETS = re.compile(r" \[([A-Z][a-z][\w'’]+)\b")
_HYPHENATED = re.compile(r" \[?([A-Z][\w'’]{2,30}(?:-[A-Z][\w'’]+){0,2})")
_I_AM = ("I'm ", "I’m ")
_SAYS_NAME = (*_I_AM, "I am ", "My name is ", "my name is ")
_CALLS = (". ", "? ", "! ", ", ")
_CALLED = tuple(",.?!")
_BEFORE = 48
"""Characters in which what belongs to a name stands before it."""


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


def of_couple(given: str, others: Container[str], text: str) -> str | None:
    """The full name of one whom a page names with a relative: «Ana and Ed Hale», labels by first names both.

    `others` are the page's first names. What ends in another's surname and an `s` tells of both. Two who are not called
    kin may be colleagues: «I'm here with Jacob and Kenny Malone».

    >>> [of_couple(given, {"Ana", "Ed"}, "Ana and Ed Hale are twins.") for given in ("Ana", "Ed")]
    ['Ana Hale', 'Ed Hale']
    >>> of_couple("Ana", {"Ana", "Ed"}, "Meet Ana and Ed Hale.")
    >>> of_couple("Ana", {"Ana", "Ed"}, "The twins Mary Ana and Ed Hale.")
    >>> of_couple("Ana", {"Ana"}, "The brothers Ana and Ed Hale.")
    >>> of_couple("Ed", {"Ana", "Ed"}, "Ana and Ed Hale, Ed Roe.")
    """
    shared: set[str] = set()
    own: set[str] = set()
    is_kin = False
    for start, end in places(given, text):
        behind = _AND_ANOTHER.match(text, end)
        surname = _SURNAME.match(text, end)
        if behind is not None and behind["other"] in others:
            if _is_surname(text, start):
                return None
            is_kin = is_kin or _KIN.search(text[max(0, start - _KIN_WITHIN) : end + _KIN_WITHIN]) is not None
            shared.add(_without_possessive(behind["surname"]))
        elif surname is not None:
            before = _ANOTHER_AND.search(text, max(0, start - _BEFORE), start)
            is_shared = before is not None and before["other"] in others
            is_kin = is_kin or is_shared  # it is his own
            (shared if is_shared else own).add(_without_possessive(surname[0]))
    shared -= {f"{surname}s" for surname in shared}
    return f"{given}{shared.pop()}" if len(shared) == 1 and is_kin and own <= shared else None


def _is_surname(text: str, start: int) -> bool:
    """Whether a given name stands right before: «Ana Hale and Ed Roe»."""
    before = text[max(0, start - _BEFORE) : start]
    word = before[:-1].rpartition(" ")[2]
    return before.endswith(" ") and word[:1].isupper() and fold(word) in census_given()


def _without_possessive(surname: str) -> str:
    return surname.replace("’", "'").removesuffix("'s")


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


def has_another(given: str, name: str, text: str) -> bool:
    """Whether running text names somebody else with this given name in full.

    >>> [has_another("Ana", "Ana Diaz", f"Ana Diaz's rain. {said}") for said in ("Ana Roe left.", "Hi, Ana.")]
    [True, False]
    """
    return any(not text.startswith(name, start) for start, _ in _with_surnames(given, text))


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
