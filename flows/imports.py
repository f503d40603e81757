"""The import flow, where a Dask cluster reads: what it is given are tasks of a flow run."""

from pathlib import Path

from prefect import flow
from prefect.runtime import flow_run

from flows.announce import HOOKS
from flows.cluster import cluster_of
from pipeline.ingest.importing import Imported, import_all
from pipeline.settings import load_settings


@flow(name="import", **HOOKS)
def import_by_cluster(paths: list[Path], url: str | None = None) -> Imported:
    """Take files that others saved into archive and lake; the workers of the cluster must see them at the same paths.

    Args:
        paths: WARC, WET, WACZ, ZIP, HTML or text files, or folders of them.
        url: URL of the page, for one HTML or text file.
    """
    settings = load_settings()
    with cluster_of(settings) as cluster:
        return import_all(paths, url, settings, cluster, flow_run.id)
