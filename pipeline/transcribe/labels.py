"""Speaker labels as they are printed: what is one, and what it says.

The forms are those of NPR's house style since 2001 and of the stations that copy it:

    MICHELE KELEMEN, BYLINE: ...        CAPS, with a role
    KELEMEN: ...                        CAPS, the surname ever after
    UNIDENTIFIED PERSON #1: ...         nobody's name
    PRESIDENT DONALD TRUMP: ...         an office before the name
    Mr. STEVE HELY (Comedy writer, author of "How I ..."): ...    to 2011: honorific, role in balanced parentheses

A label stands at the beginning of a paragraph. A string that only looks like one (`NOTE:`, `WATCH:`, `6:07`) is prose.
The other families (`Brian Lehrer:`) prove nothing by themselves: whether a page has one is judged in `families`.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from pipeline.transcribe import vocabulary
from pipeline.transcribe.brackets import closing_bracket

# `(through interpreter)` before the colon says how somebody spoke, not who he is.
_DIRECTION = re.compile(
    r"(?:through |via |on camera\b|on (?:the )?phone\b|voice-?over\b|singing\b|reading\b|as |speaking |ph$)",
    re.IGNORECASE,
)
_LONGEST = 240
"""Characters up to the colon: the longest label met in print has 178, nearly all of it a role in parentheses."""
_MOST_TOKENS = 7
_SHORTEST_SURNAME = 2

# `co-host`, `guest host`, `LEGAL AFFAIRS CORRESPONDENT`: the last word tells the role.
_ROLE = re.compile(r"(?:[\w&'’]{1,30}[ -]){0,4}?(?P<role>[a-z]{1,30})", re.IGNORECASE)
_LONGEST_OFFICE = 3
_SUFFIX_BEHIND_COMMA = re.compile(r",(?= (?:JR|SR|Jr|Sr|II|III|IV)\b)")
_CASED_PREFIX = re.compile(r"^(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|O['’]|D['’]|al-|el-)(?=[^\W\d_])")

# Also DWAYNE "THE ROCK" JOHNSON, A$AP ROCKY, P!NK.
_NAME_WORD = re.compile(r"[\"“]?[^\W_](?:[^\W_]|['’.\-‐‑–!$])*[\"”]?")
_QUOTES = '"“”'

_WordTest = Callable[[str], bool]

_ANONYMOUS = re.compile(
    r"(?:UNIDENTIFIED|UNKNOWN|ANONYMOUS)\b"
    r"|(?:\w{1,30} )?(?:VOICE|VOICES|CROWD|AUDIENCE|PROTESTERS?|CHANTERS|CHILDREN|STUDENTS|SUPPORTERS)$"
    r"|VOICE (?:OF|ON|OFF|BACK|FROM)"
    r"|(?:ALL|BOTH|EVERYBODY|EVERYONE)$"
    r"|(?:\w{1,30} ){0,3}(?:WORKER|SHINER|TEACHER|STUDENT|OFFICER|CORRESPONDENT|WITNESS|RESIDENT|NEIGHBOR|LAWYER"
    r"|SOLDIER|PASSENGER|CUSTOMER|WAITRESS|BARTENDER|VOLUNTEER|MECHANIC|PARAMEDIC|FIREFIGHTER|SCIENTIST|TEENAGER|TOURIST)$"
    r"|(?:AUDIENCE MEMBER|CALLER|OPERATOR|POLICE OFFICER|DISPATCHER|INTERPRETER|TRANSLATOR|ANNOUNCER|NARRATOR|REPORTER|"
    r"INTRODUCER|LISTENER|(?:INTRO|NEWS|TV|RADIO) (?:SPEAKER|REPORTER|ANNOUNCER|ANCHOR)|"
    r"COMPUTER|AUTOMATED|COMPUTERIZED|SPEAKER|PERSON|MAN|WOMAN|BOY|GIRL)(?: (?:VOICE|OPERATOR|#?\d{1,4})){0,3}$",
    re.IGNORECASE,
)


# What the pattern above can begin or end with: a quick look at a name's words spares most names the pattern.
_ANONYMOUS_WORDS = frozenset((
    "VOICE", "VOICES", "CROWD", "AUDIENCE", "PROTESTER", "PROTESTERS", "CHANTERS", "CHILDREN", "STUDENTS", "SUPPORTERS",
    "CALLER", "OPERATOR", "POLICE", "DISPATCHER", "INTERPRETER", "TRANSLATOR", "ANNOUNCER", "NARRATOR", "REPORTER",
    "COMPUTER", "AUTOMATED", "COMPUTERIZED", "SPEAKER", "PERSON", "MAN", "WOMAN", "BOY", "GIRL", "ALL", "BOTH",
    "EVERYBODY", "EVERYONE", "WORKER", "SHINER", "TEACHER", "STUDENT", "OFFICER", "CORRESPONDENT", "WITNESS",
    "RESIDENT", "NEIGHBOR", "LAWYER", "SOLDIER", "PASSENGER", "CUSTOMER", "WAITRESS", "BARTENDER", "VOLUNTEER",
    "MECHANIC", "PARAMEDIC", "FIREFIGHTER", "SCIENTIST", "TEENAGER", "TOURIST",
))  # fmt: skip
_ANONYMOUS_BEGIN = ("UNIDENTIFIED", "UNKNOWN", "ANONYMOUS")


class Label(NamedTuple):
    """A speaker label.

    `printed` is the label without role and colon; `tokens` the words of the name, without honorific, office and
    suffix marks; empty for somebody unnamed.
    """

    printed: str
    tokens: tuple[str, ...]
    role: str | None
    affiliation: str | None
    honorific: str | None
    suffix: str | None
    """`Jr.`, `Sr.`, `III` ..., in proper form."""
    is_named: bool
    end: int
    """Where the speech begins in the paragraph."""
    has_small_role: bool = False
    """`, host` in small letters, as NPR printed it until 2011."""


def find_label(paragraph: str) -> Label | None:
    """The label that a paragraph begins with, or None where it begins with speech.

    >>> find_label("SARAH MCCAMMON, BYLINE: You have covered").role
    'reporter'
    >>> find_label("Number one: what is this") is None
    True
    """
    colon = label_colon(paragraph)
    return caps_label(paragraph[:colon]) if colon is not None else None


def caps_label(head: str) -> Label | None:
    """The label in capitals that these words before a colon are."""
    return _label_of(head, _is_caps)


def title_case_label(head: str) -> Label | None:
    """The label in Title Case that these words are: `Professor Ian Hickie`, `Speaker 1`, `?Speaker 2`.

    >>> title_case_label("Professor Ian Hickie").tokens
    ('Ian', 'Hickie')
    >>> title_case_label("Small talk") is None
    True
    """
    is_nobody = _ANONYMOUS.fullmatch(head) is not None  # `News Reporter`, `Body Shop Worker`
    if not is_nobody and not vocabulary.NEVER_NAMES.isdisjoint(head.upper().replace("-", " ").split()):
        return None
    who, _, place = head.removeprefix("?").partition(" - ")
    label = _label_of(who, _is_title_case)
    if label is None or (place and label.is_named):
        return None  # `Listener 8 - Copenhagen`, but no `Rain - Snow`
    if not label.is_named and not any(map(str.isdigit, who)) and not _ANONYMOUS.match(who):
        return None  # in capitals a band; in Title Case `The Good`
    if place:
        return label._replace(printed=head, end=len(head) + 1)
    return label._replace(printed=f"?{label.printed}" if head[0] == "?" else label.printed, end=len(head) + 1)


def is_anonymous(head: str) -> bool:
    """Whether these words are nobody's name, all in capitals: `POLICE OFFICER`, `AUDIENCE MEMBER`."""
    return head.isupper() and _ANONYMOUS.fullmatch(head) is not None


