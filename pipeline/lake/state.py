"""`lake.json`: the version of the lake, the table versions that belong together, and what of it was published.

Its replacement is the moment at which a commit is done: tables that are ahead of it hold half a commit and are put
back.
"""

from dataclasses import asdict, dataclass, field
from json import JSONDecodeError, dumps, loads
from pathlib import Path

from pipeline.errors import LakeError, LakeTooNew
from pipeline.lake import durable
from schemas import LAKE_VERSION, TABLES

STATE_FILE = "lake.json"


@dataclass(frozen=True, slots=True)
class State:
    """What `lake.json` says: `tables` are Delta versions by name, `published` the digest of the published edition."""

    lake_version: int = LAKE_VERSION
    tables: dict[str, int] = field(default_factory=lambda: {table.name: 0 for table in TABLES})
    published: str | None = None


def read(lake_dir: Path) -> State | None:
    """The state of the lake in this folder; None where there is no lake yet.

    Raises:
        LakeTooNew: a newer asrun wrote it.
        LakeError: the file cannot be read or is damaged.
    """
    path = lake_dir / STATE_FILE
    try:
        stated = loads(path.read_text(encoding="utf-8"))
        version = int(stated["lake_version"])
        if version > LAKE_VERSION:
            raise LakeTooNew(
                f"{lake_dir}: written by a newer asrun (lake version {version}, not {LAKE_VERSION}); upgrade asrun"
            )
        return State(version, {name: int(number) for name, number in stated["tables"].items()}, stated["published"])
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LakeError(f"{path}: cannot be read ({error.strerror})") from error
    except (JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise LakeError(f"{path}: damaged; move it and the lake aside and rebuild it with `asrun reparse`") from error


def write(lake_dir: Path, state: State) -> None:
    """Replace the state; on disk when this returns."""
    durable.write(lake_dir / STATE_FILE, dumps(asdict(state), indent=2, sort_keys=True) + "\n")
