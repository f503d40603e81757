"""Labels that say what somebody is, or what is played, and not who: HOSPITAL STAFF, BUS DRIVER, FILM EXCERPT.

ABC and Democracy Now! print those so whom their page does not name. Such words are parted from a name by their last
one, and by a first one that nobody is called: Minnie Driver and Nick Nurse are people. So is Jiayang Fan, whose first
name no census of ours has: words that are surnames anywhere stand apart, or in the plural.
"""

from pipeline.transcribe import vocabulary
from pipeline.transcribe.census import census_given
from pipeline.transcribe.names import fold

_FEWEST_WORDS = 2
_MOST_WORDS = 4
_CALLINGS = frozenset((
    "ACTOR", "ACTRESS", "AD", "ADVERTISEMENT", "ADVISER", "ADVISOR", "ADVOCATE", "AGENT", "ANALYST", "ASSISTANT",
    "ATTORNEY", "BROADCASTER", "BUYER", "CAMPAIGNER", "CHEF", "CLEANER", "CLIENT", "CLIP", "COMMENTATOR", "COMMERCIAL",
    "COMMUTER", "CONDUCTOR", "COUNSELOR", "COUPLE", "CREW", "DEALER", "DENTIST", "DETECTIVE", "DIRECTOR",
    "DOCTOR", "ECONOMIST", "EDITOR", "ENGINEER", "EXCERPT", "EXECUTIVE", "EYEWITNESS", "FANS", "FIGHTER", "FISHERMAN",
    "FORECASTER", "GARDENER", "GUIDE", "GUNMAN", "GUYS", "HECKLER", "HISTORIAN", "HOST", "HOSTESS",
    "INSPECTOR", "INVESTOR", "JANITOR", "JINGLE", "JOURNALIST", "KIDS", "LANDLORD", "LEADER", "LIBRARIAN", "LOBBYIST",
    "MANAGER", "MEN", "MIDWIFE", "MIGRANT", "MOURNER", "MP", "NEWSREADER", "OFFICIAL", "ORGANIZER", "OWNER",
    "PASSERBY", "PATIENT", "PEOPLE", "PILOT", "POLICEMAN", "POLICEMEN", "POLICEWOMAN",
    "PREACHER", "PRESENTER", "PRINCIPAL", "PRODUCER", "PROFESSOR", "RABBI", "RANCHER", "READER", "REBEL",
    "RECEPTIONIST", "RECORDING", "REFEREE", "REFUGEE", "RELATIVE", "SAILOR", "SECRETARY", "SELLER", "SHOPKEEPER",
    "STAFF", "STAFFER", "SURGEON", "SURVIVOR", "SUSPECT", "TAPE", "TECHNICIAN", "TENANT", "TRADER",
    "TRUCKER", "UMPIRE", "VENDOR", "VETERAN", "VICTIM", "WAITER", "WOMEN",
))  # fmt: skip
_CALLINGS_OR_SURNAMES = frozenset((
    "BAKER", "BUTCHER", "COACH", "CONSTABLE", "COOK", "DRIVER", "FARMER", "FRIEND", "GUARD", "IMAM", "MERCHANT",
    "MINER", "MONK", "NURSE", "PASTOR", "PILGRIM", "PLAYER", "PRIEST", "RIDER", "SINGER", "SPEAKER", "TROOPER",
    "USHER", "VISITOR",
))  # fmt: skip
_BEFORE_CALLINGS = frozenset((
    "AMBULANCE", "ASSISTANT", "BACKUP", "BAPTIST", "BASEBALL", "BASKETBALL", "BIKE", "BORDER", "BUDDHIST", "BUS", "CAB",
    "CATHOLIC", "CATTLE", "CHESS", "COAL", "CORN", "CRICKET", "DAIRY", "DELIVERY", "FEMALE", "FOLK", "FOOTBALL",
    "FORMER", "FRENCH", "GOLD", "HEAD", "HOSPITAL", "LOCAL", "LORRY", "MALE", "MUSEUM", "MUSLIM", "OPERA", "ORGANIC",
    "PARK", "PASTRY", "POLICE", "PRISON", "RICE", "RUGBY", "SCHOOL", "SECURITY", "SOCCER", "SOYBEAN", "STATE", "SWIM",
    "TAXI", "TENNIS", "TRACTOR", "TRAIN", "TRAM", "TRUCK", "UBER", "VILLAGE", "WHEAT", "YOUNG",
))  # fmt: skip
"""What parts `TAXI DRIVER` and `DAIRY FARMER` from people of that surname whose first name no census has."""
_STREET_VOICES = frozenset(("VOX POP", "VOX POPS"))
_NUMBERS = frozenset(("ONE", "TWO", "THREE", "FOUR"))
_ROLES = {
    "ANCHOR": "host", "ANNOUNCER": "announcer", "CALLER": "caller", "CORRESPONDENT": "reporter", "GUEST": "guest",
    "HOST": "host", "REPORTER": "reporter",
}  # fmt: skip
_SMALL = frozenset(("of", "and", "for", "&"))
_ENDS = ("?", "!", "…", ",", ";")
_LONGEST_ABBREVIATION = 5
"""`Supt. DIAZ`, but no `chair. ANA DIAZ`."""
_LONGEST_BEFORE = 4
"""Words of what somebody is, before his name."""
_TITLES = vocabulary.HONORIFICS | vocabulary.TITLES