def surname_label(surname: str) -> Label:
    """The label of somebody whose surname is a word that headings print as well: `REGISTER:` of John Register."""
    return Label(surname, (surname,), None, None, None, None, is_named=True, end=len(surname) + 1)


def surname_caps_label(head: str) -> Label | None:
    """`Stephen J. DUBNER`: given names as they are spoken, the surname in capitals (Freakonomics Radio, 2015 on).

    >>> surname_caps_label("Stephen J. DUBNER").tokens
    ('Stephen', 'J.', 'DUBNER')
    >>> surname_caps_label("STEVEN LEVITT") is surname_caps_label("From NPR") is None
    True
    """
    *given, surname = head.split()
    is_half = bool(given) and given[0][:1].isupper() and (len(given[0]) < 3 or not given[0].isupper())
    if not is_half or not _is_caps(surname) or max(map(len, surname.rstrip(".").split("-"))) < _SHORTEST_SURNAME:
        return None
    if not vocabulary.NEVER_NAMES.isdisjoint(head.upper().split()):
        return None
    return _label_of(head, _is_title_case)


def affiliated_label(head: str) -> Label | None:
    """`JAMILA MICHENER, Cornell University`: as television prints it, what somebody is behind a full name in capitals.

    >>> affiliated_label("ROGER STOLLE, Co-Founder, Juke Joint Festival").affiliation
    'Co-Founder, Juke Joint Festival'
    """
    name, comma, affiliation = head.partition(", ")
    if not comma or not affiliation[0].isupper() or affiliation.isupper() or " " not in name:
        return None
    label = _label_of(name, _is_caps)
    if label is None or not label.is_named:
        return None
    return label._replace(role="guest", affiliation=affiliation, end=len(head) + 1)


