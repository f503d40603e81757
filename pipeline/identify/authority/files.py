"""The files of the authority: people with their names, roles and years, in a form that anybody can extend.

A file in `pipeline/authority/` or of the user's own (setting `authority_files`):

    network = "NPR"          # affiliation of every role that names none

    [[person]]
    name = "Lulu Garcia-Navarro"
    aliases = ["Lourdes Garcia-Navarro"]
    roles = [
        { role = "host", program = "Weekend Edition Sunday", from = 2017, to = 2021-10-17 },
    ]

`from` and `to` are a year or a day; `to = "present"` says that it lasts, a bound left out that it is not known.
What meant one of several people, or an office, for some years goes into `called`, with both bounds:

    called = [{ name = "President Bush", from = 2001-01-20, to = 2009-01-20 }]

`id` is for namesakes only: without it, it is made from the name. An entry of a later file replaces the one with its id.
"""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from unicodedata import normalize

from pydantic import ValidationError

from pipeline.errors import UsageError
from pipeline.identify.authority.entries import AuthorityFile, Described
from pipeline.identify.authority.known_people import Authority, KnownPerson
from pipeline.identify.names import person_name


@cache
def load_authority(own_files: tuple[Path, ...] = ()) -> Authority:
    """The built-in authority, with the entries of the user's files added or put in their place.

    Raises:
        UsageError: a file cannot be read, is no TOML, or has an entry that is wrong; the message names it.
    """
    people: dict[str, KnownPerson] = {}
    built_in = sorted(
        (file for file in resources.files("pipeline.authority").iterdir() if file.name.endswith(".toml")),
        key=lambda file: file.name,
    )
    for file in built_in:
        _add(people, _described(file.read_text(encoding="utf-8"), file.name))
    for path in own_files:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise UsageError(f"{path}: cannot be read ({reason}); correct the setting `authority_files`") from error
        _add(people, _described(text, str(path)))
    return Authority(tuple(people.values()))


def _add(people: dict[str, KnownPerson], coming: Sequence[KnownPerson]) -> None:
    people.update({person.person_id: person for person in coming})


def _described(text: str, origin: str) -> list[KnownPerson]:
    try:
        document = tomllib.loads(normalize("NFC", text))  # as pages are read
        file = AuthorityFile.model_validate(document)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{origin}: not TOML: {error}") from error
    except ValidationError as error:
        raise UsageError(f"{origin}: {_told(error, document)}") from error
    people = [_known(entry, file.network, origin) for entry in file.person]
    _check_ids(people, origin)
    return people


def _known(entry: Described, network: str | None, origin: str) -> KnownPerson:
    name = person_name(entry.name)
    assert name is not None  # noqa: S101  # the validator has seen to it
    roles = tuple(
        role if role.affiliation or network is None else role.model_copy(update={"affiliation": network})
        for role in entry.roles
    )
    return KnownPerson(entry.id or name.slug, entry.name, entry.aliases, roles, origin, entry.called)


def _check_ids(people: Iterable[KnownPerson], origin: str) -> None:
    seen: set[str] = set()
    for person in people:
        if person.person_id in seen:
            raise UsageError(
                f"{origin}: {person.name} is there twice; join the entries, or give the namesake an id: "
                f'id = "{person.person_id}-2"'
            )
        seen.add(person.person_id)


def _told(error: ValidationError, document: dict[str, object]) -> str:
    """The first problem, with the person's name in the place of a number."""
    problem = error.errors()[0]
    place = [str(part) for part in problem["loc"]]
    match problem["loc"], document.get("person"):
        case ("person", int(index), *_), list(entries) if index < len(entries) and isinstance(entries[index], dict):
            place[:2] = [str(entries[index].get("name", f"person {index + 1}"))]
    return f"{': '.join(place)}: {problem['msg'].removeprefix('Value error, ')}"
