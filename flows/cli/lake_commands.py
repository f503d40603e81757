"""The commands about the lake itself: its contract, its upkeep."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from pipeline.amounts import amount
from pipeline.errors import UsageError


class Form(StrEnum):
    """How the contract is printed."""

    TABLE = "table"
    JSON = "json"


def schema(
    name: Annotated[str | None, typer.Argument(metavar="TABLE", help="One table. None: all of them.")] = None,
    form: Annotated[Form, typer.Option("--format", "-f", help="For people or for programs.")] = Form.TABLE,
) -> None:
    """Print what the lake's tables promise: columns, types, units, what they mean, key and version.

    It is what this asrun writes by, enforced on every row; the same words are in the lake itself (DESCRIBE, and
    duckdb_columns() with the comments).
    """
    from schemas.contract import contract

    tables = contract()["tables"]
    known = [table["name"] for table in tables]
    if name is not None and name not in known:
        raise UsageError(f"there is no table {name}; there are {', '.join(known)}")
    chosen = [table for table in tables if name in {None, table["name"]}]
    if form is Form.JSON:
        document = chosen[0] if name else contract()
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    from flows.cli.tables import show, table

    for one in chosen:
        key = ", ".join(one["key"])
        title = f"{one['name']}, version {one['version']}, key {key}\n{one['description']}"
        rows = (
            (
                column["name"],
                column["type"],
                column["unit"] or "",
                "" if column["is_nullable"] else "required",
                column["description"],
            )
            for column in one["columns"]
        )
        show(table(title, ("column", "type", "unit", "", "meaning"), rows))


def maintain() -> None:
    """Put small files of the lake together, index phrases, let go of old editions, remove files that nothing names.

    No answer changes and no reader is disturbed. Editions are kept as the settings editions_kept and
    editions_kept_days say.
    """
    from datetime import UTC, datetime

    from pipeline.lake.published import state
    from pipeline.lake.store import Lake
    from pipeline.settings import load_settings
    from pipeline.storage import lake_storage

    settings = load_settings()
    if state.read(lake_storage(settings)) is None:
        raise UsageError(f"no lake at {settings.lake_dir}: run `asrun nightly` or `asrun demo` first")
    done = Lake(settings).maintain(datetime.now(UTC))
    typer.echo(
        f"tables in {amount(done.live_files, 'file')}; {amount(done.compacted_parts, 'month')} put together, "
        f"{amount(done.indexed_files, 'file')} indexed, {amount(done.editions_let_go, 'edition')} let go, "
        f"{amount(done.removed_files, 'file')} ({done.freed_bytes / 1e6:.1f} MB) removed"
    )