def _label_of(head: str, is_name_word: _WordTest) -> Label | None:
    """The label that these words before a colon are."""
    end = len(head) + 1
    parenthesis: str | None = None
    if head.endswith(")"):
        opening = head.find("(")
        parenthesis = head[opening + 1 : -1].strip() or None
        head = head[:opening].rstrip()
    name, role = _split_role(head) if "," in head else (head, None)
    if role is None and "," in name and "," in _SUFFIX_BEHIND_COMMA.sub("", name):
        return None
    label = _anonymous(name, role, end, is_name_word) or _named(name, role, parenthesis, end, is_name_word)
    is_small = role is not None and head.rpartition(",")[2].strip()[:1].islower()
    return label._replace(has_small_role=True) if label is not None and is_small else label


def label_colon(paragraph: str) -> int | None:
    """The colon that would end a label: the first one outside balanced parentheses."""
    if not paragraph or not (paragraph[0].isupper() or paragraph[0].isdigit()):
        return None
    colon = paragraph.find(":", 0, _LONGEST)
    if colon <= 0:
        return None
    opening = paragraph.find("(", 0, colon)
    if opening > 0:
        closing = closing_bracket(paragraph, opening)
        if closing is None or paragraph[closing + 1 : closing + 2] != ":" or closing > _LONGEST:
            return None
        colon = closing + 1
    after = paragraph[colon + 1 : colon + 3]
    if after == "//" or (paragraph[colon - 1].isdigit() and after[:1].isdigit()):
        return None  # a URL, a time
    return colon


def _split_role(head: str) -> tuple[str, str | None]:
    name, _, printed = head.rpartition(",")
    role = vocabulary.ROLES.get(printed[1:].lower())  # `HOST`, `BYLINE`: nearly all of them
    if role is None:
        found = _ROLE.fullmatch(printed.strip())
        role = vocabulary.ROLES.get(found["role"].lower()) if found is not None else None
    return (name.strip(), role) if role is not None else (head, None)


def _anonymous(name: str, role: str | None, end: int, is_name_word: _WordTest) -> Label | None:
    words = name.upper().split()
    if _ANONYMOUS_WORDS.isdisjoint(words) and not name[:12].upper().startswith(_ANONYMOUS_BEGIN):
        return None
    if not _ANONYMOUS.match(name) or len(words) > _MOST_TOKENS:
        return None
    if not _is_label_case(name, is_loose=is_name_word is _is_title_case):
        return None
    role = role or next((known for word, known in vocabulary.ANONYMOUS_ROLES.items() if word in name.upper()), None)
    return Label(name, (), role, None, None, None, is_named=False, end=end)


def _is_label_case(name: str, *, is_loose: bool) -> bool:
    """`UNIDENTIFIED MAN` and `Unidentified Man`, but neither `Unidentified men say` nor, unless loose, `Students`."""
    words = name.split()
    if name != name.upper() and not is_loose and words[0] not in vocabulary.TITLE_CASE_ANONYMOUS:
        return False
    return all(not word[0].isalpha() or word[0].isupper() for word in words)


