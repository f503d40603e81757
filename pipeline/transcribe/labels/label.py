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
from functools import lru_cache
from typing import NamedTuple

from pipeline.transcribe import vocabulary
from pipeline.transcribe.brackets import closing_bracket
from pipeline.transcribe.census import census_given
from pipeline.transcribe.labels.callings import role_before, without_calling
from pipeline.transcribe.labels.colons import label_colon
from pipeline.transcribe.labels.how_spoken import says_how
from pipeline.transcribe.labels.label_roles import REPORTING, role_without_comma, split_role, told_role
from pipeline.transcribe.labels.label_words import (
    WordTest,
    is_caps,
    is_heading,
    is_name,
    is_office,
    is_title_case,
    split_honorific,
    split_suffix,
    without_job,
    without_office,
)
from pipeline.transcribe.labels.nobody import begins_as_nobody, is_nobody, names_nobody, role_of_nobody
from pipeline.transcribe.names import fold

_SPELLED = "(ph)"
"""`Mr. ED HALE(ph) (Farmer):`, where the transcriber wrote a name as he heard it."""
_BEHIND_COMMA = (", narrating", ", singing", ", reading", ", translating")
"""`WOMAN, narrating:`: the same behind a comma."""
_QUOTES = frozenset("'‘’\"“”")
_SHORTEST_SURNAME = 2
_PLACED = re.compile(r"(?P<given>[A-Z][\w'’-]+) (?:in|from|IN|FROM) [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}")
_STOPPED = re.compile(r"[A-Z][^\W\d_]{3,}\.")
"""`John Walter.:`, with a full stop that is none of the name."""

_SUFFIX_BEHIND_COMMA = re.compile(r",(?= (?:JR|SR|Jr|Sr|II|III|IV)\b)")
_LOST_BLANK = re.compile(r"(?<=\.)\ufffd(?=[A-Z])")
"""`Mr.\ufffdCOLIN FIRTH`: a blank that breaks no line, in a page whose encoding somebody mistook (2009 to 2010)."""


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
    end: int
    """Where the speech begins in the paragraph."""
    has_small_role: bool = False
    """`, host` in small letters, as NPR printed it until 2011."""

    @property
    def is_named(self) -> bool:
        """Whether it is somebody's name."""
        return bool(self.tokens)

    @property
    def is_bare(self) -> bool:
        """Whether it is one word in capitals and no more: a surname, or initials. `JUDGE` is who judges on tape."""
        return self.tokens == (self.printed,) and self.printed.isupper() and self.printed not in vocabulary.OFFICES


def find_label(paragraph: str) -> Label | None:
    """The label that a paragraph begins with, or None where it begins with speech.

    >>> find_label("SARAH MCCAMMON, BYLINE: You have covered").role
    'reporter'
    >>> find_label("Number one: what is this") is None
    True
    """
    colon = label_colon(paragraph)
    return caps_label(paragraph[:colon]) if colon is not None else None


@lru_cache(maxsize=4096)  # a third of a network's labels are those of its hosts, on page after page
def caps_label(head: str) -> Label | None:
    """The label in capitals that these words before a colon are."""
    return _label_of(head, is_caps)


@lru_cache(maxsize=1024)  # a page prints each of its few labels again and again
def title_case_label(head: str) -> Label | None:
    """The label in Title Case that these words are: `Professor Ian Hickie`, `Speaker 1`, `?Speaker 2`.

    >>> title_case_label("Professor Ian Hickie").tokens
    ('Ian', 'Hickie')
    >>> title_case_label("Small talk") is None
    True
    """
    if head[:1] in _QUOTES and head[-1:] in _QUOTES and (called := title_case_label(head[1:-1])) is not None:
        return called._replace(printed=head, end=len(head) + 1)  # ABC: `'Trevor'`, who is not called so
    name = split_role(head)[0] if ", " in head else head
    if not is_nobody(head) and is_heading(name) and _placed(name) is None:
        return None
    who, _, place = head.removeprefix("?").partition(" - ")
    label = _label_of(who, is_title_case)
    if label is None or (place and label.is_named):
        return None  # `Listener 8 - Copenhagen`, but no `Rain - Snow`
    if not label.is_named and not any(map(str.isdigit, who)) and not begins_as_nobody(who):
        return None  # in capitals a band; in Title Case `The Good`
    if place:
        return label._replace(printed=head, end=len(head) + 1)
    return label._replace(printed=f"?{label.printed}" if head[0] == "?" else label.printed, end=len(head) + 1)


def name_label(head: str) -> Label | None:
    """A label in capitals or in Title Case."""
    return caps_label(head) or title_case_label(head)


def names_office(label: Label) -> bool:
    """Whether a label is an office, which one person on a page holds: `PRIME MINISTER`."""
    return not label.is_named and is_office(label.printed.split())


def is_anonymous(head: str) -> bool:
    """Whether these words are nobody's name, all in capitals: `POLICE OFFICER`, `AUDIENCE MEMBER`."""
    return head.isupper() and names_nobody(head, is_loose=False)


def surname_label(surname: str) -> Label:
    """The label of somebody whose surname is a word that headings print as well: `REGISTER:` of John Register."""
    return Label(surname, (surname,), None, None, None, None, end=len(surname) + 1)


def letter_label(letter: str) -> Label:
    """The label of which a letter alone is left: nobody's name."""
    return Label(letter, (), None, None, None, None, end=2)


