"""What Prefect must find in the environment before it is imported; nothing here imports it."""

import os
from pathlib import Path

# Read once, when Prefect is imported. What the user has set stays.
_DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "pipeline,flows",
    # The library also logs where no run is under way (in `asrun serve`, say): that is no mistake.
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    # A lease in memory is lost when the server is restarted, and the run that holds it is then broken off.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    # Old runs as well as old events are forgotten, so that the database does not grow for ever.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    # A run whose process was killed can then be told from one that works.
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
}


def prepare(*, is_verbose: bool) -> None:
    """Set what is not set. Unless asked to be verbose, Prefect's own log and tracebacks go to its server only."""
    os.environ.setdefault("PREFECT_HOME", str(Path(".prefect").absolute()))
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    if not is_verbose:
        os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
        # Beside it: what its clients say, with tracebacks, of a server that is away.
        os.environ.setdefault("PREFECT_INTERNAL_LOGGING_LEVEL", "CRITICAL")
