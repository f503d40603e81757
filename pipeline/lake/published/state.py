"""`lake.json`: the version of the lake, the table versions that belong together, and what of it was published.

Its replacement is the moment at which a commit is done: tables that are ahead of it hold half a commit and are put
back.
"""

from dataclasses import asdict, dataclass, field
from json import JSONDecodeError, dumps, loads

from pipeline.errors import LakeError, LakeTooNew
from pipeline.storage import Storage
from schemas import LAKE_VERSION, TABLES

STATE_FILE = "lake.json"


@dataclass(frozen=True, slots=True)
class State:
    """What `lake.json` says."""

    lake_version: int = LAKE_VERSION
    tables: dict[str, int] = field(default_factory=dict)
    """Delta versions by the table's name; a table that is not named is at 0."""
    contracts: dict[str, int] = field(default_factory=dict)
    """Versions of the tables' columns, by name."""
    older_files: dict[str, list[str]] = field(default_factory=dict)
    """Parquet files, as paths below the lake, from before some columns were added, and which they lack."""
    published: str | None = None
    """The digest of the published edition."""
    maintained_at: str | None = None
    """When maintenance last came to its end (UTC, ISO 8601)."""


def read(storage: Storage) -> State | None:
    """The state of the lake kept there; None where there is no lake yet.

    Raises:
        LakeTooNew: a newer asrun wrote it.
        LakeError: the file cannot be read or is damaged.
    """
    lake = storage.uri(storage.folder)
    path = storage.uri(storage.folder / STATE_FILE)
    try:
        stated = loads(storage.read(storage.folder / STATE_FILE).decode("utf-8"))
        version = int(stated["lake_version"])
        if version > LAKE_VERSION:
            raise LakeTooNew(
                f"{lake}: written by a newer asrun (lake version {version}, not {LAKE_VERSION}); upgrade asrun"
            )
        read = State(
            lake_version=version,
            tables={name: int(number) for name, number in stated["tables"].items()},
            contracts={name: int(number) for name, number in stated.get("contracts", {}).items()},
            older_files={name: list(lacking) for name, lacking in stated.get("older_files", {}).items()},
            published=stated["published"],
            maintained_at=stated.get("maintained_at"),
        )
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LakeError(
            f"{path}: cannot be read ({error.strerror}); correct its permissions or the setting `home`"
        ) from error
    except (JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise LakeError(f"{path}: damaged; move it and the lake aside and rebuild it with `asrun reparse`") from error
    _check_contracts(lake, read)
    return read


def _check_contracts(lake: str, read: State) -> None:
    ours = {table.name: table.version for table in TABLES}
    for name in {*read.contracts, *read.tables}:
        if name not in ours or read.contracts.get(name, 0) > ours[name]:
            raise LakeTooNew(f"{lake}: written by a newer asrun (its table {name} is not ours); upgrade asrun")


def write(storage: Storage, state: State) -> None:
    """Replace the state that this storage read; on disk when this returns.

    Raises:
        Overtaken: another machine has replaced it since.
    """
    text = dumps(asdict(state), indent=2, sort_keys=True) + "\n"
    storage.swap(storage.folder / STATE_FILE, text.encode("utf-8"))
