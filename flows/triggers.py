"""Runs that are asked of the serving process."""

import asyncio

from prefect.deployments.flow_runs import arun_deployment
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError

from pipeline.errors import AsrunError, UsageError


def run_deployed(name: str, parameters: dict[str, object], *, watch: bool) -> tuple[str, str]:
    """Ask for a run of a deployment: its id and its state, which is final where its end was waited for.

    Raises:
        AsrunError: nobody has registered this deployment.
        UsageError: the server refuses the parameters.
    """
    try:
        run = asyncio.run(arun_deployment(name, parameters=parameters, timeout=None if watch else 0, as_subflow=False))
    except ObjectNotFound as error:
        raise AsrunError(f"{name} is not served: start `asrun serve`, or leave out --deploy") from error
    except PrefectHTTPStatusError as error:
        raise UsageError(f"{name} refuses this: {error.response.text[:300]}") from error
    return str(run.id), run.state_name or ""
