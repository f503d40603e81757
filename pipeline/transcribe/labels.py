"""Speaker labels as they are printed: what is one, and what it says.

The forms are those of NPR's house style since 2001 and of the stations that copy it:

    MICHELE KELEMEN, BYLINE: ...        CAPS, with a role
    KELEMEN: ...                        CAPS, the surname ever after
    UNIDENTIFIED PERSON #1: ...         nobody's name
    PRESIDENT DONALD TRUMP: ...         an office before the name
    Mr. STEVE HELY (Comedy writer, author of "How I ..."): ...    to 2011: honorific, role in balanced parentheses

A label stands at the beginning of a paragraph. A string that only looks like one (`NOTE:`, `WATCH:`, `6:07`) is prose.
"""

import re
from dataclasses import dataclass

from pipeline.transcribe.brackets import closing_bracket

_LONGEST = 240
"""Characters up to the colon: the longest label met in print has 178, nearly all of it a role in parentheses."""
_MOST_TOKENS = 7

_ROLES = {
    "host": "host",
    "anchor": "host",
    "news anchor": "host",
    "byline": "reporter",
    "reporter": "reporter",
    "correspondent": "reporter",
    "announcer": "announcer",
    "caller": "caller",
    "guest": "guest",
}
_HONORIFICS = frozenset(
    ["mr", "ms", "mrs", "miss", "dr", "prof", "professor", "rev", "reverend", "sir", "dame", "lord", "lady"]
)
_OFFICES = (
    "ATTORNEY GENERAL", "CHANCELLOR", "CHIEF JUSTICE", "COMMISSIONER", "CONGRESSMAN", "CONGRESSWOMAN", "DOCTOR",
    "FIRST LADY", "FORMER PRESIDENT", "FORMER VICE PRESIDENT", "GENERAL", "GOVERNOR", "PRESIDENT-ELECT", "PRESIDENT",
    "PRIME MINISTER", "REPRESENTATIVE", "SECRETARY", "SENATOR", "SPEAKER", "VICE PRESIDENT", "COLONEL", "LIEUTENANT",
    "SERGEANT", "CAPTAIN", "AMBASSADOR", "SECRETARY OF STATE", "DEFENSE SECRETARY", "SEN", "REP", "GOV", "GEN", "COL",
    "LT", "SGT", "CAPT", "MAJ", "ADM",
)  # fmt: skip
_OFFICES_LONGEST_FIRST = tuple(sorted((office.split() for office in _OFFICES), key=len, reverse=True))
# Offices that are surnames too (Noel KING, Bishop Briggs): an office only where a full name follows.
_OFFICES_OR_SURNAMES = frozenset((
    "JUDGE", "JUSTICE", "KING", "QUEEN", "POPE", "BISHOP", "ARCHBISHOP", "MAYOR", "PRINCE", "PRINCESS", "CHIEF",
    "OFFICER", "PASTOR",
))  # fmt: skip
_SUFFIXES = {"JR": "Jr.", "SR": "Sr.", "II": "II", "III": "III", "IV": "IV"}
_PARTICLES = frozenset((
    "de", "la", "van", "von", "der", "den", "da", "di", "du", "del", "dos", "bin", "ibn", "al", "el", "le", "y", "of",
    "the", "and",
))  # fmt: skip
_CASED_PREFIX = re.compile(r"^(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|O['’]|D['’]|al-|el-)(?=[^\W\d_])")

_NAME_WORD = re.compile(r"[^\W_](?:[^\W_]|['’.\-‐‑–!])*")

