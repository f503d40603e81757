"""What a correction by hand may say, kind by kind.

`speaker` and `field` correct a page, `person` says who is meant on a page, `same_person`, `not_same`, `not_a_person`
and `person_name` correct the linking of names.
"""

import hashlib
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipeline.identify.names import key_of

_Text = Annotated[str, Field(min_length=1)]


class _Correction(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    who: _Text
    when: date
    why: _Text
    evidence: _Text
    undone: date | None = None
    """The day on which it was taken back: it stays written down, and has no effect."""

    @property
    def linked(self) -> tuple[str, ...]:
        """The names whose linking it is about."""
        return ()

    @property
    def correction_id(self) -> str:
        """What tells corrections apart: made of all that this one says, so that an edited one is a new one."""
        return hashlib.sha256(self.model_dump_json(exclude={"undone"}).encode()).hexdigest()[:12]


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

    @property
    def linked(self) -> tuple[str, ...]:
        return (self.name,)


class SameCorrection(_Correction):
    """These names are one person's; the first is his."""

    what: Literal["same_person"]
    names: Annotated[tuple[_Text, ...], Field(min_length=2)]

    @property
    def linked(self) -> tuple[str, ...]:
        return self.names


class NotSameCorrection(_Correction):
    """These two names are never one person's."""

    what: Literal["not_same"]
    names: tuple[_Text, _Text]

    @property
    def linked(self) -> tuple[str, ...]:
        return self.names


class NobodyCorrection(_Correction):
    """This is no person's name: a band, a crowd, a role."""

    what: Literal["not_a_person"]
    name: _Text

    @property
    def linked(self) -> tuple[str, ...]:
        return (self.name,)


class NameCorrection(_Correction):
    """What a person is called."""

    what: Literal["person_name"]
    person_id: str
    name: _Text


PageCorrection = SpeakerCorrection | FieldCorrection | PersonCorrection
AnyCorrection = PageCorrection | SameCorrection | NotSameCorrection | NobodyCorrection | NameCorrection


def key_in(name: str) -> str:
    """The key of a name in a correction, which may be nobody's full name."""
    return key_of(name) or name.casefold()
