"""The registry of sources: who publishes where, and how their pages are found.

`sources.toml` beside this module holds three kinds of entries:

* `[cms.<name>]`: what all sites on one content management system share: which layout they have, where their pages are
  listed and what the address of a page looks like;
* `[[network]]`: a producer such as NPR, with its programmes;
* `[[station]]`: a member station: call sign, name, host, city, state, time zone. Everything else comes from its CMS.

A file of the user's own (setting `sources_file`) has the same form; an entry with a known id replaces the built-in one.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pipeline.errors import UsageError

_HOST = r"^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$"
"""A host alone: no scheme, port or path."""

REGISTRY_FILE = Path(__file__).with_name("sources.toml")


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


class _Registry(_Entry):
    cms: Mapping[str, Cms] = Field(default_factory=dict)
    network: tuple[Network, ...] = ()
    station: tuple[Station, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One site that pages come from: a network's own or a station's."""

    source_id: str
    name: str
    network: str
    """Name of the network, e.g. `NPR`."""
    station: str | None
    """Call sign; None for the network's own site."""
    host: str
    aliases: tuple[str, ...]
    timezone: ZoneInfo
    layout: str
    pages: str
    page_url: str | None
    discover: tuple[Discovery, ...]
    programs: tuple[Program, ...]
    min_gap_seconds: float | None

    def page_for(self, url: str) -> str | None:
        """The page to fetch for a listed link, or None where the link is no page of this source."""
        parts = urlsplit(url)
        if parts.hostname not in (self.host, *self.aliases):
            return None
        found = re.search(self.pages, parts.path)
        if not found:
            return None
        if self.page_url is None:
            return f"https://{self.host}{parts.path}"
        return self.page_url.format(host=self.host, id=found["id"])

    def listings(self, day: date, *, only_dated: bool = False) -> list[tuple[Discovery, Program | None, str]]:
        """The places to look at for `day`, each with the programme it lists (if it is one programme's) and its URL."""
        found: list[tuple[Discovery, Program | None, str]] = []
        for place in self.discover:
            if only_dated and not place.is_dated:
                continue
            programs: Iterable[Program | None] = [None]
            if "{slug}" in place.url:
                programs = [program for program in self.programs if program.slug]
            for program in programs:
                url = place.url.format(
                    host=self.host, slug=program.slug if program else "", year=day.year, month=day.month, day=day.day
                )
                found.append((place, program, url))
        return found


class Sources:
    """All sources, found by id or by host."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._by_id = {source.source_id: source for source in sources}
        self._by_host = {host: source for source in self._by_id.values() for host in (source.host, *source.aliases)}
        self._programs: dict[str | None, tuple[Program, ...]] = {}
        for source in self._by_id.values():
            for network in (None, source.network):
                self._programs[network] = (*self._programs.get(network, ()), *source.programs)

    def __iter__(self) -> Iterator[Source]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, source_id: str) -> Source:
        """The source of this id.

        Raises:
            UsageError: there is none; the message lists the ids there are.
        """
        try:
            return self._by_id[source_id]
        except KeyError:
            raise UsageError(f"unknown source {source_id!r}; there are: {', '.join(sorted(self._by_id))}") from None

    def at(self, url: str | None) -> Source | None:
        """The source whose site this URL is on, or None. Never raises."""
        if not url:
            return None
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            return None
        return self._by_host.get(host) or self._by_host.get(f"www.{host}")

    def programs_of(self, source: Source | None) -> tuple[Program, ...]:
        """The programmes that a source's pages may name: those of its network; all of them where it is unknown."""
        return self._programs.get(source.network if source else None, ())

    def choose(self, source_ids: Iterable[str]) -> list[Source]:
        """The sources of these ids, all of them when none is named."""
        chosen = [self.get(source_id) for source_id in dict.fromkeys(source_ids)]
        return chosen or list(self._by_id.values())


def _parse(text: str, origin: Path) -> _Registry:
    try:
        return _Registry.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{origin}: not TOML: {error}") from error
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(str(part) for part in problem["loc"])
        raise UsageError(f"{origin}: {where}: {problem['msg'].removeprefix('Value error, ')}") from error


def _check_template(template: str, **given: object) -> None:
    try:
        template.format(**given)
    except (LookupError, AttributeError, ValueError) as error:
        names = ", ".join(f"{{{name}}}" for name in given)
        raise ValueError(f"{template!r} is no template over {names}") from error


def _resolve(registry: _Registry, origin: Path) -> list[Source]:
    network_names = {network.id: network.name for network in registry.network}

    def source(site: Network | Station) -> Source:
        station, network = (site, None) if isinstance(site, Station) else (None, site)
        label = site.id if isinstance(site, Network) else site.call_sign
        if site.cms not in registry.cms:
            raise UsageError(f"{origin}: {label}: unknown cms {site.cms!r}; there are: {', '.join(registry.cms)}")
        if station and station.network not in network_names:
            raise UsageError(f"{origin}: {label}: unknown network {station.network!r}")
        cms = registry.cms[site.cms]
        return Source(
            source_id=label.lower(),
            name=site.name,
            network=network_names[station.network] if station else site.name,
            station=station.call_sign if station else None,
            host=site.host.lower(),
            aliases=tuple(alias.lower() for alias in site.aliases),
            timezone=ZoneInfo(site.timezone),
            layout=cms.layout,
            pages=cms.pages,
            page_url=cms.page_url,
            discover=cms.discover if site.discover is None else site.discover,
            programs=network.program if network else (),
            min_gap_seconds=site.min_gap_seconds,
        )

    sites: list[Network | Station] = [*registry.network, *registry.station]
    sources = [source(site) for site in sites]
    _check_hosts(sources, origin)
    return sources


def _check_hosts(sources: Iterable[Source], origin: Path) -> None:
    owners: dict[str, str] = {}
    for source in sources:
        for host in (source.host, *source.aliases):
            if owner := owners.get(host):
                raise UsageError(f"{origin}: {source.source_id}: {host} is the host of {owner} already")
            owners[host] = source.source_id


def _merge(base: _Registry, extra: _Registry) -> _Registry:
    networks = {network.id: network for network in (*base.network, *extra.network)}
    stations = {station.call_sign: station for station in (*base.station, *extra.station)}
    return _Registry(cms={**base.cms, **extra.cms}, network=tuple(networks.values()), station=tuple(stations.values()))


@cache
def load_sources(own_file: Path | None = None) -> Sources:
    """The built-in registry, with the entries of `own_file` added or put in their place.

    Raises:
        UsageError: a file is missing, is no TOML, or has an entry that is incomplete or unknown; the message names it.
    """
    registry = _parse(REGISTRY_FILE.read_text(encoding="utf-8"), REGISTRY_FILE)
    origin = REGISTRY_FILE
    if own_file is not None:
        try:
            text = own_file.read_text(encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{own_file}: cannot be read ({error.strerror}); correct ASRUN_SOURCES_FILE") from error
        except UnicodeDecodeError as error:
            raise UsageError(f"{own_file}: not UTF-8 ({error.reason}); correct it or ASRUN_SOURCES_FILE") from error
        registry = _merge(registry, _parse(text, own_file))
        origin = own_file
    return Sources(_resolve(registry, origin))
