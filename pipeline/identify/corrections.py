"""Corrections by hand: what people know better than pages and rules, with who says so, when, why and on what evidence.

    [[correction]]
    what = "speaker"                      # the label means somebody else than the rules say
    page = "npr-nx-s1-5665795"
    label = "SHERMAN"
    name = "Amy Sherman"                  # leave it out: nobody knows
    who = "K. Lee"
    when = 2026-03-21
    why = "Brad Sherman is only quoted"
    evidence = "https://example.org/audio, at 2:10"

The kinds: `speaker` and `field` correct a page, `person` says who is meant on a page, `same_person`, `not_same`,
`not_a_person` and `person_name` correct the linking of names.
"""

import hashlib
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import UsageError
from pipeline.identify.names import key_of
from pipeline.records import Reading, Turn

_Text = Annotated[str, Field(min_length=1)]
BY_HAND = "correction"
"""The rule of names and links that a correction gives."""


class _Correction(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    who: _Text
    when: date
    why: _Text
    evidence: _Text

    @property
    def correction_id(self) -> str:
        """What tells corrections apart: made of all that this one says, so that an edited one is a new one."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]


class SpeakerCorrection(_Correction):
    """On this page, this label means this person; without a name: nobody knows whom."""

    what: Literal["speaker"]
    page: _Text
    label: _Text
    name: _Text | None = None
    role: Literal["host", "reporter", "guest", "caller", "announcer", "other"] | None = None


class FieldCorrection(_Correction):
    """A fact of this page; without a value: unknown."""

    what: Literal["field"]
    page: _Text
    field: Literal["program", "air_date", "title", "segment_title", "dateline", "language"]
    value: date | str | None = None

    @model_validator(mode="after")
    def _has_a_fitting_value(self) -> "FieldCorrection":
        if self.value == "":
            raise ValueError("`value` is an empty text; leave it out where it is unknown")
        if self.value is not None and isinstance(self.value, date) != (self.field == "air_date"):
            raise ValueError("`value` of air_date is a day (2026-03-21), of every other field a text")
        return self


class PersonCorrection(_Correction):
    """Whoever has this name on this page is this person."""

    what: Literal["person"]
    page: _Text
    name: _Text
    person_id: str = Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)+$")


class SameCorrection(_Correction):
    """These names are one person's; the first is his."""

    what: Literal["same_person"]
    names: Annotated[tuple[_Text, ...], Field(min_length=2)]


class NotSameCorrection(_Correction):
    """These two names are never one person's."""

    what: Literal["not_same"]
    names: tuple[_Text, _Text]


class NobodyCorrection(_Correction):
    """This is no person's name: a band, a crowd, a role."""

    what: Literal["not_a_person"]
    name: _Text


class NameCorrection(_Correction):
    """What a person is called."""

    what: Literal["person_name"]
    person_id: str
    name: _Text


PageCorrection = SpeakerCorrection | FieldCorrection | PersonCorrection
AnyCorrection = PageCorrection | SameCorrection | NotSameCorrection | NobodyCorrection | NameCorrection


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    correction: tuple[Annotated[AnyCorrection, Field(discriminator="what")], ...] = ()


@dataclass(frozen=True, slots=True)
class SameName:
    """The name that another is said to be of."""

    of: str
    evidence: str


@dataclass(frozen=True)
class Corrections:
    """All corrections, by what they are asked for."""

    entries: tuple[AnyCorrection, ...] = ()
    _pages: dict[str, list[PageCorrection]] = field(init=False, repr=False, default_factory=dict)
    _same: dict[str, SameName] = field(init=False, repr=False, default_factory=dict)
    _apart: set[frozenset[str]] = field(init=False, repr=False, default_factory=set)
    _nobody: set[str] = field(init=False, repr=False, default_factory=set)
    _names: dict[str, str] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.entries:
            match entry:
                case SpeakerCorrection() | FieldCorrection() | PersonCorrection():
                    self._pages.setdefault(entry.page, []).append(entry)
                case SameCorrection():
                    first, *others = map(_key, entry.names)
                    evidence = f"{entry.who}, {entry.when}: {entry.why} ({entry.evidence})"
                    self._same.update({other: SameName(first, evidence) for other in others if other != first})
                case NotSameCorrection():
                    self._apart.add(frozenset(map(_key, entry.names)))
                case NobodyCorrection():
                    self._nobody.add(_key(entry.name))
                case NameCorrection():
                    self._names[entry.person_id] = entry.name

    def of_page(self, transcript_id: str) -> Sequence[PageCorrection]:
        """What is corrected on a page, in the order of the file."""
        return self._pages.get(transcript_id, ())

    @property
    def pages(self) -> Mapping[str, Sequence[PageCorrection]]:
        """The corrected pages."""
        return self._pages

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all names whose linking is corrected."""
        return frozenset({*self._same, *(one.of for one in self._same.values()), *self._nobody}.union(*self._apart))

    def same_as(self, key: str) -> SameName | None:
        """The name that a name is another's of."""
        return self._same.get(key)

    def are_apart(self, key: str, other: str) -> bool:
        """Whether two names are never one person's."""
        return frozenset((key, other)) in self._apart

    def is_nobody(self, key: str) -> bool:
        """Whether this is no person's name."""
        return key in self._nobody

    def name_of(self, person_id: str) -> str | None:
        """What a person is called, where somebody says so."""
        return self._names.get(person_id)

    def unmatched(
        self, taken: Collection[tuple[str, str]], keys: Collection[str], people: Collection[str]
    ) -> list[str]:
        """The corrections that nothing answers to, each as a line that says what is missing.

        `taken` are pages with the ids of the corrections that their rows hold, `keys` the names that are met, `people`
        the ids of persons.
        """
        found = []
        for entry in self.entries:
            missing: str | None = None
            match entry:
                case SpeakerCorrection() | FieldCorrection() | PersonCorrection():
                    if (entry.page, entry.correction_id) not in taken:
                        missing = f"page {entry.page}: it is not there, or does not have what is corrected"
                case SameCorrection() | NotSameCorrection():
                    absent = [name for name in entry.names if _key(name) not in keys]
                    missing = f"nobody is called {', '.join(absent)}" if absent else None
                case NobodyCorrection():
                    missing = None if _key(entry.name) in keys else f"nothing is called {entry.name}"
                case NameCorrection():
                    missing = None if entry.person_id in people else f"nobody has the id {entry.person_id}"
            if missing is not None:
                found.append(f"{entry.what} of {entry.who}, {entry.when}: {missing}")
        return found

    def person_on(self, transcript_id: str, key: str) -> str | None:
        """Who is meant by a name on a page, where somebody says so."""
        return next(
            (
                entry.person_id
                for entry in self.of_page(transcript_id)
                if isinstance(entry, PersonCorrection) and _key(entry.name) == key
            ),
            None,
        )


NO_CORRECTIONS = Corrections()


def _key(name: str) -> str:
    return key_of(name) or name.casefold()


def corrected(reading: Reading, corrections: Corrections) -> tuple[Reading, tuple[str, ...]]:
    """The reading with what was corrected on its page, and the ids of the corrections that it took."""
    transcript = reading.transcript
    if transcript is None:
        return reading, ()
    taken = []
    for entry in corrections.of_page(transcript.transcript_id):
        match entry:
            case FieldCorrection():
                facts: dict[str, Any] = {entry.field: entry.value}
                fixed = replace(transcript, **facts)
                reading, transcript = replace(reading, transcript=fixed), fixed
            case SpeakerCorrection() if any(turn.speaker_label == entry.label for turn in reading.turns):
                reading = replace(reading, turns=tuple(_spoken(turn, entry) for turn in reading.turns))
            case PersonCorrection() if _has_name(reading, entry.name):
                pass  # taken where people are linked
            case _:
                continue
        taken.append(entry.correction_id)
    return reading, tuple(taken)


def _spoken(turn: Turn, entry: SpeakerCorrection) -> Turn:
    if turn.kind != "speech" or turn.speaker_label != entry.label:
        return turn
    is_named = entry.name is not None
    return replace(
        turn,
        speaker_name=entry.name,
        speaker_role=entry.role or turn.speaker_role,
        name_rule=BY_HAND if is_named else None,
        confidence=1.0 if is_named else None,
    )


def _has_name(reading: Reading, name: str) -> bool:
    names: Iterable[str | None] = (
        *(turn.speaker_name for turn in reading.turns),
        *(byline.name for byline in reading.bylines),
    )
    return any(key_of(one) == _key(name) for one in names)


def load_corrections(path: Path | None) -> Corrections:
    """The corrections in a file; none where no file is set.

    Raises:
        UsageError: the file cannot be read, is no TOML, or holds an entry that is wrong; the message says which.
    """
    if path is None:
        return NO_CORRECTIONS
    try:
        return parse_corrections(path.read_text(encoding="utf-8"), path)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}); correct the setting `corrections_file`") from error


def parse_corrections(text: str, origin: Path) -> Corrections:
    """The corrections in this text.

    Raises:
        UsageError: as `load_corrections`.
    """
    document: dict[str, Any] = {}
    try:
        document = tomllib.loads(text)
        return Corrections(_File.model_validate(document).correction)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{origin}: not TOML: {error}") from error
    except ValidationError as error:
        problem = error.errors()[0]
        place = [str(part + 1) if isinstance(part, int) else str(part) for part in problem["loc"]]
        raise UsageError(f"{origin}: {' '.join(place)}: {problem['msg'].removeprefix('Value error, ')}") from error
