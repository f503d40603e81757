"""Settings: defaults, then `asrun.toml` in the working folder, then ASRUN_* variables; the last one wins."""

import os
import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from pipeline.errors import UsageError

SETTINGS_FILE = "asrun.toml"
_PREFIX = "ASRUN_"


_MOST_SECONDS = 1_000_000_000
_MOST_DAYS = 100_000
"""What clocks and calendars can reckon with: 31 and 274 years, for ever in other words."""


class Settings(BaseSettings):
    """Everything a deployment may set. Sizes are in bytes, durations in seconds."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, toml_file=SETTINGS_FILE, frozen=True, extra="forbid")

    home: Path = Path("data")
    """Archive, lake, ledger and reports stand below this folder."""
    sources_file: Path | None = None
    """Sources that add to or override the built-in registry; see README, «Add a station»."""
    authority_files: tuple[Path, ...] = ()
    """People who add to or override the built-in authority; see README, «People»."""
    corrections_file: Path | None = None
    """What people corrected by hand; see README, «People»."""
    storage_url: str | None = Field(None, pattern=r"^s3://[^/\s]+(/\S*)?$", examples=["s3://bucket/prefix"])
    """A bucket of an S3-compatible object store, `s3://bucket/prefix`, that keeps archive and lake in the place of
    `home`; see docs/deployment.md. Credentials are those of AWS's own tools: AWS_* variables, AWS_PROFILE, a role."""
    storage_endpoint: str | None = Field(None, pattern=r"^https?://[^\s/]+$", examples=["http://127.0.0.1:9000"])
    """The server that keeps the bucket, where it is not AWS's and AWS_ENDPOINT_URL does not say so."""
    contact_url: str | None = Field(
        None, pattern=r"^(https?://[^\s/]+\S*|mailto:\S+@\S+)$", examples=["https://example.org/who-we-are"]
    )
    """Where a station's administrator can read who runs this copy, or write to them (`mailto:`); part of the
    User-Agent. Without it nothing is fetched from a host that is not in `host_map`."""

    connect_timeout_seconds: float = Field(10, gt=0, le=_MOST_SECONDS)
    read_timeout_seconds: float = Field(30, gt=0, le=_MOST_SECONDS)
    """The longest silence between two reads."""
    deadline_seconds: float = Field(120, gt=0, le=_MOST_SECONDS)
    """Wall time for a whole page, redirects and retries' bodies included; waiting for a host's turn is not."""
    max_wire_bytes: int = Field(20_000_000, gt=0)
    max_decoded_bytes: int = Field(50_000_000, gt=0)
    max_redirects: int = Field(5, ge=0)
    retries: int = Field(3, ge=0)
    """Further tries after a named, passing cause."""
    backoff_seconds: float = Field(2, ge=0, le=_MOST_SECONDS)
    """First wait between tries; doubled each time."""
    max_wait_seconds: float = Field(300, ge=0, le=_MOST_SECONDS)
    """The longest Retry-After or Crawl-delay that is waited for; a longer Retry-After ends the try."""
    min_gap_seconds: float = Field(5, ge=0, le=_MOST_SECONDS)
    """Between two requests to one host; a longer Crawl-delay wins."""
    delay_factor: float = Field(5, ge=0)
    """The gap is also at least so many times the host's smoothed response time, `max_wait_seconds` at most."""
    max_requests_per_day: int = Field(10_000, gt=0)
    """Of one host, robots.txt and redirects included, by all processes of this machine; what is left stays due."""
    max_pages_per_source: int = Field(500, gt=0)
    """Pages fetched from one source in one night; a backfill takes all of the days it was asked for."""
    night_seconds: float = Field(21_600, gt=0, le=_MOST_SECONDS)
    """A night, or a round of revisits, begins no further request after so long; what is left stays due."""
    host_map: dict[str, str] = Field(default_factory=dict)
    """Public host -> `address:port` that is connected to instead, over plain HTTP. For mirrors and the simulated
    network; addresses named here are the only non-global ones that are ever connected to."""

    workers: int = Field(default_factory=lambda: len(os.sched_getaffinity(0)), gt=0)
    """Processes that read pages at a time, in a reparse or an import; 1: none beside our own. Default: one a core."""
    page_seconds: float = Field(60, gt=0, le=_MOST_SECONDS)
    """A page that takes a worker longer is `rejected:timeout`."""
    worker_bytes: int = Field(1_000_000_000, gt=0)
    """Memory that a worker may take to read; a page that needs more is `rejected:out_of_memory`."""
    dask_address: str | None = None
    """Scheduler of a Dask cluster (`tcp://host:8786`) that reads in the place of `workers`: see docs/deployment.md."""

    batch_pages: int = Field(100, gt=0)
    """Pages of a source that are fetched before they are read and committed, with those of others that wait."""
    warc_max_bytes: int = Field(1_000_000_000, gt=0)
    """A WARC file is closed once it is larger than this."""
    editions_kept: int = Field(30, ge=1)
    """Older editions of `asrun.duckdb` that are kept beside the newest, whatever their age."""
    editions_kept_days: int = Field(30, ge=0, le=_MOST_DAYS)
    """For so many days the last edition of each day is kept too: `asrun sql --as-of` answers from it."""
    phrase_index: bool = True
    """Maintenance indexes what was said, for searches in a second, and counts who said how much; the index is two and a
    half times as large as `turns`."""
    maintain_days: int = Field(7, ge=0, le=_MOST_DAYS)
    """A night ends with maintenance of the lake where the last was so many days ago, or most files are dead; 0: never
    by itself, only by `asrun maintain`."""
    alarm_webhook: str | None = Field(None, pattern=r"^https?://[^\s/]+", examples=["https://example.org/alarms"])
    """Where alarms are posted as JSON when they are raised and cleared."""
    alarm_command: tuple[str, ...] = ()
    """A program with its arguments that is given alarms as text on standard input: `["mail", "-s", "asrun", "me"]`."""
    sql_memory_limit: str = "2GB"
    sql_timeout_seconds: float = Field(300, gt=0, le=_MOST_SECONDS)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # pydantic calls with all four
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then ASRUN_* variables, then `asrun.toml`."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @cached_property
    def user_agent(self) -> str:
        """One honest name for every request: product, version, contact."""
        product = f"asrun/{version('asrun')}"
        return f"{product} (+{self.contact_url})" if self.contact_url else product

    @property
    def archive_dir(self) -> Path:
        return self.home / "archive"

    @property
    def lake_dir(self) -> Path:
        return self.home / "lake"

    @property
    def ledger_file(self) -> Path:
        return self.home / "ledger.sqlite"

    @property
    def reports_dir(self) -> Path:
        return self.home / "reports"


