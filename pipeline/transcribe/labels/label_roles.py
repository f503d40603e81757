"""The role in a label: behind a comma, or in parentheses."""

import re

from pipeline.transcribe import vocabulary
from pipeline.transcribe.census import census_given

# `co-host`, `guest host`, `LEGAL AFFAIRS CORRESPONDENT`: the last word tells the role.
_ROLE = re.compile(r"(?:[\w&'’]{1,30}[ -]){0,4}?(?P<role>[a-z]{1,30})", re.IGNORECASE)
REPORTING = " reporting"
"""`FARAI CHIDEYA reporting:`, of NPR until 2006."""
_WITHOUT_COMMA = (" ANNOUNCER", " BYLINE", " HOST")
"""`CARL KASELL ANNOUNCER:` (2013), where somebody forgot the comma."""
_FEWEST_WORDS_WITH_ROLE = 3
_FIRST_FACT = re.compile(r" and |; ")
_FOOTNOTE = "0123456789"
"""`BYLINE3`: sites for learners number the words that they explain."""
_DOUBLED = re.compile(r"(.)\1")


def split_role(head: str) -> tuple[str, str | None]:
    """What stands before a role, and the role; all of it and None where there is none.

    >>> split_role("NINA TOTENBERG, LEGAL AFFAIRS CORRESPONDENT")
    ('NINA TOTENBERG', 'reporter')
    >>> split_role("FARAI CHIDEYA reporting")
    ('FARAI CHIDEYA', 'reporter')
    >>> split_role("ANA DIAZ, HOST, MASTERS IN BUSINESS")
    ('ANA DIAZ', 'host')
    >>> split_role("ANA DIAZ, BYLINE3"), split_role("MAROON 5")
    (('ANA DIAZ', 'reporter'), ('MAROON 5', None))
    """
    if head.endswith(REPORTING):
        return head.removesuffix(REPORTING), "reporter"
    name, _, printed = head.rstrip(_FOOTNOTE).rpartition(",")
    role = vocabulary.ROLES.get(printed[1:].lower())  # `HOST`, `BYLINE`: nearly all of them
    if role is None:
        found = _ROLE.fullmatch(printed.strip())
        role = _role_named(found["role"]) if found is not None else None
    if role is None and "," in name:  # `NAME, HOST, PROGRAMME`
        name, _, printed = name.partition(",")
        role = vocabulary.ROLES.get(printed[1:].lower())
    return (name.strip(), role) if role is not None else (head, None)


def role_without_comma(head: str) -> str:
    """A head whose role lacks its comma, with the comma; others as they are, and what nobody is called.

    >>> role_without_comma("CARL KASELL ANNOUNCER"), role_without_comma("TALK SHOW HOST")
    ('CARL KASELL, ANNOUNCER', 'TALK SHOW HOST')
    """
    if not head.endswith(_WITHOUT_COMMA) or not head.isupper() or "," in head:
        return head
    *name, role = head.split()
    is_somebody = len(name) + 1 >= _FEWEST_WORDS_WITH_ROLE and name[0].lower() in census_given()
    return f"{' '.join(name)}, {role}" if is_somebody else head


def told_role(parenthesis: str | None) -> str | None:
    """The role that words in parentheses say: `Caller`, `Caller and Puzzle Contestant from Newport Beach`."""
    first, *_ = _FIRST_FACT.split(parenthesis or "", 1)
    return vocabulary.ROLES_IN_PARENTHESES.get(first.lower())


def _role_named(word: str) -> str | None:
    """The role of a word, in capitals also of one that a letter is doubled in: `MARY REICHARD, HOSST:`."""
    role = vocabulary.ROLES.get(word.lower())
    return role if role is not None or not word.isupper() else vocabulary.ROLES.get(_DOUBLED.sub(r"\1", word).lower())
