"""The release flow: the newest edition of the lake as plain Parquet, once a month."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows.announce import HOOKS
from flows.left_behind import put_in_order
from pipeline.ingest.work import recorded_run
from pipeline.lake.release import Released
from pipeline.lake.release import release as write
from pipeline.settings import Settings, load_settings


def _name() -> str:
    asked = flow_run.parameters
    return f"release-{asked.get('folder') or f'{datetime.now(UTC):%Y-%m-%d}'}-text-{asked.get('text')}"


@task(name="release", cache_policy=NO_CACHE)
def _write(settings: Settings, place: Path, text: Literal["full", "none"]) -> Released:
    return write(settings, place, text=text)


@flow(name="release", flow_run_name=_name, **HOOKS)
def release(folder: str | None = None, text: Literal["full", "none"] = "full") -> str:
    """Write the newest edition of the lake as plain Parquet, with data dictionary, checksums and quality figures.

    Args:
        folder: Name of the new folder below `releases` in the home folder; today's date where none is given.
        text: full, or none for counts, speakers and metadata only, to be shared where text may not.
    """
    settings = load_settings()
    place = settings.home / "releases" / (folder or f"{datetime.now(UTC):%Y-%m-%d}")
    with recorded_run(settings, "release", {"folder": place.name, "text": text}, flow_run.id):
        put_in_order(settings)
        made = _write(settings, place, text)
    create_table_artifact(
        [{"table": name, "rows": count} for name, count in made.row_counts.items()],
        key="release-rows",
        description=f"edition {made.edition_id} in {made.place}",
    )
    return str(made.place)
