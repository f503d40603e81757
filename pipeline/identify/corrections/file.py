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

The kinds are in `kinds`. What was taken back stays in the file with the day on which it was (`undone`): so
the names that it was about are linked anew, and everybody can see what was once said.
"""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any
from unicodedata import normalize

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from pipeline.errors import UsageError
from pipeline.identify.corrections.kinds import (
    AnyCorrection,
    FieldCorrection,
    NameCorrection,
    NobodyCorrection,
    NotSameCorrection,
    PageCorrection,
    PersonCorrection,
    SameCorrection,
    SpeakerCorrection,
    key_in,
)

BY_HAND = "correction"
"""The rule of names and links that a correction gives."""


_Entry = Annotated[AnyCorrection, Field(discriminator="what")]
ENTRY: TypeAdapter[AnyCorrection] = TypeAdapter(_Entry)
"""One entry of the file."""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    correction: tuple[_Entry, ...] = ()


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
        for entry in self.standing:
            match entry:
                case SpeakerCorrection() | FieldCorrection() | PersonCorrection():
                    self._pages.setdefault(entry.page, []).append(entry)
                case SameCorrection():
                    first, *others = map(key_in, entry.names)
                    evidence = f"{entry.who}, {entry.when}: {entry.why} ({entry.evidence})"
                    self._same.update({other: SameName(first, evidence) for other in others if other != first})
                case NotSameCorrection():
                    self._apart.add(frozenset(map(key_in, entry.names)))
                case NobodyCorrection():
                    self._nobody.add(key_in(entry.name))
                case NameCorrection():
                    self._names[entry.person_id] = entry.name

    @property
    def standing(self) -> tuple[AnyCorrection, ...]:
        """Those that were not taken back."""
        return tuple(entry for entry in self.entries if entry.undone is None)

    def of_page(self, transcript_id: str) -> Sequence[PageCorrection]:
        """What is corrected on a page, in the order of the file."""
        return self._pages.get(transcript_id, ())

    @property
    def pages(self) -> Mapping[str, Sequence[PageCorrection]]:
        """The corrected pages."""
        return self._pages

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all names whose linking is corrected, or was."""
        return frozenset(key_in(name) for entry in self.entries for name in entry.linked)

    @property
    def people(self) -> frozenset[str]:
        """The ids of the people whom corrections name, or named."""
        return frozenset(
            entry.person_id for entry in self.entries if isinstance(entry, NameCorrection | PersonCorrection)
        )

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
        for entry in self.standing:
            missing: str | None = None
            match entry:
                case SpeakerCorrection() | FieldCorrection() | PersonCorrection():
                    if (entry.page, entry.correction_id) not in taken:
                        missing = f"page {entry.page}: it is not there, or has no {_sought(entry)}"
                case SameCorrection() | NotSameCorrection():
                    absent = [name for name in entry.names if key_in(name) not in keys]
                    missing = f"nobody is called {', '.join(absent)}" if absent else None
                case NobodyCorrection():
                    missing = None if key_in(entry.name) in keys else f"nothing is called {entry.name}"
                case NameCorrection():
                    missing = None if entry.person_id in people else f"nobody has the id {entry.person_id}"
            if missing is not None:
                found.append(f"{entry.what} of {entry.who}, {entry.when}: {missing}")
        return found


def _sought(entry: PageCorrection) -> str:
    """What a correction is of, on its page."""
    match entry:
        case SpeakerCorrection():
            return f"label {entry.label}"
        case FieldCorrection():
            return f"{entry.field} to be corrected"
        case PersonCorrection():
            return f"{entry.name}"


NO_CORRECTIONS = Corrections()


def load_corrections(path: Path | None) -> Corrections:
    """The corrections in a file; none where no file is set.

    Raises:
        UsageError: the file is not there, cannot be read, is no TOML, or holds an entry that is wrong; the message
            says which.
    """
    if path is None:
        return NO_CORRECTIONS
    try:
        return parse_corrections(path.read_text(encoding="utf-8"), path)
    except FileNotFoundError as error:
        raise UsageError(f"{path}: is not there; `asrun correct` makes it, or correct `corrections_file`") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}); correct the setting `corrections_file`") from error


def parse_corrections(text: str, origin: Path) -> Corrections:
    """The corrections in this text.

    Raises:
        UsageError: as `load_corrections`.
    """
    document: dict[str, Any] = {}
    try:
        document = tomllib.loads(normalize("NFC", text))  # as pages are read
        return Corrections(_File.model_validate(document).correction)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{origin}: not TOML: {error}") from error
    except ValidationError as error:
        raise UsageError(f"{origin}: {problem_in(error)}") from error


def problem_in(error: ValidationError) -> str:
    """What is wrong with an entry, and where: the first thing of all."""
    problem = error.errors()[0]
    place = " ".join(str(part + 1) if isinstance(part, int) else str(part) for part in problem["loc"])
    match problem["type"], problem.get("ctx", {}):
        case "missing", _:
            return f"{place} is missing"
        case "union_tag_invalid", {"tag": tag, "expected_tags": kinds}:
            return f"{place} {tag!r} is no kind of correction; there are {kinds}".lstrip()
        case _:
            return f"{place}: {problem['msg'].removeprefix('Value error, ')}"
