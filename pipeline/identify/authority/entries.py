"""The entries of an authority file, as `files` describes them."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipeline.identify.names import person_name

SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)+$"

Bound = Annotated[int, Field(ge=1900, le=2100)] | date


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Span(_Entry):
    """When it was so; a bound that is None is not known."""

    first: Bound | None = Field(default=None, alias="from")
    last: Bound | Literal["present"] | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
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

    def may_cover(self, year: int, around: int) -> bool:
        """Whether it may have been so in a year, give or take so many; a bound that is not known holds for ever."""
        begins = self.first_day.year - around if self.first_day else year
        ends = self.last_day.year + around if self.last_day else year
        return begins <= year <= ends


class Role(_Span):
    """What somebody was, where and when."""

    role: Literal["host", "reporter", "announcer", "guest", "other"]
    program: str | None = None
    affiliation: str | None = None


class Called(_Span):
    """What meant somebody in these days and nobody else: a name that others have too, or an office with a surname."""

    name: str = Field(min_length=2)
    first: Bound = Field(alias="from")
    last: Bound | Literal["present"] = Field(alias="to")


class Described(_Entry):
    name: str
    id: str | None = Field(default=None, pattern=SLUG)
    aliases: tuple[str, ...] = ()
    called: tuple[Called, ...] = ()
    roles: tuple[Role, ...] = ()

    @model_validator(mode="after")
    def _has_full_names(self) -> "Described":
        for name in (self.name, *self.aliases):
            if person_name(name) is None:
                raise ValueError(f"{name!r} is no full name of a person")
        return self


class AuthorityFile(_Entry):
    network: str | None = None
    person: tuple[Described, ...] = ()
