"""How running text spells a name, and what stands with it that is none of it: titles, possessives."""

import re

from pipeline.transcribe import vocabulary

_WORD = r"(?:(?:[A-Z]\.){1,3}|[A-Z][\w'’]{0,30}(?:-[\w'’]{1,30}){0,3})"
_PARTICLE = r"(?:de|la|van|von|der|den|da|di|du|del|bin|al)"
FURTHER = rf"(?:{_PARTICLE}(?![\w-])|{_WORD})"
CAPITALISED_NAME = rf"(?P<name>{_WORD}(?: (?:{_PARTICLE}[ -]){{0,2}}{_WORD}){{0,3}})"
"""One to four capitalised words with what stands between them in names (`Oscar de la Hoya`), as the group `name`.

It ends in a capitalised word: «I'm Robert Siegel along with ...» holds no particle.
"""

_JOB = re.compile(
    r"(?:[A-Z][a-z]{1,12}-[a-z]|[A-Z])[a-z]{2,20}(?:ator|[a-z]{2}ist|ician|nomer|torian|rarian|ogian"
    r"|grapher|maker|worker|woman|women|person|people)s?"
)
"""`Commentator`, `Essayists`, `Multi-instrumentalist`: jobs by their endings, which no given name met has."""

YOU_LISTEN = r"[Yy]ou(?:['’]re| are|['’]ve been| have been) listening to"
"""Before a programme's name: who says it speaks for the programme."""
BROKEN_OFF = ("...", "…")
"""How words end that another cuts off, and begin that go on behind his."""
BREATH = 120
"""Characters that are said in one breath."""


def name_alone(printed: str) -> str:
    """«NPR's Ana Diaz joins us», «Ana Diaz's report»: the name alone."""
    return without_titles(printed.replace("’", "'").rpartition("'s ")[2].removesuffix("'s"))


def without_titles(name: str) -> str:
    """A name without what stands before it; `Major Garrett` as it is.

    >>> without_titles("Lieutenant Colonel TJ Menn"), without_titles("Harvard Professor Ana Diaz")
    ('TJ Menn', 'Ana Diaz')
    """
    words = name.split()
    begin = max((at + 1 for at, word in enumerate(words[:-2]) if _is_of_rank(word.rstrip(".,"))), default=0)
    while begin + 2 < len(words) and _is_title(words[begin].rstrip(".,")):
        begin += 1
    return " ".join(words[begin:])


def is_full(name: str) -> bool:
    """Two words or more, the first of them a name: `President Obama` is none, `Major Garrett` may be."""
    first, blank, _ = name.partition(" ")
    return bool(blank) and (first.upper() in vocabulary.OFFICES_OR_NAMES or not _is_title(first.rstrip(".,")))


def is_no_given_name(word: str) -> bool:
    """Whether a capitalised word before a surname is a job, an office, or the first word of a sentence.

    >>> is_no_given_name("Commentator"), is_no_given_name("Calista"), is_no_given_name("Singers")
    (True, False, True)
    """
    return word in vocabulary.NOT_GIVEN or word.removesuffix("s") in vocabulary.JOBS or _JOB.fullmatch(word) is not None


def _is_title(word: str) -> bool:
    return is_no_given_name(word) or word.upper() in vocabulary.OFFICES


def _is_of_rank(word: str) -> bool:
    """Whether a word stands before a name wherever it stands, and what is before it is whose professor he is."""
    return word.lower() in vocabulary.HONORIFICS or word.upper() in vocabulary.OFFICES


def going_on(former: str, text: str) -> str:
    """Somebody's words, and those that he goes on with behind another's.

    >>> going_on("It's the RAIN PODCAST. I'm...", "...Ana Diaz."), going_on("I am dry.", "Are you?")
    ("It's the RAIN PODCAST. I'm Ana Diaz.", 'I am dry. Are you?')
    """
    is_broken = former.endswith(BROKEN_OFF) and text.startswith(BROKEN_OFF)
    return f"{former.rstrip('.…')} {text.lstrip('.…')}" if is_broken else f"{former} {text}"
