"""What `asrun doctor` checks. Looks only: changes nothing, asks nobody but a local Prefect server."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flows.server import answers, no_server_at
from pipeline.amounts import amount
from pipeline.archive import Archive
from pipeline.errors import AsrunError
from pipeline.identify.known import load_known
from pipeline.ingest.behind import newest_missing
from pipeline.lake.published.publish import is_published
from pipeline.ledger import Ledger
from pipeline.parse import PARSER_VERSION
from pipeline.query.session import connect
from pipeline.settings import Settings, load_settings
from pipeline.sources import load_sources
from pipeline.storage import lake_storage
from schemas import TABLES

LOW_DISK_BYTES = 2_000_000_000
"""A night of all sources is some 100 MB; a rebuild needs room for a second copy of the tables."""


_PATIENCE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what is so, or what is wrong and what to do."""

    name: str
    is_ok: bool
    says: str


def checks() -> Iterator[Check]:
    """Everything that a run needs, in the order in which it needs it; the rest is left out without settings."""
    try:
        settings = load_settings()
    except AsrunError as error:
        yield Check("settings", is_ok=False, says=str(error))
        return
    yield Check("settings", is_ok=True, says=f"home is {settings.home.absolute()}")
    for name, look in _LOOKS.items():
        try:
            yield Check(name, is_ok=True, says=look(settings))
        except AsrunError as error:
            yield Check(name, is_ok=False, says=" ".join(str(error).split()))


def _contact(settings: Settings) -> str:
    if settings.contact_url:
        return f"pages are asked for as {settings.user_agent}"
    raise AsrunError(
        "no contact: set ASRUN_CONTACT_URL to a page that says who runs this; without it nothing is fetched"
    )


def _sources(settings: Settings) -> str:
    return amount(len(load_sources(settings.sources_file)), "source")


def _people(settings: Settings) -> str:
    known = load_known(settings)
    people = amount(len(known.authority.people), "person", "people")
    standing = amount(len(known.corrections.standing), "correction")
    return f"{people} known, {standing} by hand"


def _disk(settings: Settings) -> str:
    place = next(path for path in (settings.home.absolute(), *settings.home.absolute().parents) if path.exists())
    if not place.is_dir():
        raise AsrunError(f"{place} is a file: remove it, or name another folder in the setting `home`")
    if not os.access(place, os.W_OK):
        raise AsrunError(f"{place} cannot be written: correct its permissions or the setting `home`")
    free = shutil.disk_usage(place).free
    if free < LOW_DISK_BYTES:
        raise AsrunError(f"{free / 1e9:.1f} GB free at {place}: make room, at least {LOW_DISK_BYTES / 1e9:.0f} GB")
    return f"{free / 1e9:.1f} GB free at {place}"


def _lake(settings: Settings) -> str:
    if not is_published(settings):
        return "none yet: the first run makes it"
    with connect(settings) as session:
        counts = {  # counting opens every file
            table.name: session.arrow(f"SELECT count(*) AS rows FROM {table.name}").to_pylist()[0]["rows"]  # noqa: S608  # our own names
            for table in TABLES
        }
        older = session.arrow(f"SELECT count(*) AS rows FROM transcripts WHERE parser_version <> '{PARSER_VERSION}'")  # noqa: S608  # our own version
    if missing := newest_missing(settings):
        raise AsrunError(f"it lacks what was settled last (of {missing}): run `asrun reparse`, or the next night does")
    place = lake_storage(settings).uri(settings.lake_dir.absolute())
    there = f"{amount(counts['transcripts'], 'transcript')}, {amount(counts['turns'], 'turn')} in {place}"
    outdated = older["rows"][0].as_py()
    if outdated:
        there += f"; {outdated:,} read by another parser than this one ({PARSER_VERSION}): `asrun reparse` renews them"
    return there


def _ledger(settings: Settings) -> str:
    if not settings.ledger_file.exists():
        if Archive(settings).files():
            return "lost: the next run makes it anew out of the archive, as does `asrun archive rebuild-ledger`"
        return "none yet: the first run makes it"
    with Ledger(settings) as ledger:
        rows = ledger.rows("SELECT count(*) AS pages FROM urls WHERE kind = 'page'")
    return f"{amount(rows[0]['pages'], 'page')} in {settings.ledger_file}"


def _archive(settings: Settings) -> str:
    stored = Archive(settings).stored
    sizes = stored.sizes()
    if not sizes:
        return "none yet: the first page makes it"
    return f"{amount(len(sizes), 'WARC file')}, {sum(sizes.values()) / 1e6:.1f} MB in {stored.place}"


def _prefect(_settings: Settings) -> str:
    address = os.environ.get("PREFECT_API_URL")
    if address is None:
        home = Path(os.environ.get("PREFECT_HOME", ".prefect")).absolute()
        return f"no PREFECT_API_URL: commands start a server of their own, kept in {home}"
    if not answers(address):
        raise no_server_at(address)
    return f"a server answers at {address}"


def _readers(settings: Settings) -> str:
    """Who reads archives and files. A scheduler is only asked whether it is there."""
    if settings.dask_address is None:
        return f"{amount(settings.workers, 'process', 'processes')} of this machine"
    scheduler = urlsplit(settings.dask_address)
    try:
        with socket.create_connection((scheduler.hostname or "", scheduler.port or 0), timeout=_PATIENCE_SECONDS):
            pass
    except (OSError, ValueError) as error:
        raise AsrunError(
            f"no Dask scheduler answers at {settings.dask_address}: start it, or unset ASRUN_DASK_ADDRESS"
        ) from error
    alone = (
        "" if "PREFECT_API_URL" in os.environ else "; other machines' workers need a PREFECT_API_URL that they reach"
    )
    return f"the Dask cluster at {settings.dask_address}{alone}"


_LOOKS: dict[str, Callable[[Settings], str]] = {
    "contact": _contact,
    "sources": _sources,
    "people": _people,
    "disk": _disk,
    "lake": _lake,
    "ledger": _ledger,
    "archive": _archive,
    "prefect": _prefect,
    "readers": _readers,
}