def surname_caps_label(head: str) -> Label | None:
    """`Stephen J. DUBNER`: given names as they are spoken, the surname in capitals (Freakonomics Radio, 2015 on).

    >>> surname_caps_label("Stephen J. DUBNER").tokens
    ('Stephen', 'J.', 'DUBNER')
    >>> surname_caps_label("STEVEN LEVITT") is surname_caps_label("From NPR") is None
    True
    """
    *given, surname = head.split()
    is_half = bool(given) and given[0][:1].isupper() and (len(given[0]) < 3 or not given[0].isupper())
    if not is_half or not is_caps(surname) or max(map(len, surname.rstrip(".").split("-"))) < _SHORTEST_SURNAME:
        return None
    if not vocabulary.NEVER_NAMES.isdisjoint(head.upper().split()):
        return None
    return _label_of(head, is_title_case)


def affiliated_label(head: str) -> Label | None:
    """`JAMILA MICHENER, Cornell University`: as television prints it, what somebody is behind a full name in capitals.

    Those who wrote down Fresh Air until 1999 print that in capitals too: `VAL KILMER, ACTOR`.

    >>> affiliated_label("ROGER STOLLE, Co-Founder, Juke Joint Festival").affiliation
    'Co-Founder, Juke Joint Festival'
    """
    name, _, affiliation = head.partition(", ")
    if not affiliation[:1].isupper() or " " not in name:
        return None
    label = _label_of(name, is_caps)
    if label is None or not label.is_named:
        return None
    return label._replace(role="guest", affiliation=affiliation, end=len(head) + 1)


def _label_of(head: str, is_name_word: WordTest) -> Label | None:
    """The label that these words before a colon are."""
    end = len(head) + 1
    head = head.rstrip()
    head = _LOST_BLANK.sub(" ", head) if "\ufffd" in head else head
    parenthesis: str | None = None
    head = head.rpartition(",")[0] if head.endswith(_BEHIND_COMMA) else head
    if head.endswith(")") and "(" in head:
        head = head.replace(_SPELLED, "", 1) if head.count("(") > 1 else head
        opening = head.find("(")
        parenthesis = _first_fact(head[opening:])
        head = head[:opening].rstrip(" ,")
    head = role_without_comma(head)
    name, role = split_role(head) if "," in head or head.endswith(REPORTING) else (head, None)
    if role is None and "," in name and "," in _SUFFIX_BEHIND_COMMA.sub("", name):
        return None
    if names_nobody(name, is_loose=is_name_word is is_title_case) or (parenthesis is None and is_office(name.split())):
        role = role or told_role(parenthesis) or role_of_nobody(name)  # `Unidentified Child (Caller)`
        label: Label | None = Label(name, (), role, None, None, None, end=end)
    else:
        placed = _placed(name) if name.isupper() or is_name_word is is_title_case else None
        label = placed._replace(end=end) if placed else _named(name, role, parenthesis, end, is_name_word)
    is_small = role is not None and head.rpartition(",")[2].strip()[:1].islower()
    return label._replace(has_small_role=True) if label is not None and is_small else label


def _placed(name: str) -> Label | None:
    """`Pauline in Medford`, a caller by her given name; `CRISIS IN SUDAN` is nobody."""
    found = _PLACED.fullmatch(name)
    if found is None:
        return None
    is_given = fold(found["given"]) in census_given()
    tokens, role = ((found["given"],), "caller") if is_given else ((), None)
    return Label(name, tokens, role, None, None, None, end=len(name) + 1)


def _first_fact(brackets: str) -> str | None:
    """What the first of a label's brackets holds: `(Actor) (As David Brent)`, of which the second says how he spoke."""
    closing = closing_bracket(brackets, 0)
    return brackets[1:closing].strip() or None


def _named(name: str, role: str | None, parenthesis: str | None, end: int, is_name_word: WordTest) -> Label | None:
    if not name:
        return None
    honorific, words = split_honorific((_SUFFIX_BEHIND_COMMA.sub("", name) if "," in name else name).split())
    called = without_office(words) if len(words) > 1 else words
    words = without_calling(called) if len(called) > 1 else called
    role = role or role_before(called, words)
    tokens, suffix = split_suffix(words if parenthesis is None else without_job(words))
    if (
        not is_name(tokens, is_name_word)
        or name.upper().replace("’", "'").removeprefix("THE ").rstrip(".") in vocabulary.NOT_SPEAKERS
    ):
        return None
    if len(tokens) > 1 and _STOPPED.fullmatch(tokens[-1]):
        tokens = (*tokens[:-1], tokens[-1][:-1])
    affiliation = None if parenthesis and says_how(parenthesis) else parenthesis
    told = told_role(affiliation)
    if affiliation is not None and honorific is None and len(tokens) == 1 and told is None:
        return None
    if affiliation is not None:
        role = role or told or "guest"
    affiliation = None if told else affiliation
    # THE POP UPS, MAROON 5, X AND Y: bands and pairs, not a person.
    if not vocabulary.GROUP_WORDS.isdisjoint(map(str.upper, tokens)) or any(map(str.isdigit, tokens)):
        if tokens[0] in vocabulary.HEADINGS:
            return None
        return Label(name, (), role, affiliation, None, None, end=end)
    return Label(name, tokens, role, affiliation, honorific, suffix, end=end)
