"""A Dask cluster that reads in the place of processes here, as Prefect's task runner for Dask hands work to it.

Each unit is a task run of the flow's. Prefect only shows them: a unit whose worker dies is begun again by Dask's
scheduler, and one of which several die is done here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar
from uuid import UUID

import httpx
from distributed import KilledWorker
from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas import State
from prefect.context import FlowRunContext, TagsContext
from prefect.settings import PREFECT_API_URL
from prefect.states import Crashed
from prefect_dask.task_runners import DaskTaskRunner, PrefectDaskFuture

from pipeline.errors import ClusterError, UsageError
from pipeline.ingest.cluster import LostUnit, Unit

CONNECT_SECONDS = 10
Done = TypeVar("Done")


class _TaskRun:
    """A unit as the pipeline knows it: see `pipeline.ingest.cluster.Unit`."""

    def __init__(self, future: "PrefectDaskFuture[Any]", name: str) -> None:
        self._future = future
        self._name = name

    def result(self) -> Any:
        """What came of it. Errors of the work itself are part of that, so that any other is the cluster's."""
        try:
            return self._future.result()
        except (KilledWorker, MemoryError) as error:
            self._note_crash(error)
            raise LostUnit from error
        except Exception as error:
            message = (
                f"the Dask cluster could not do its part ({type(error).__name__}: {error}): its workers need this "
                f"version of asrun, its settings' files, and must reach Prefect at {PREFECT_API_URL.value()} "
                "(docs/deployment.md); or unset ASRUN_DASK_ADDRESS"
            )
            raise ClusterError(" ".join(message.split())) from error

    def _note_crash(self, error: BaseException) -> None:
        """Have Prefect show it: a process that was killed could not say so, perhaps not even that it had begun."""
        unit = self._future.task_run_id
        crashed: State[Any] = Crashed(message=str(error))
        with suppress(httpx.HTTPError), get_client(sync_client=True) as client:
            try:
                client.set_task_run_state(unit, crashed, force=True)
            except httpx.HTTPStatusError:
                with suppress(httpx.HTTPStatusError):  # what the dead process said may have come in the meantime
                    client.create_task_run(_read, _flow_run_id(), str(unit), id=unit, name=self._name)
                client.set_task_run_state(unit, crashed, force=True)


class DaskCluster:
    """A cluster as the pipeline knows it: see `pipeline.ingest.cluster.Cluster`."""

    def __init__(self, runner: DaskTaskRunner) -> None:
        self._runner = runner

    @property
    def size(self) -> int:
        """How many units it does at once, as things stand; at least 1."""
        client: Any = self._runner.client
        threads: dict[str, int] = client.nthreads()
        return max(1, sum(threads.values()))

    def submit(self, work: Callable[[], Done], name: str) -> Unit[Done]:
        """Hand over a call that can be pickled, as a task run of this name.

        Without the flow run's tags: for each tag a worker asks Prefect for a slot, though nobody limits them, and a run
        over 20,000 pages ended because a busy server did not answer in time (ConcurrencySlotAcquisitionError).
        """
        with TagsContext(current_tags=set()):
            task_run = self._runner.submit(_read.with_options(task_run_name=name), parameters={"work": work})
        return _TaskRun(task_run, name)


@contextmanager
def cluster_at(address: str) -> Iterator[DaskCluster]:
    """The cluster of the scheduler at this address; to be asked for in a flow run.

    Raises:
        UsageError: the scheduler does not answer.
    """
    with DaskTaskRunner(address=address, client_kwargs={"timeout": CONNECT_SECONDS}) as runner:
        try:
            runner.client  # noqa: B018  # it connects when it is first asked for
        except (OSError, TimeoutError, ValueError) as error:
            message = f"no Dask scheduler answers at {address}: start it, or unset ASRUN_DASK_ADDRESS"
            raise UsageError(message) from error
        yield DaskCluster(runner)


def _flow_run_id() -> UUID | None:
    context = FlowRunContext.get()
    return context.flow_run.id if context is not None and context.flow_run is not None else None


@task(name="read", cache_policy=NO_CACHE, persist_result=False)
def _read(work: Callable[[], Done]) -> Done:
    return work()
