"""An edition to a release: written aside, flushed, and put in its place by one rename."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import UsageError
from pipeline.lake.release import papers, quality
from pipeline.lake.release.edition import Edition, newest_edition
from pipeline.lake.release.tables import Written, without_text, write_table
from pipeline.lake.trouble import told
from pipeline.settings import Settings
from pipeline.storage import durable
from schemas import TABLES

CHECKSUMS = "SHA256SUMS"
FACTS = "release.json"

Progress = Callable[[str, int, int], None]
"""Called with a table's name, the tables done and the tables there are."""


@dataclass(frozen=True, slots=True)
class Released:
    """A release that was made."""

    place: Path
    edition_id: str
    row_counts: dict[str, int]
    byte_count: int


def release(
    settings: Settings, place: Path, *, text: Literal["full", "none"] = "full", progress: Progress | None = None
) -> Released:
    """Write the newest edition of the lake to `place`, a folder that is not there yet or is empty.

    Whoever looks there sees nothing or the whole. With `text="none"` no running text is in it: it may be shared where
    text may not.

    Raises:
        UsageError: there is no lake or no transcript in it, or something is at `place` already.
        LakeError: the disk or a library refused; nothing is left behind.
    """
    place = place.absolute()
    with told(place, "name another place"), newest_edition(settings) as edition, durable.appearing(place) as aside:
        if not edition.connection.sql("FROM transcripts LIMIT 1").fetchall():
            raise UsageError("nothing to release: the lake holds no transcript yet")
        aside.mkdir()
        return _write(edition, aside, place, text, progress)


def _write(
    edition: Edition, aside: Path, place: Path, text: Literal["full", "none"], progress: Progress | None
) -> Released:
    tables = TABLES if text == "full" else [without_text(table) for table in TABLES]
    written = []
    for done, table in enumerate(tables):
        if progress:
            progress(table.name, done, len(tables))
        written.append(write_table(edition.connection, table, aside / table.name))
    facts = _facts(edition, written, text)
    _put(aside / FACTS, json.dumps(facts, indent=2, ensure_ascii=False) + "\n")
    _put(aside / "datapackage.json", papers.datapackage(written, aside, facts))
    _put(aside / "open.sql", papers.open_sql(written, aside, has_text=text == "full"))
    _put(aside / "README.md", papers.readme(written, facts))
    files = sorted(path for path in aside.rglob("*") if path.is_file())
    _put(aside / CHECKSUMS, "".join(f"{digest(path)}  {path.relative_to(aside).as_posix()}\n" for path in files))
    return Released(
        place,
        edition.edition_id,
        {one.table.name: one.row_count for one in written},
        sum(path.stat().st_size for path in files),
    )


def _facts(edition: Edition, written: list[Written], text: str) -> dict[str, Any]:
    parsers = edition.connection.sql("SELECT DISTINCT parser_version FROM transcripts ORDER BY ALL").fetchall()
    return {
        "edition_id": edition.edition_id,
        "published_at": edition.published_at.isoformat(),
        "asrun_version": version("asrun"),
        "parser_versions": [name for (name,) in parsers],
        "lake_version": edition.lake_version,
        "text": text,
        "rights": papers.RIGHTS,
        "tables": {
            one.table.name: {"version": one.table.version, "rows": one.row_count, "files": len(one.files)}
            for one in written
        },
        "quality": quality.figures(edition.connection),
    }


def _put(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    durable.sync(path)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