_ANONYMOUS = re.compile(
    r"(?:UNIDENTIFIED|UNKNOWN|ANONYMOUS)\b"
    r"|(?:\w+ )?(?:VOICE|VOICES|CROWD|AUDIENCE|PROTESTERS?|CHANTERS|CHILDREN|STUDENTS)$"
    r"|(?:AUDIENCE MEMBER|CALLER|OPERATOR|POLICE OFFICER|DISPATCHER|INTERPRETER|TRANSLATOR|ANNOUNCER|NARRATOR|REPORTER|"
    r"COMPUTER|AUTOMATED|COMPUTERIZED|SPEAKER|PERSON|MAN|WOMAN|BOY|GIRL)(?: (?:VOICE|OPERATOR|#?\d+))*$",
    re.IGNORECASE,
)
_ANONYMOUS_ROLES = {"CALLER": "caller", "REPORTER": "reporter", "ANNOUNCER": "announcer", "NARRATOR": "announcer"}
_NOT_SPEAKERS = frozenset((
    "A", "AUDIO", "ADVERTISEMENT", "BREAKING", "CASES", "CLARIFICATION", "COPY", "CORRECTION", "CREDIT", "CREDITS",
    "DATE", "EDITOR'S NOTE", "EDITORS' NOTE", "FOLLOW", "GUEST", "GUESTS", "HOST", "HOSTS", "HTML EMBED", "LISTEN",
    "LISTEN UP", "MORE", "MORE INFO", "MUSIC", "NATS", "NETWORK", "NEW", "NEWS", "NOTE", "OPINION", "PHOTO", "PHOTOS",
    "PODCAST", "POLL", "PRODUCER", "PRODUCERS", "PROGRAM", "PS", "Q", "READ", "READ MORE", "RECAP", "RELATED",
    "REPORTERS", "REVIEW", "SOUNDBITE", "SOURCE", "SOURCES", "SPONSOR", "SUBSCRIBE", "SUMMARY", "TIME", "TIP", "TIPS",
    "TRANSCRIPT", "UPDATE", "UPDATED", "UPDATES", "VIDEO", "WARNING", "WATCH", "WEB EXTRA", "CONTACT", "PHONE", "FAX",
    "EMAIL",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
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


def find_label(paragraph: str) -> Label | None:
    """The label that a paragraph begins with, or None where it begins with speech.

    >>> find_label("SARAH MCCAMMON, BYLINE: You have covered").role
    'reporter'
    >>> find_label("Number one: what is this") is None
    True
    """
    colon = _label_colon(paragraph)
    if colon is None:
        return None
    head = paragraph[:colon]
    parenthesis: str | None = None
    if head.endswith(")"):
        opening = head.find("(")
        parenthesis = head[opening + 1 : -1].strip() or None
        head = head[:opening].rstrip()
    name, role = _split_role(head)
    if role is None and "," in name:
        return None
    return _anonymous(name, role, colon + 1) or _named(name, role, parenthesis, colon + 1)


def _label_colon(paragraph: str) -> int | None:
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
    name, comma, role = head.rpartition(",")
    if comma and role.strip().lower() in _ROLES:
        return name.strip(), _ROLES[role.strip().lower()]
    return head, None


def _anonymous(name: str, role: str | None, end: int) -> Label | None:
    if not _ANONYMOUS.match(name) or len(name.split()) > _MOST_TOKENS or not _is_label_case(name):
        return None
    role = role or next((known for word, known in _ANONYMOUS_ROLES.items() if word in name.upper()), None)
    return Label(name, (), role, None, None, None, is_named=False, end=end)


def _is_label_case(name: str) -> bool:
    """`UNIDENTIFIED MAN` and `Unidentified Man`, but not `Unidentified men say`."""
    return all(not word[0].isalpha() or word[0].isupper() for word in name.split())


def _named(name: str, role: str | None, parenthesis: str | None, end: int) -> Label | None:
    words = name.split()
    honorific = None
    if len(words) > 1 and words[0].rstrip(".").lower() in _HONORIFICS:
        honorific, words = words[0], words[1:]
    words = _without_office(words)
    tokens = tuple(word.strip(",") for word in words)
    suffix = None
    if len(tokens) > 1 and tokens[-1].rstrip(".").upper() in _SUFFIXES:
        suffix, tokens = _SUFFIXES[tokens[-1].rstrip(".").upper()], tokens[:-1]
    if not tokens or len(tokens) > _MOST_TOKENS or not all(_is_caps(word) for word in tokens):
        return None
    if name.upper() in _NOT_SPEAKERS or not _has_letters(tokens):
        return None
    if parenthesis is not None and honorific is None and len(tokens) == 1:
        return None
    affiliation = None if parenthesis and _is_direction(parenthesis) else parenthesis
    if affiliation is not None and role is None:
        role = "guest"
    # THE POP UPS, MAROON 5, X AND Y: bands and pairs, not a person.
    if any(word.upper() in {"AND", "&", "THE"} or word.isdigit() for word in tokens):
        return Label(name, (), role, affiliation, None, None, is_named=False, end=end)
    return Label(name, tokens, role, affiliation, honorific, suffix, is_named=True, end=end)


def _without_office(words: list[str]) -> list[str]:
    bare = [word.rstrip(".").upper() for word in words]
    for office in _OFFICES_LONGEST_FIRST:
        if len(bare) > len(office) and bare[: len(office)] == office:
            return words[len(office) :]
    if len(bare) > 2 and bare[0] in _OFFICES_OR_SURNAMES:
        return words[1:]
    return words


def _is_caps(word: str) -> bool:
    if word in _PARTICLES or word == "&":
        return True
    rest = _CASED_PREFIX.sub("", word)
    return rest == rest.upper() and _NAME_WORD.fullmatch(word) is not None


def _has_letters(tokens: tuple[str, ...]) -> bool:
    """Two letters at least, one of them a capital: `6:07` and `A:` are no labels, `A MARTÍNEZ:` and `CO:` are."""
    letters = [character for word in tokens for character in word if character.isalpha()]
    return len(letters) >= 2 and any(character.isupper() for character in letters)


def _is_direction(parenthesis: str) -> bool:
    """`(through interpreter)` before the colon says how somebody spoke, not who he is."""
    return parenthesis.lower().startswith(("through ", "on camera", "voiceover", "singing", "reading", "ph"))
