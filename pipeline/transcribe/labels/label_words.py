"""The words of a label's name: what may be one, and honorific, offices and suffix apart from them."""

import re
from collections.abc import Callable

from pipeline.transcribe import vocabulary
from pipeline.transcribe.census import census_given
from pipeline.transcribe.labels.callings import without_calling

MOST_TOKENS = 7
"""Words of the longest name or title met in a label."""
_LONGEST_OFFICE = 3
_FEWEST_WORDS = 2
_CASED_PREFIX = re.compile(r"^(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|O['’]|D['’]|al-|el-)(?=[^\W\d_])")

# Also DWAYNE "THE ROCK" JOHNSON, A$AP ROCKY, P!NK.
_NAME_WORD = re.compile(r"[\"“]?[^\W_](?:[^\W_]|['’.\-‐‑–!$])*[\"”]?")
_QUOTES = '"“”'

_OFFICE_BEGINS = (
    frozenset(office.partition(" ")[0] for office in vocabulary.OFFICES)
    | vocabulary.OFFICES_OR_NAMES
    | vocabulary.COUNTRIES
    | vocabulary.BEFORE_OFFICES
)
"""The first words of offices: a quick look that spares most names the comparisons."""

_MEN = frozenset(("mr", "sir", "lord"))
_WOMEN = frozenset(("ms", "mrs", "miss", "dame", "lady"))
_BEFORE_FULL_NAMES = frozenset(("sir", "dame", "lord"))
_MOST_BEFORE_END = 3
"""Words of an office before its last one: `HOUSE DEPUTY MINORITY LEADER`."""

WordTest = Callable[[str], bool]

_ABBREVIATED = vocabulary.HONORIFICS | vocabulary.OFFICES | vocabulary.BEFORE_OFFICES
"""`Lt.`, `Mr.`: what ends in a full stop before a name."""

_JOINING = ("&", "+")
"""`DIAZ + HALE:`, who say something together."""


def split_honorific(words: list[str]) -> tuple[str | None, list[str]]:
    """`Mr.` and the words behind it; None and all words where no honorific is the first."""
    bare = words[0].rstrip(".").lower()
    is_title = bare in vocabulary.TITLES and (not words[0].isupper() or (bare in _BEFORE_FULL_NAMES and len(words) > 2))
    if len(words) > 1 and (bare in vocabulary.HONORIFICS or is_title):
        return words[0], words[1:]
    return None, words


def is_heading(name: str) -> bool:
    """Whether a string in Title Case has a word of headings in it, and is not the name of somebody called so.

    >>> is_heading("Best Books"), is_heading("Price"), is_heading("Olivia Allen-Price"), is_heading("Summer Song")
    (True, True, False, True)
    """
    words = name.upper().replace("-", " ").split()
    if vocabulary.NEVER_NAMES.isdisjoint(words):
        return False
    called = without_calling(words)
    if 1 < len(called) < len(words) and called[0].lower() in census_given():
        return not vocabulary.NEVER_NAMES.isdisjoint(called)  # `Music Director Ana Diaz`
    first, *others = words
    is_somebody = first not in vocabulary.NAMES_OF_HEADINGS and first.lower() in census_given()
    return not (is_somebody and set(others) & vocabulary.NEVER_NAMES <= vocabulary.SURNAMES_OF_HEADINGS & {words[-1]})


def are_two(honorific: str | None, other: str | None) -> bool:
    """Whether two honorifics cannot be one person's: `Mr. HALE` and `Ms. HALE`, siblings of whom one lost a full label.

    >>> are_two("Mr.", "Mrs."), are_two("Dr.", "Ms."), are_two(None, "Ms.")
    (True, False, False)
    """
    one, two = (word.rstrip(".").lower() if word else "" for word in (honorific, other))
    return (one in _MEN and two in _WOMEN) or (one in _WOMEN and two in _MEN)


def split_suffix(words: list[str]) -> tuple[tuple[str, ...], str | None]:
    """The words without `JR`, `Sr.`, `III` at their end, and that in proper form."""
    *name, last = words
    suffix = vocabulary.SUFFIXES.get(last.rstrip(".").upper()) if name else None
    return tuple(name if suffix else words), suffix


def without_office(words: list[str]) -> list[str]:
    """The words of the name behind one office or several: `LT. GOV. DAN PATRICK`, `FORMER PRESIDENT BILL CLINTON`.

    >>> without_office(["SENATE", "MAJORITY", "LEADER", "CHUCK", "SCHUMER"]), without_office(["ED", "CHIEF", "HALE"])
    (['CHUCK', 'SCHUMER'], ['ED', 'CHIEF', 'HALE'])
    """
    words = _without_long_office(words)
    if _bare(words[0]) not in _OFFICE_BEGINS:
        return words
    bare = [_bare(word) for word in words]
    begin = 0
    while begin < len(bare) - 1 and (length := _office_at(bare, begin)):
        begin += length
    return words[begin:]


