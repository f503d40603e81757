"""What the flows that take in sources have in common: rooms opened, crashes recovered, sources taken in, a report."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from prefect.futures import wait
from prefect.runtime import flow_run

from flows.left_behind import put_in_order
from flows.tasks import ProgressBoard, publish_report, take_in, unvisited
from pipeline.errors import AsrunError
from pipeline.ingest.behind import make_whole
from pipeline.ingest.covering import publish_coverage
from pipeline.ingest.fetching import recover
from pipeline.ingest.work import Rooms, Wanted, open_rooms, recorded_run
from pipeline.settings import Settings

Plan = Callable[[str, Rooms], Sequence[Wanted]]
"""Run id and rooms to what is wanted."""


class NothingDone(AsrunError):
    """All that a run looked at failed."""


def run_plan(  # noqa: PLR0913  # what, for whom, how
    flow: str,
    parameters: dict[str, object],
    settings: Settings,
    plan: Plan,
    *,
    at_once: bool,
    before_report: Callable[[Settings], None] | None = None,
) -> str:
    """Carry out a plan and report; the run's id. `at_once`: all parts together, else one after the other.

    Raises:
        NothingDone: there was something to look at, and all of it failed.
        AsrunError: a part could not be kept; the others were taken in as far as they came.
    """
    with _prepared(flow, parameters, settings) as (run_id, rooms):
        wanted = plan(run_id, rooms)
        board = ProgressBoard(f"{flow}-progress", [_part(work) for work in wanted])
        calls = [(work, rooms, partial(board.set, _part(work))) for work in wanted]
        try:
            _take_in_all(calls, at_once=at_once)
        finally:
            rooms.stopping.set()  # after Ctrl-C: threads that are still fetching end with the page they are at
            publish_coverage(settings)
    if before_report:
        before_report(settings)
    report = publish_report(settings, run_id)
    if report.got_nothing:
        causes = ", ".join(sorted({trouble.outcome for trouble in report.troubles}))
        raise NothingDone(f"nothing could be fetched ({causes}): see `asrun status` and {settings.reports_dir}")
    return run_id


def _part(work: Wanted) -> str:
    return f"{work.source.source_id} {work.first} to {work.last}"


def _take_in_all(calls: Sequence[tuple[Wanted, Rooms, Callable[[float], None]]], *, at_once: bool) -> None:
    if not at_once:
        for call in calls:
            take_in(*unvisited(*call))
        return
    futures = [take_in.submit(*unvisited(*call)) for call in calls]
    wait(futures)
    for future in futures:
        future.result()


@contextmanager
def _prepared(flow: str, parameters: dict[str, object], settings: Settings) -> Iterator[tuple[str, Rooms]]:
    """A recorded run with its rooms, after what an earlier run that was killed left has been put in order."""
    with open_rooms(settings) as rooms:
        # A lake that is too new or cannot be written stops the run before anything is fetched.
        damages = make_whole(rooms)
        with recorded_run(settings, flow, parameters, flow_run.id, damages) as run_id:
            put_in_order(settings)
            recover(run_id, rooms)
            yield run_id, rooms
