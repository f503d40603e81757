"""The authority: people whom files describe, with their names, roles and years, in a form that anybody can extend.

A file in `pipeline/authority/` or of the user's own (setting `authority_files`):

    network = "NPR"          # affiliation of every role that names none

    [[person]]
    name = "Lulu Garcia-Navarro"
    aliases = ["Lourdes Garcia-Navarro"]
    roles = [
        { role = "host", program = "Weekend Edition Sunday", from = 2017, to = 2021-10-17 },
    ]

`from` and `to` are a year or a day; `to = "present"` says that it lasts, a bound left out that it is not known.
`id` is for namesakes only: without it, it is made from the name. An entry of a later file replaces the one with its id.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import UsageError
from pipeline.identify.names import Name, key_of, name_of, person_name

SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)+$"
_NO_WORD = re.compile(r"[^a-z0-9]+")

Bound = Annotated[int, Field(ge=1900, le=2100)] | date


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Role(_Entry):
    """What somebody was, where and when; a bound that is None is not known."""

    role: Literal["host", "reporter", "announcer", "guest", "other"]
    program: str | None = None
    affiliation: str | None = None
    first: Bound | None = Field(default=None, alias="from")
    last: Bound | Literal["present"] | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> "Role":
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValueError(f"ends ({self.last}) before it begins ({self.first})")
        return self

    @property
    def first_day(self) -> date | None:
        return date(self.first, 1, 1) if isinstance(self.first, int) else self.first

    @property
    def last_day(self) -> date | None:
        if self.last == "present":
            return date.max
        return date(self.last, 12, 31) if isinstance(self.last, int) else self.last

    def covers(self, day: date) -> bool:
        """Whether it was so on this day; never where a bound is not known."""
        return self.first_day is not None and self.last_day is not None and self.first_day <= day <= self.last_day


class _Described(_Entry):
    name: str
    id: str | None = Field(default=None, pattern=SLUG)
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()

    @model_validator(mode="after")
    def _has_full_names(self) -> "_Described":
        for name in (self.name, *self.aliases):
            if person_name(name) is None:
                raise ValueError(f"{name!r} is no full name of a person")
        return self


class _File(_Entry):
    network: str | None = None
    person: tuple[_Described, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of whom a file says who he is."""

    person_id: str
    name: str
    aliases: tuple[str, ...]
    roles: tuple[Role, ...]
    origin: str
    """Name of the file."""

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all names."""
        return frozenset(key for name in (self.name, *self.aliases) if (key := key_of(name)))

    @property
    def names(self) -> Iterator[Name]:
        return map(name_of, sorted(self.keys))


@dataclass(frozen=True)
class Authority:
    """Everybody whom the files describe."""

    people: tuple[KnownPerson, ...] = ()
    _by_key: dict[str, tuple[KnownPerson, ...]] = field(init=False, repr=False)
    _by_program: dict[str, tuple[tuple[KnownPerson, Role], ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_key: dict[str, tuple[KnownPerson, ...]] = {}
        by_program: dict[str, tuple[tuple[KnownPerson, Role], ...]] = {}
        for person in self.people:
            for key in person.keys:
                by_key[key] = (*by_key.get(key, ()), person)
            for role in person.roles:
                if role.program is not None:
                    at = program_key(role.program)
                    by_program[at] = (*by_program.get(at, ()), (person, role))
        object.__setattr__(self, "_by_key", by_key)
        object.__setattr__(self, "_by_program", by_program)

    def called(self, key: str) -> tuple[KnownPerson, ...]:
        """Everybody with this name, by its key; namesakes are several."""
        return self._by_key.get(key, ())

    def hosts_of(self, program: str, day: date) -> list[tuple[KnownPerson, Role]]:
        """Who hosted a programme on a day, with the role that says so; only where both bounds are known."""
        return [
            (person, role)
            for person, role in self._by_program.get(program_key(program), ())
            if role.role == "host" and role.covers(day)
        ]


def program_key(program: str) -> str:
    """A programme's name as it is compared.

    >>> program_key("Wait Wait...Don't Tell Me!") == program_key("Wait, Wait... Don't Tell Me")
    True
    """
    return _NO_WORD.sub("", program.casefold())


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
            raise UsageError(f"{path}: cannot be read ({error}); correct the setting `authority_files`") from error
        _add(people, _described(text, str(path)))
    return Authority(tuple(people.values()))


def _add(people: dict[str, KnownPerson], coming: Sequence[KnownPerson]) -> None:
    people.update({person.person_id: person for person in coming})


def _described(text: str, origin: str) -> list[KnownPerson]:
    try:
        document = tomllib.loads(text)
        file = _File.model_validate(document)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{origin}: not TOML: {error}") from error
    except ValidationError as error:
        raise UsageError(f"{origin}: {_told(error, document)}") from error
    people = [_known(entry, file.network, origin) for entry in file.person]
    _check_ids(people, origin)
    return people


def _known(entry: _Described, network: str | None, origin: str) -> KnownPerson:
    name = person_name(entry.name)
    assert name is not None  # noqa: S101  # the validator has seen to it
    roles = tuple(
        role if role.affiliation or network is None else role.model_copy(update={"affiliation": network})
        for role in entry.roles
    )
    return KnownPerson(entry.id or name.slug, entry.name, entry.aliases, roles, origin)


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