def is_office(words: list[str]) -> bool:
    """Whether these words are an office and nobody's name: `PRIME MINISTER`; one word may be a surname (JUDGE).

    >>> is_office(["PRIME", "MINISTER"]), is_office(["DEPUTY", "MAYOR"]), is_office(["GENERAL", "HALE"])
    (True, True, False)
    """
    if len(words) < _FEWEST_WORDS or _bare(words[0]) not in _OFFICE_BEGINS:
        return False
    bare = [_bare(word) for word in words]
    begin = 0
    while begin < len(bare) and (length := _office_at(bare, begin, of_all=True)):
        begin += length
    return begin == len(bare)


def _without_long_office(words: list[str]) -> list[str]:
    """The full name behind an office of several words of which the last one tells that it is one."""
    ends = range(min(_MOST_BEFORE_END, len(words) - 3), 0, -1)
    begin = next((end + 1 for end in ends if words[end].upper() in vocabulary.OFFICE_ENDS), 0)
    return words[begin:]


def without_job(words: list[str]) -> list[str]:
    """The full name in capitals behind what somebody is, in small letters: `Border Patrol Agent DARRYL GRIFFIN`.

    >>> without_job(["Patrol", "Agent", "ANA", "DIAZ"]), without_job(["Patrol", "DIAZ"])
    (['ANA', 'DIAZ'], ['Patrol', 'DIAZ'])
    >>> without_job(["K.", "ANA", "DIAZ"]), without_job(["Right.", "ANA", "DIAZ"])
    (['K.', 'ANA', 'DIAZ'], ['Right.', 'ANA', 'DIAZ'])
    """
    begin = next((place for place, word in enumerate(words) if not word[1:].islower()), 0)
    name = words[begin:]
    return name if len(name) > 1 and all(map(str.isupper, name)) and all(map(_may_be_job, words[:begin])) else words


def _may_be_job(word: str) -> bool:
    """Whether a word may be of what somebody is: no end of a sentence, and with a capital but for `of`."""
    is_ended = word.endswith(".") and not {word[:-1].lower(), word[:-1].upper()} & _ABBREVIATED
    return not is_ended and (word[0].isupper() or word in vocabulary.PARTICLES)


def _bare(word: str) -> str:
    return word.rstrip(".").upper().removesuffix("-ELECT")


def _office_at(bare: list[str], begin: int, *, of_all: bool = False) -> int:
    """How many words the office that begins there has; 0 where there is none.

    A word is left for the name behind it, unless the office may be `of_all` words.
    """
    left = len(bare) - begin
    for length in range(min(_LONGEST_OFFICE, left if of_all else left - 1), 0, -1):
        if " ".join(bare[begin : begin + length]) in vocabulary.OFFICES:
            return length
    if of_all:
        return 1 if left > 1 and bare[begin] in vocabulary.BEFORE_OFFICES else 0
    if left > 2 and (bare[begin] in vocabulary.OFFICES_OR_NAMES or bare[begin] in vocabulary.COUNTRIES):
        return 1
    return 1 if bare[begin] in vocabulary.BEFORE_OFFICES and _office_at(bare, begin + 1) else 0


def is_name(tokens: tuple[str, ...], is_name_word: WordTest) -> bool:
    """Whether these words may be a name: each passes the test, and there are letters enough."""
    if not 0 < len(tokens) <= MOST_TOKENS or any(map(_is_number_of_text, tokens)):
        return False
    return all(map(is_name_word, tokens)) and _has_letters(tokens)


def _is_number_of_text(token: str) -> bool:
    """`1977.` or `03-22` before a name, where paragraphs were run together: no word of it, as in MAROON 5 and 2PAC."""
    return token[0].isdigit() and not token.isdigit() and not any(map(str.isalpha, token))


def is_caps(word: str) -> bool:
    """A name's word in capitals: `McEVERS` and `de` too."""
    if (word.isalpha() and word.isupper()) or word in vocabulary.PARTICLES or word in _JOINING:
        return True
    if _NAME_WORD.fullmatch(word) is None:
        return False
    return word.isupper() or (rest := _CASED_PREFIX.sub("", word.strip(_QUOTES))) == rest.upper()


def is_title_case(word: str) -> bool:
    """A name's word that begins with a capital, a number or a particle."""
    if word in vocabulary.PARTICLES or word in _JOINING:
        return True
    return (word.isdigit() or word.strip(_QUOTES)[:1].isupper()) and _NAME_WORD.fullmatch(word) is not None


def _has_letters(tokens: tuple[str, ...]) -> bool:
    """Two letters at least, one of them a capital: `6:07` and `A:` are no labels, `A MARTÍNEZ:` and `CO:` are."""
    if len(tokens[0]) > 1 and tokens[0].isalpha() and tokens[0].isupper():
        return True
    letters = [character for word in tokens for character in word if character.isalpha()]
    return len(letters) >= 2 and any(character.isupper() for character in letters)
