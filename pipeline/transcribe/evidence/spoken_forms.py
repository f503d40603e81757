"""How running text spells a name, and what stands with it that is none of it: titles, possessives."""

from pipeline.transcribe import vocabulary

_WORD = r"(?:(?:[A-Z]\.){1,3}|[A-Z][\w'’]{0,30}(?:-[\w'’]{1,30}){0,3})"
_PARTICLE = r"(?:de|la|van|von|der|den|da|di|du|del|bin|al)"
FURTHER = rf"(?:{_PARTICLE}(?![\w-])|{_WORD})"
CAPITALISED_NAME = rf"(?P<name>{_WORD}(?: (?:{_PARTICLE}[ -]){{0,2}}{_WORD}){{0,3}})"
"""One to four capitalised words with what stands between them in names (`Oscar de la Hoya`), as the group `name`.

It ends in a capitalised word: «I'm Robert Siegel along with ...» holds no particle.
"""


def name_alone(printed: str) -> str:
    """«NPR's Ana Diaz joins us», «Ana Diaz's report»: the name alone."""
    return without_titles(printed.replace("’", "'").rpartition("'s ")[2].removesuffix("'s"))


def without_titles(name: str) -> str:
    """`Correspondent Ana Diaz`, `Lieutenant Colonel TJ Menn` without what is no name; `Major Garrett` as it is."""
    words = name.split()
    begin = 0
    while begin + 2 < len(words) and _is_title(words[begin].rstrip(".,")):
        begin += 1
    return " ".join(words[begin:])


def is_full(name: str) -> bool:
    """Two words or more, the first of them a name: `President Obama` is none, `Major Garrett` may be."""
    first, blank, _ = name.partition(" ")
    return bool(blank) and (first.upper() in vocabulary.OFFICES_OR_NAMES or not _is_title(first.rstrip(".,")))


def _is_title(word: str) -> bool:
    return word in vocabulary.NOT_GIVEN or word.upper() in vocabulary.OFFICES
