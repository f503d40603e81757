"""Labels of several words that are a surname alone: `VANEK SMITH:` of Stacey Vanek Smith, `DE LA CRUZ:`."""

from collections.abc import Callable, Collection

from pipeline.transcribe.census import census_given, census_surnames
from pipeline.transcribe.evidence.introductions import greetings_by_name, may_be_cut, self_introductions
from pipeline.transcribe.evidence.mentions import full_names
from pipeline.transcribe.names import Spellings, fold
from pipeline.transcribe.vocabulary import OFFICES_OR_NAMES, PARTICLES

_NO_GIVEN_NAME = "de"
"""`DE BLASIO:`; AL, VAN, LA, LE and DEL are given names as well."""

_TWO = 2


def surnames_of_several_words(
    printed: Collection[tuple[str, ...]],
    bare: Collection[tuple[str, ...]],
    spellings: Spellings,
    is_surname: Callable[[str], bool],
) -> set[tuple[str, ...]]:
    """Those of some labels' names, folded, that are surnames; all ends of names that speakers give as their own too.

    Beside «Hi, this is Stacey Vanek Smith» VANEK SMITH: is one, though it has two words; and where the page's prose
    has a first name before words that begin with none. `is_surname` says what is known beforehand of people.
    """
    names = {name: " ".join(name) for name in printed if len(name) > 1}
    text, folded = spellings.text, spellings.folded
    in_prose = {name for name, words in names.items() if words in folded}
    found = {
        name
        for name, words in names.items()
        if _begins_with_particles(name)
        or is_surname(words)
        or (name in bare and name not in in_prose and _begins_with_surname(name))
        or (name in in_prose and _has_given_name_before(name, spellings))
    }
    if any(may_be_cut(names[name], text, folded) for name in in_prose):
        for own_names in (self_introductions, greetings_by_name):
            said = (tuple(fold(name).split()) for name, _ in own_names(text))
            found |= {name[begin:] for name in said for begin in range(1, len(name) - 1)}
    return found


def _begins_with_particles(name: tuple[str, ...]) -> bool:
    return name[0] == _NO_GIVEN_NAME or (len(name) > 2 and name[0] in PARTICLES and name[1] in PARTICLES)


def _begins_with_surname(name: tuple[str, ...]) -> bool:
    """Whether two words are surnames, and the first is nobody's first name: `GARCIA NAVARRO:`, `TINKER SALAS:`.

    Of 171 full names in capitals no first word is; of three such labels all were surnames.
    """
    if len(name) != _TWO or name[0] in census_given() or name[0].upper() in OFFICES_OR_NAMES:
        return False
    return all(map(census_surnames().__contains__, name))


def _has_given_name_before(name: tuple[str, ...], spellings: Spellings) -> bool:
    """Whether prose has a first name right before words that begin with none: «Miguel Tinker Salas»."""
    given = census_given()
    if name[0] not in PARTICLES and name[0].rstrip(".") in given:
        return False  # «Peter Van Ness» has a particle, whatever Van Jones is called
    longer = (one.split()[: -len(name)] for one in full_names(name, spellings.text, spellings.folded))
    return any(all(fold(word) in given for word in before) for before in longer)  # «Ana Diaz Ilse Roe» are two people
