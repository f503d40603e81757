"""The entries of a registry of sources, as `sources.toml` and files of the user's own have them.

* `[cms.<name>]`: what all sites on one content management system share: which layout they have, where their pages are
  listed and what the address of a page looks like;
* `[[network]]`: a producer such as NPR, with its programmes;
* `[[station]]`: a member station: call sign, name, host, city, state, time zone. Everything else comes from its CMS.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from pipeline.errors import UsageError

_HOST = r"^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$"
"""A host alone: no scheme, port or path."""
_EXAMPLES: Mapping[int | str, str] = {"host": "www.wxyz.org", "call_sign": "WXYZ", "state": "IL", "id": "npr"}


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Program(_Entry):
    """A programme, with the code that stands in its audio's URLs (`atc`)."""

    name: str
    slug: str | None = None
    code: str | None = None


class Discovery(_Entry):
    """One place where pages are listed.

    `url` is a template over `{host}`, `{slug}` (one URL a programme) and the day: `{year}`, `{month}`, `{day}`
    (zero-padded: `{month:02}`). A place whose template names the year can be asked for the past: a backfill uses
    only those.
    """

    kind: Literal["feed", "sitemap", "listing"]
    url: str

    @field_validator("url")
    @classmethod
    def _is_filled_in(cls, template: str) -> str:
        _check_template(template, host="h", slug="s", year=2026, month=1, day=4)
        return template

    @property
    def is_dated(self) -> bool:
        return "{year" in self.url


class Cms(_Entry):
    """What the sites on one content management system share."""

    layout: str
    """For people: what a page is read with is told by what is on it."""
    pages: str
    """Pattern of a page's URL path; a named group `id` may be used in `page_url`."""
    page_url: str | None = None
    """The page to fetch for a link that matched, a template over `{host}` and `{id}`; without it, the link itself."""
    discover: tuple[Discovery, ...]

    @field_validator("pages")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from error
        return pattern

    @model_validator(mode="after")
    def _has_an_id_for_its_page(self) -> Self:
        if self.page_url is not None:
            _check_template(self.page_url, host="h", id="1")
            if "id" not in re.compile(self.pages).groupindex:
                raise ValueError("`page_url` takes the group `id` of `pages`, which has none")
        return self


class _Site(_Entry):
    name: str
    host: str = Field(pattern=_HOST)
    aliases: tuple[Annotated[str, Field(pattern=_HOST)], ...] = ()
    timezone: str
    cms: str
    discover: tuple[Discovery, ...] | None = None
    min_gap_seconds: float | None = Field(default=None, ge=0)

    @field_validator("timezone")
    @classmethod
    def _is_known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{name!r} is no IANA time zone (America/New_York is one)") from error
        return name


class Network(_Site):
    """A producer with programmes of its own."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    program: tuple[Program, ...] = ()


class Station(_Site):
    """A member station."""

    call_sign: str = Field(pattern=r"^[A-Z0-9-]+$")
    city: str
    state: str = Field(pattern=r"^[A-Z]{2}$")
    network: str = "npr"
    cms: str = "grove"


class Registry(_Entry):
    """All entries of a file."""

    cms: Mapping[str, Cms] = Field(default_factory=dict)
    network: tuple[Network, ...] = ()
    station: tuple[Station, ...] = ()


def parse_registry(text: str, origin: Path) -> Registry:
    """The entries in the text of a file.

    Raises:
        UsageError: it is no TOML, or has an entry that is incomplete or unknown; the message names it.
    """
    entries: dict[str, Any] = {}
    try:
        entries = tomllib.loads(text)
        return Registry.model_validate(entries)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{origin}: not TOML: {error}") from error
    except ValidationError as error:
        raise UsageError(f"{origin}: {_told(error.errors()[0], entries)}") from error


def _told(problem: ErrorDetails, entries: Mapping[str, Any]) -> str:
    """What is wrong with an entry, by the name that it has itself."""
    where = ".".join(map(str, problem["loc"]))
    match problem["loc"]:
        case ("station" | "network" as kind, int(at), *rest):
            entry = entries[kind][at]
            where = " ".join((kind, str(entry.get("call_sign") or entry.get("id") or at + 1), ".".join(map(str, rest))))
    match problem["type"]:
        case "missing":
            return f"{where} is missing"
        case "string_pattern_mismatch":
            example = _EXAMPLES.get(problem["loc"][-1], problem["msg"])
            return f"{where}: {problem['input']!r} is not of the form {example}"
        case _:
            return f"{where}: {problem['msg'].removeprefix('Value error, ')}"


def merged(base: Registry, extra: Registry) -> Registry:
    """Both, with the entries of `extra` in the place of those in `base` that have their id."""
    networks = {network.id: network for network in (*base.network, *extra.network)}
    stations = {station.call_sign: station for station in (*base.station, *extra.station)}
    return Registry(cms={**base.cms, **extra.cms}, network=tuple(networks.values()), station=tuple(stations.values()))


def _check_template(template: str, **given: object) -> None:
    try:
        template.format(**given)
    except (LookupError, AttributeError, ValueError) as error:
        names = ", ".join(f"{{{name}}}" for name in given)
        raise ValueError(f"{template!r} is no template over {names}") from error
