"""Labels that are nobody's name: UNIDENTIFIED MAN, POLICE OFFICER, Speaker 1, crowds."""

import re

from pipeline.transcribe import vocabulary
from pipeline.transcribe.labels.callings import says_what
from pipeline.transcribe.labels.label_words import MOST_TOKENS

_ANONYMOUS = re.compile(
    r"(?:UNIDENTIFIED|UNKNOWN|ANONYMOUS)\b"
    r"|(?:\w{1,30} )?(?:VOICE|VOICES|CROWD|AUDIENCE|PROTESTERS?|PROTESTORS?|CHANTERS|CHILDREN|STUDENTS|SUPPORTERS"
    r"|DEMONSTRATORS|MARCHERS|ACTIVISTS|STRIKERS|CHEERLEADERS|WORSHIPPERS|PARISHIONERS|CONGREGANTS|SPECTATORS|BYSTANDERS"
    r"|ONLOOKERS|VOTERS|LAWMAKERS|DELEGATES|PRISONERS|INMATES|RECRUITS|CAMPERS|VILLAGERS)$"
    r"|(?:[\w-]{1,30} )?VOICE(?: #?\d{1,4})?$"
    r"|(?:VOICE-?OVER|YOUNG|OLD|OLDER|ELDERLY|LITTLE|MALE|FEMALE|ANOTHER|OTHER|FIRST|SECOND|THIRD|RECORDED)"
    r" (?:MAN|WOMAN|BOY|GIRL|KID|CHILD|GUY|LADY|PERSON|SPEAKER)$"
    r"|VOICE (?:OF|ON|OFF|BACK|FROM)"
    r"|(?:ALL|BOTH|EVERYBODY|EVERYONE)$"
    r"|(?:\w{1,30} ){0,3}(?:WORKER|SHINER|TEACHER|STUDENT|OFFICER|WITNESS|RESIDENT|NEIGHBOR|LAWYER"
    r"|ATTORNEY|PROSECUTOR|DEFENDANT|SOLDIER|PASSENGER|CUSTOMER|WAITRESS|BARTENDER|VOLUNTEER|MECHANIC"
    r"|PARAMEDIC|FIREFIGHTER|SCIENTIST|TEENAGER|TOURIST)S?$"
    r"|(?:[\w'’]{1,30} ){0,3}(?:CONTESTANT|PARTICIPANT|EMPLOYEE|CASHIER|SHOPPER|PEDESTRIAN|MOTORIST|MOM|MUM|DAD|MOTHER"
    r"|GRANDMOTHER|GRANDFATHER|GRANDMA|GRANDPA)S?$"
    r"|(?:[\w'’.-]{1,30} ){1,3}(?:DISPATCHER|ATTENDANT|CONTROLLER|OPERATOR|BAILIFF|JUROR|AUCTIONEER|INSTRUCTOR"
    r"|ANNOUNCER|NARRATOR|CALLER|INTERPRETER|MODERATOR|TRANSLATOR|MEMBER|SUPPORTER|DEMONSTRATOR|SPOKESMAN|SPOKESWOMAN"
    r"|SPOKESPERSON|CLERK)S?$"
    r"|(?:[\w'’.-]{1,30} ){0,3}(?!(?:TIP|STEP|RULE|QUESTION|FACT|REASON|TRACK|SONG|LESSON|MYTH|ITEM|PART|CHAPTER"
    r"|EPISODE|POINT|NUMBER|OPTION|STORY|ROUND|GAME|PLAY|EXHIBIT|EXAMPLE|IDEA|BOOK|PICK|WEEK|DAY|TEAM|ROOM|CLUE|PUZZLE"
    r"|SCENE) )[\w'’.-]{1,30} #\d{1,4}$"
    r"|\w{1,30}['’]S (?:SISTER|BROTHER|SON|DAUGHTER|HUSBAND|WIFE|FRIEND|AUNT|UNCLE)$"
    r"|(?:\w{1,30} ){0,3}CORRESPONDENT$"
    r"|(?:AUDIENCE MEMBER|CALLER|OPERATOR|POLICE OFFICER|DISPATCHER|INTERPRETER|TRANSLATOR|ANNOUNCER|NARRATOR|REPORTER|"
    r"INTRODUCER|INTERVIEWER|MODERATOR|LISTENER|READER|NEWSREADER"
    r"|(?:INTRO|NEWS|TV|RADIO) (?:SPEAKER|REPORTER|ANNOUNCER|ANCHOR)|"
    r"COMPUTER|AUTOMATED|COMPUTERIZED|SPEAKER|PERSON|MAN|WOMAN|BOY|GIRL)(?: (?:VOICE|OPERATOR|#?\d{1,4})){0,3}$",
    re.IGNORECASE,
)
_ANONYMOUS_WORDS = frozenset(
    form for word in re.findall("[A-Z]{3,}", _ANONYMOUS.pattern) for form in (word, f"{word}S", word.removesuffix("S"))
)
"""The words of the pattern, as they stand and as its plurals have them: a quick look that spares most names it."""
_MARKS = ("'S ", "’S ", " #")
"""`Ana's Sister`, `DEMOCRAT #2`."""
_ANONYMOUS_BEGIN = ("UNIDENTIFIED", "UNKNOWN", "ANONYMOUS")


def is_nobody(head: str) -> bool:
    """Whether these words are nobody's name, whatever their case: `News Reporter`."""
    return _ANONYMOUS.fullmatch(head) is not None


def begins_as_nobody(head: str) -> bool:
    """Whether these words begin as nobody's name, or say what he is: `Unidentified Man on the street`, `Bus Driver`."""
    return _ANONYMOUS.match(head) is not None or says_what(head)


def names_nobody(name: str, *, is_loose: bool) -> bool:
    """Whether a label's name is nobody's; `is_loose`: also where only Title Case says so.

    >>> names_nobody("UNIDENTIFIED MAN #1", is_loose=False), names_nobody("Students", is_loose=False)
    (True, False)
    >>> names_nobody("Teenager's Mom", is_loose=True), names_nobody("Editor's Note", is_loose=True)
    (True, False)
    >>> names_nobody("HOSPITAL STAFF", is_loose=False), names_nobody("NICK NURSE", is_loose=False)
    (True, False)
    >>> names_nobody("GRANDMAS", is_loose=False)
    True
    """
    if says_what(name):
        return _is_label_case(name, is_loose=is_loose)
    capitals = name.upper()
    words = capitals.split()
    if (
        _ANONYMOUS_WORDS.isdisjoint(words)
        and not capitals.startswith(_ANONYMOUS_BEGIN)
        and not any(map(capitals.__contains__, _MARKS))
    ):
        return False
    return _ANONYMOUS.match(name) is not None and len(words) <= MOST_TOKENS and _is_label_case(name, is_loose=is_loose)


def role_of_nobody(name: str) -> str | None:
    """The role that the words say: of a caller, a reporter, an announcer."""
    return next((role for word, role in vocabulary.ANONYMOUS_ROLES.items() if word in name.upper()), None)


def _is_label_case(name: str, *, is_loose: bool) -> bool:
    """`UNIDENTIFIED MAN` and `Unidentified Man`, but neither `Unidentified men say` nor, unless loose, `Students`."""
    words = name.split()
    if name != name.upper() and not is_loose and words[0] not in vocabulary.TITLE_CASE_ANONYMOUS:
        return False
    return all(not word[0].isalpha() or word[0].isupper() for word in words)
