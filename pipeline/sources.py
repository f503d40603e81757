"""The sources: who publishes where, and how their pages are found.

The registry is `sources.toml` beside this module (`source_entries` says what is in it). A file of the user's own
(setting `sources_file`) has the same form; an entry with a known id replaces the built-in one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pipeline.errors import UsageError
from pipeline.source_entries import Discovery, Network, Program, Registry, Station, merged, parse_registry

__all__ = ["Discovery", "Program", "Source", "Sources", "load_sources"]

REGISTRY_FILE = Path(__file__).with_name("sources.toml")


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


def _resolve(registry: Registry, origin: Path) -> list[Source]:
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


@cache
def load_sources(own_file: Path | None = None) -> Sources:
    """The built-in registry, with the entries of `own_file` added or put in their place.

    Raises:
        UsageError: a file is missing, is no TOML, or has an entry that is incomplete or unknown; the message names it.
    """
    registry = parse_registry(REGISTRY_FILE.read_text(encoding="utf-8"), REGISTRY_FILE)
    origin = REGISTRY_FILE
    if own_file is not None:
        try:
            text = own_file.read_text(encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{own_file}: cannot be read ({error.strerror}); correct ASRUN_SOURCES_FILE") from error
        except UnicodeDecodeError as error:
            raise UsageError(f"{own_file}: not UTF-8 ({error.reason}); correct it or ASRUN_SOURCES_FILE") from error
        registry = merged(registry, parse_registry(text, own_file))
        origin = own_file
    return Sources(_resolve(registry, origin))
