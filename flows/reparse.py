"""The reparse flow: the archive to rows again, with no network."""

from datetime import date
from functools import partial

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows.announce import HOOKS
from flows.cluster import cluster_of
from flows.left_behind import put_in_order
from pipeline.ingest.rebuilding import rebuild_if_lost
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
    with cluster_of(settings) as cluster, open_rooms(settings, cluster) as rooms:
        chosen = rooms.sources.get(source) if source else None
        return read_again(rooms, since=since, source=chosen, dry_run=dry_run, show=partial(_show, dry_run=dry_run))


def _show(diff: RowDiff, *, dry_run: bool) -> None:
    """The difference as an artifact; of the whole archive it is there before readers see the new rows."""
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


@flow(name="reparse", flow_run_name=_name, **HOOKS)
def reparse(
    since: date | None = None,
    source: str | None = None,
    dry_run: bool = False,  # noqa: FBT001, FBT002  # Prefect's form shows a switch
) -> RowDiff:
    """Rebuild the rows from the archive with the parser of today; the rows that changed, or would.

    Args:
        since: Renew only captures from this day on (UTC).
        source: Renew only captures of this source.
        dry_run: Only count what would change.
    """
    settings = load_settings()
    parameters: dict[str, object] = {"since": since and since.isoformat(), "source": source, "dry_run": dry_run}
    if not dry_run:
        with open_rooms(settings) as rooms:
            rebuild_if_lost(rooms)  # before the run is noted: coverage is counted from it
    with recorded_run(settings, "reparse", parameters, flow_run.id):
        put_in_order(settings)
        return _read_again(settings, since, source, dry_run=dry_run)
