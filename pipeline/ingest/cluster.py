"""A Dask cluster, for archives that one machine is too small for. Imported only where the settings name one."""

from concurrent.futures import Executor
from typing import Any

from distributed import Client, KilledWorker

from pipeline.errors import UsageError

CONNECT_SECONDS = 10
LOST = KilledWorker
"""Raised in the place of a result where several workers in turn died of the job."""
_CLIENT: Any = Client  # distributed has types for some of its functions, and not for these


class Cluster:
    """A connection to a scheduler. To be closed.

    Raises:
        UsageError: the scheduler does not answer.
    """

    def __init__(self, address: str) -> None:
        try:
            self._client: Any = _CLIENT(address, timeout=CONNECT_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            message = f"no Dask scheduler answers at {address}: start it, or unset ASRUN_DASK_ADDRESS"
            raise UsageError(message) from error
        self.executor: Executor = self._client.get_executor(pure=False)
        """The cluster as the standard library's executors are used."""

    def close(self) -> None:
        """Leave the cluster; it goes on without us."""
        self._client.close()

    @property
    def size(self) -> int:
        """How many jobs it does at once, as things stand; at least 1."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))