def says_what(name: str) -> bool:
    """Whether a label's words say what somebody is, in capitals or not.

    >>> says_what("HOSPITAL STAFF"), says_what("Bus Driver"), says_what("YOUNG FARMERS"), says_what("HECKLER TWO")
    (True, True, True, True)
    >>> says_what("STATE TROOPER"), says_what("CALLER ONE"), says_what("NANA VISITOR")
    (True, True, False)
    >>> says_what("MINNIE DRIVER"), says_what("KWAME FARMER"), says_what("JOSÉ DOCTOR"), says_what("J. PILOT")
    (False, False, False, False)
    """
    words = name.upper().split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS:
        return False
    if " ".join(words) in _STREET_VOICES or (words[0] in _ROLES and words[-1] in _NUMBERS):
        return True
    first, last = words[0], words[-2] if words[-1] in _NUMBERS else words[-1]
    forms = {last, last.removesuffix("S")}
    if forms & _CALLINGS_OR_SURNAMES:
        return first in _BEFORE_CALLINGS
    if not forms & _CALLINGS:
        return False
    bare = fold(first.rstrip("."))
    return first in _BEFORE_CALLINGS or not (len(bare) == 1 or bare in _TITLES or bare in census_given())


def without_calling(words: list[str]) -> list[str]:
    """The name behind what somebody is; all words where that is not sure, or where somebody's first name comes first.

    >>> without_calling(["BOROUGH", "PRESIDENT", "ANA", "DIAZ"]), without_calling(["Chef", "Diaz"])
    (['ANA', 'DIAZ'], ['Diaz'])
    >>> without_calling(["MARY", "OFFICER", "DIAZ"]), without_calling(["AARON", "JUDGE"])
    (['MARY', 'OFFICER', 'DIAZ'], ['AARON', 'JUDGE'])
    >>> without_calling(["CALLER", "ONE"]), without_calling(["GUEST", "2"])
    (['CALLER', 'ONE'], ['GUEST', '2'])
    >>> without_calling(["I", "have", "a", "chair.", "ANA"]), without_calling(["[…]", "President", "DIAZ"])
    (['I', 'have', 'a', 'chair.', 'ANA'], ['[…]', 'President', 'DIAZ'])
    """
    before = words[: min(len(words) - 1, _LONGEST_BEFORE)]
    begin = max(
        (place + 1 for place, word in enumerate(before) if word.rstrip(".").upper() in vocabulary.BEFORE_NAMES),
        default=0,
    )
    if begin == 0:
        return words
    name = words[begin].rstrip(".").upper()
    is_somebody = name not in vocabulary.SUFFIXES and name not in _NUMBERS and not name.isdecimal()
    is_sure = is_somebody and fold(words[0]) not in census_given()
    return words[begin:] if is_sure and all(map(_may_call, words[:begin])) else words


def _may_call(word: str) -> bool:
    """Whether a word may be one of what somebody is, and not of what somebody says before him."""
    is_stopped = word.endswith(".") and len(word) > _LONGEST_ABBREVIATION
    return word in _SMALL or (word[0].isupper() and not is_stopped and not word.endswith(_ENDS))


def role_before(words: list[str], name: list[str]) -> str | None:
    """The role that stands before a name: `Reporter Ana Diaz`, `CALLER ED`.

    >>> role_before(["Rain", "Reporter", "Ana", "Diaz"], ["Ana", "Diaz"]), role_before(["Ana"], ["Ana"])
    ('reporter', None)
    """
    return _ROLES.get(words[-len(name) - 1].upper()) if len(name) < len(words) else None