def load_settings(**overrides: object) -> Settings:
    """Settings of this process; `overrides` win over variables and file.

    Raises:
        UsageError: the file is no TOML, a value is of the wrong kind or a name is unknown; the message names it.
    """
    _check_variables()
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic checks each value
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{SETTINGS_FILE}: not TOML: {error}") from error
    except SettingsError as error:
        raise UsageError(f"{error}: a variable that holds a list or a table is written as JSON") from error
    except ValidationError as error:
        raise UsageError(_told(error.errors()[0])) from error


def _told(problem: ErrorDetails) -> str:
    """What is wrong with a setting, and where."""
    name = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"{SETTINGS_FILE}: {_no_such(name, Settings.model_fields)}"
    variable = f"{_PREFIX}{name.upper()}"
    where = variable if variable in os.environ else SETTINGS_FILE
    if problem["type"] == "string_pattern_mismatch":
        form = ", ".join(map(str, Settings.model_fields[name].examples or ()))
        return f"setting {name!r}: {problem['input']!r} is not of the form {form}; correct it in {where}"
    says = problem["msg"].replace("a valid tuple", "a list")  # as it is written in TOML and JSON
    return f"setting {name!r}: {says}; correct it in {where}"


def _no_such(name: str, known: Iterable[str]) -> str:
    """That a name is no setting's, and what may have been meant."""
    meant = get_close_matches(name, known, n=1)
    return f"{name}: there is no such setting; " + (f"{meant[0]} is one" if meant else "take it out")


def _check_variables() -> None:
    """Refuse variables that set nothing: a misspelt one would be ignored.

    Raises:
        UsageError: there is one; the message names it, and what may have been meant.
    """
    known = {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields}
    for variable in os.environ:
        if variable.upper().startswith(_PREFIX) and variable.upper() not in known:
            raise UsageError(_no_such(variable.upper(), known))
