"""The reparse flow: the archive to rows again, with no network."""

from datetime import date
from typing import Annotated

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run
from pydantic import Field

from pipeline.ingest.reparsing import RowDiff
from pipeline.ingest.reparsing import reparse as read_again
from pipeline.ingest.work import open_rooms, recorded_run
from pipeline.settings import Settings, load_settings


def _name() -> str:
    asked = flow_run.parameters
    since = f"-since-{asked['since']}" if asked.get("since") else ""
    return f"reparse-{asked.get('source') or 'all'}{since}{'-dry-run' if asked.get('dry_run') else ''}"


@task(name="reparse", cache_policy=NO_CACHE)
def _read_again(settings: Settings, since: date | None, source: str | None, *, dry_run: bool) -> RowDiff:
    with open_rooms(settings) as rooms:
        chosen = rooms.sources.get(source) if source else None
        return read_again(rooms, since=since, source=chosen, dry_run=dry_run)


@flow(name="reparse", flow_run_name=_name)
def reparse(
    since: Annotated[date | None, Field(description="Renew only captures from this day on (UTC).")] = None,
    source: Annotated[str | None, Field(description="Renew only captures of this source.")] = None,
    dry_run: Annotated[bool, Field(description="Only count what would change.")] = False,  # noqa: FBT002  # Prefect's form shows a switch
) -> RowDiff:
    """Rebuild the rows from the archive with the parser of today; the rows that changed, or would."""
    settings = load_settings()
    parameters: dict[str, object] = {"since": since and since.isoformat(), "source": source, "dry_run": dry_run}
    with recorded_run(settings, "reparse", parameters):
        diff = _read_again(settings, since, source, dry_run=dry_run)
    create_table_artifact(
        [
            {
                "table": name,
                "added": rows.added,
                "changed": rows.changed,
                "removed": rows.removed,
                "same": rows.unchanged,
            }
            for name, rows in diff.tables.items()
        ],
        key="reparse-rows",
        description=f"{diff.pages} archived pages" + (", nothing written" if dry_run else ""),
    )
    return diff
