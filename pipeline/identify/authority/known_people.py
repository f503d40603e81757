"""The authority: whom files describe (`files`), by name, by surname, by programme and day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.identify.authority.entries import Called, Role
from pipeline.identify.authority.keys import call_key, program_key, surnames
from pipeline.identify.authority.standings import has_begun, is_met, is_regular, standing_of
from pipeline.identify.names import Name, key_of, name_of
from pipeline.transcribe.evidence.staff import Standing
from pipeline.transcribe.names import fold

_LONGEST_PLAIN_WORD = 5
"""Characters of a programme's name that may be any word of an opening: «it's today»."""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of whom a file says who he is."""

    person_id: str
    name: str
    aliases: tuple[str, ...]
    roles: tuple[Role, ...]
    origin: str
    """Name of the file."""
    called: tuple[Called, ...] = ()

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
    _by_call: dict[str, tuple[tuple[KnownPerson, Called], ...]] = field(init=False, repr=False)
    _host_keys: dict[tuple[str, int], frozenset[str]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    """By a known programme and a year: asked for on page after page."""

    idents: Sequence[str] = field(init=False, repr=False, compare=False)
    """The names of all programmes, but for those that are a plain word (`Today`, `Ideas`)."""

    _by_surname: dict[str, tuple[KnownPerson, ...]] = field(init=False, repr=False, compare=False)
    _standings: dict[tuple[str, str | None, int | None], Standing | None] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    """By what somebody is called, a known programme and a year: hosts are met on page after page."""

    def __post_init__(self) -> None:
        by_key: dict[str, tuple[KnownPerson, ...]] = {}
        by_program: dict[str, tuple[tuple[KnownPerson, Role], ...]] = {}
        by_call: dict[str, tuple[tuple[KnownPerson, Called], ...]] = {}
        for person in self.people:
            for key in person.keys:
                by_key[key] = (*by_key.get(key, ()), person)
            for role in person.roles:
                if role.program is not None:
                    at = program_key(role.program)
                    by_program[at] = (*by_program.get(at, ()), (person, role))
            for called in person.called:
                at = call_key(called.name)
                by_call[at] = (*by_call.get(at, ()), (person, called))
        by_surname: dict[str, tuple[KnownPerson, ...]] = {}
        for person in self.people:
            for surname in {end for name in (person.name, *person.aliases) for end in surnames(name)}:
                by_surname[surname] = (*by_surname.get(surname, ()), person)
        object.__setattr__(self, "_by_surname", by_surname)
        object.__setattr__(self, "_by_key", by_key)
        object.__setattr__(self, "_by_call", by_call)
        object.__setattr__(self, "_by_program", by_program)
        named = {role.program for person in self.people for role in person.roles if role.program}
        object.__setattr__(self, "idents", tuple(sorted(name for name in named if len(name) > _LONGEST_PLAIN_WORD)))

    def called(self, key: str) -> tuple[KnownPerson, ...]:
        """Everybody with this name, by its key; namesakes are several."""
        return self._by_key.get(key, ())

    def kin(self, key: str) -> frozenset[str]:
        """The keys of all names of everybody with this name."""
        return frozenset(other for person in self.called(key) for other in person.keys)

    def meant_by(self, call: str) -> tuple[tuple[KnownPerson, Called], ...]:
        """Everybody who was called so at some time, and when."""
        return self._by_call.get(call_key(call), ())

    def knows(self, name: str) -> bool:
        """Whether anybody has this name, or this surname where it is one word."""
        return key_of(name) in self._by_key if " " in name else fold(name) in self._by_surname

    def is_surname(self, name: str) -> bool:
        """Whether these words are nobody's full name, but a surname: `Vanek Smith`."""
        key = key_of(name)
        return key in self._by_surname and key not in self._by_key

    def standing(self, name: str, program: str | None, day: date | None) -> Standing | None:
        """What those are known for who have this full name, in a year or ever; None of strangers."""
        key = key_of(name)
        return self._standing(key, self.called(key), program, day) if key in self._by_key else None

    def standing_of_surname(self, surname: str, program: str | None, day: date | None) -> Standing | None:
        """The same by a surname, where all who are known by it host or sit on panels; None where one does not.

        Reporters of a station or of another programme are not met here. Who is a guest elsewhere has namesakes, too.
        """
        called = fold(surname).replace("-", " ")
        at = program_key(program) if program is not None else None
        people = [person for person in self._by_surname.get(called, ()) if is_met(person.roles, at)]
        are_known = all(any(role.role == "host" or is_regular(role) for role in person.roles) for person in people)
        are_known = are_known and not any(role.role == "guest" for person in people for role in person.roles)
        return self._standing(called, people, program, day) if people and are_known else None

    def with_surname(self, surname: tuple[str, ...], day: date | None) -> list[KnownPerson]:
        """Everybody with this surname who was heard of by then, or ever."""
        people = self._by_surname.get(" ".join(surname), ())
        return [
            person
            for person in people
            if day is None or not person.roles or any(has_begun(role, day.year) for role in person.roles)
        ]

    def _standing(
        self, called: str, people: Sequence[KnownPerson], program: str | None, day: date | None
    ) -> Standing | None:
        at = program_key(program) if program is not None else None
        asked = called, at if at in self._by_program else None, day.year if day is not None else None
        if asked not in self._standings:
            self._standings[asked] = standing_of([role for person in people for role in person.roles], at, day)
        return self._standings[asked]

    def hosts_of(self, program: str, day: date) -> list[tuple[KnownPerson, Role]]:
        """Who hosted a programme on a day, with the role that says so; only where both bounds are known."""
        return [
            (person, role)
            for person, role in self._by_program.get(program_key(program), ())
            if role.role == "host" and role.covers(day)
        ]

    def host_keys(self, program: str, day: date) -> frozenset[str]:
        """The keys of all names of whoever may have hosted a programme on a day; a bound that is not known is open."""
        known = self._by_program.get(program_key(program), ())
        asked = program_key(program), day.year
        if known and asked not in self._host_keys:
            self._host_keys[asked] = frozenset(
                key
                for person, role in known
                if role.role == "host" and role.may_cover(day.year, 0)
                for key in person.keys
            )
        return self._host_keys.get(asked, frozenset())