def _named(name: str, role: str | None, parenthesis: str | None, end: int, is_name_word: _WordTest) -> Label | None:
    if not name:
        return None
    honorific, words = _split_honorific((_SUFFIX_BEHIND_COMMA.sub("", name) if "," in name else name).split())
    tokens, suffix = _split_suffix(_without_office(words) if len(words) > 1 else words)
    if not _is_name(tokens, is_name_word) or name.upper().replace("’", "'").rstrip(".") in vocabulary.NOT_SPEAKERS:
        return None
    affiliation = None if parenthesis and _DIRECTION.match(parenthesis) else parenthesis
    told = _told_role(affiliation)
    if affiliation is not None and honorific is None and len(tokens) == 1 and told is None:
        return None
    if affiliation is not None and role is None:
        role = told or "guest"
    affiliation = None if told else affiliation
    # THE POP UPS, MAROON 5, X AND Y: bands and pairs, not a person.
    if any(word.upper() in vocabulary.GROUP_WORDS or word.isdigit() for word in tokens):
        if tokens[0] in vocabulary.HEADINGS:
            return None
        return Label(name, (), role, affiliation, None, None, is_named=False, end=end)
    return Label(name, tokens, role, affiliation, honorific, suffix, is_named=True, end=end)


def _told_role(parenthesis: str | None) -> str | None:
    """The role that words in parentheses say: `Caller`, `Caller and Puzzle Contestant from Newport Beach`."""
    first, _, _ = (parenthesis or "").partition(" and ")
    return vocabulary.ROLES_IN_PARENTHESES.get(first.lower())


def _split_honorific(words: list[str]) -> tuple[str | None, list[str]]:
    bare = words[0].rstrip(".").lower()
    is_title = bare in vocabulary.TITLES and (not words[0].isupper() or (bare in {"sir", "dame"} and len(words) > 2))
    if len(words) > 1 and (bare in vocabulary.HONORIFICS or is_title):
        return words[0], words[1:]
    return None, words


def _split_suffix(words: list[str]) -> tuple[tuple[str, ...], str | None]:
    *name, last = words or [""]
    suffix = vocabulary.SUFFIXES.get(last.rstrip(".").upper()) if name else None
    return tuple(name if suffix else words), suffix


def _without_office(words: list[str]) -> list[str]:
    """The words of the name behind one office or several: `LT. GOV. DAN PATRICK`, `FORMER PRESIDENT BILL CLINTON`."""
    bare = [word.rstrip(".").upper() for word in words]
    begin = 0
    while begin < len(bare) - 1 and (length := _office_at(bare, begin)):
        begin += length
    return words[begin:]


def _office_at(bare: list[str], begin: int) -> int:
    """How many words the office that begins there has; 0 where there is none."""
    left = len(bare) - begin
    for length in range(min(_LONGEST_OFFICE, left - 1), 0, -1):
        if " ".join(bare[begin : begin + length]) in vocabulary.OFFICES:
            return length
    if bare[begin] in vocabulary.OFFICES_OR_NAMES and left > 2:
        return 1
    return 1 if bare[begin] in vocabulary.BEFORE_OFFICES and _office_at(bare, begin + 1) else 0


def _is_name(tokens: tuple[str, ...], is_name_word: _WordTest) -> bool:
    return 0 < len(tokens) <= _MOST_TOKENS and all(map(is_name_word, tokens)) and _has_letters(tokens)


def _is_caps(word: str) -> bool:
    if (word.isalpha() and word.isupper()) or word in vocabulary.PARTICLES or word == "&":
        return True
    if _NAME_WORD.fullmatch(word) is None:
        return False
    return word.isupper() or (rest := _CASED_PREFIX.sub("", word.strip(_QUOTES))) == rest.upper()


def _is_title_case(word: str) -> bool:
    if word in vocabulary.PARTICLES or word == "&":
        return True
    return (word.isdigit() or word.strip(_QUOTES)[:1].isupper()) and _NAME_WORD.fullmatch(word) is not None


def _has_letters(tokens: tuple[str, ...]) -> bool:
    """Two letters at least, one of them a capital: `6:07` and `A:` are no labels, `A MARTÍNEZ:` and `CO:` are."""
    if len(tokens[0]) > 1 and tokens[0].isalpha() and tokens[0].isupper():
        return True
    letters = [character for word in tokens for character in word if character.isalpha()]
    return len(letters) >= 2 and any(character.isupper() for character in letters)
