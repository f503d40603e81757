"""Where the settings name a Dask cluster: it reads, and this process writes."""

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import UsageError
from pipeline.ingest.cluster import Cluster
from pipeline.settings import Settings


@contextmanager
def cluster_of(settings: Settings) -> Iterator[Cluster | None]:
    """The cluster that is to read, for a flow run; None: processes of this machine are.

    Raises:
        UsageError: its scheduler does not answer, or Dask is not installed.
    """
    if settings.dask_address is None:
        yield None
        return
    try:
        from flows.dask_tasks import cluster_at  # Dask is an extra, and slow to import
    except ImportError as error:
        raise UsageError("ASRUN_DASK_ADDRESS is set, but Dask is missing: pip install 'asrun[cluster]'") from error
    with cluster_at(settings.dask_address) as cluster:
        yield cluster
