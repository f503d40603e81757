"""The role in a label: behind a comma, or in parentheses."""

import re

from pipeline.transcribe import vocabulary

# `co-host`, `guest host`, `LEGAL AFFAIRS CORRESPONDENT`: the last word tells the role.
_ROLE = re.compile(r"(?:[\w&'’]{1,30}[ -]){0,4}?(?P<role>[a-z]{1,30})", re.IGNORECASE)
REPORTING = " reporting"
"""`FARAI CHIDEYA reporting:`, of NPR until 2006."""
_FIRST_FACT = re.compile(r" and |; ")
_DOUBLED = re.compile(r"(.)\1")


def split_role(head: str) -> tuple[str, str | None]:
    """What stands before a role, and the role; all of it and None where there is none.

    >>> split_role("NINA TOTENBERG, LEGAL AFFAIRS CORRESPONDENT")
    ('NINA TOTENBERG', 'reporter')
    >>> split_role("FARAI CHIDEYA reporting")
    ('FARAI CHIDEYA', 'reporter')
    >>> split_role("ANA DIAZ, HOST, MASTERS IN BUSINESS")
    ('ANA DIAZ', 'host')
    """
    if head.endswith(REPORTING):
        return head.removesuffix(REPORTING), "reporter"
    name, _, printed = head.rpartition(",")
    role = vocabulary.ROLES.get(printed[1:].lower())  # `HOST`, `BYLINE`: nearly all of them
    if role is None:
        found = _ROLE.fullmatch(printed.strip())
        role = _role_named(found["role"]) if found is not None else None
    if role is None and "," in name:  # `NAME, HOST, PROGRAMME`
        name, _, printed = name.partition(",")
        role = vocabulary.ROLES.get(printed[1:].lower())
    return (name.strip(), role) if role is not None else (head, None)


def told_role(parenthesis: str | None) -> str | None:
    """The role that words in parentheses say: `Caller`, `Caller and Puzzle Contestant from Newport Beach`."""
    first, *_ = _FIRST_FACT.split(parenthesis or "", 1)
    return vocabulary.ROLES_IN_PARENTHESES.get(first.lower())


def _role_named(word: str) -> str | None:
    """The role of a word, in capitals also of one that a letter is doubled in: `MARY REICHARD, HOSST:`."""
    role = vocabulary.ROLES.get(word.lower())
    return role if role is not None or not word.isupper() else vocabulary.ROLES.get(_DOUBLED.sub(r"\1", word).lower())
