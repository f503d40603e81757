"""`asrun demo`: the whole main job on a simulated public radio, through the real flows, checked against known truth."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from flows import environment
from flows.demo.story import Night, tell
from flows.demo.truth import ReadTurn, Score, compare
from flows.server import server
from pipeline.errors import AsrunError, UsageError
from pipeline.ledger import Ledger
from pipeline.query.session import connect
from pipeline.report import run_report
from pipeline.settings import Settings, load_settings
from pipeline.sources import Sources, load_sources
from tests.network.server import SimulatedNetwork
from tests.network.story import TrueTurn

HOME = Path("data/demo")
_MARK = ".made-by-asrun-demo"
FIRST_DAY, SECOND_DAY = date(2026, 3, 20), date(2026, 3, 21)
BACKFILL = (date(2026, 3, 16), date(2026, 3, 18))
BACKFILLED = ("npr", "kpbs")


class DemoFailed(AsrunError):
    """Something did not come out as the simulated network knows it to be."""


@dataclass(frozen=True, slots=True)
class _Runs:
    first: Night
    second: Night
    backfills: tuple[Night, ...]
    truth: dict[str, list[TrueTurn]]
    """Of all pages that held a transcript on one of the nights, as they stood last."""


def run_demo(console: Console, *, is_verbose: bool) -> None:
    """Run two nights and a backfill, then tell what happened and check it.

    Raises:
        UsageError: `data/demo` holds something else than a former demo.
        DemoFailed: a check failed; what was collected stays to be looked at.
    """
    began = time.monotonic()
    _empty_home()
    environment.prepare(is_verbose=is_verbose)
    with SimulatedNetwork() as network, _settings_in_environment(network) as settings:
        with ExitStack() as stack:
            with console.status("starting Prefect"):
                stack.enter_context(server())
            runs = _run_all(console, network, settings)
        score = _score(runs.truth, settings)
    tell(settings, (runs.first, runs.second, *runs.backfills), score, time.monotonic() - began)
    problems = list(_problems(runs, score))
    if problems:
        raise DemoFailed(f"the demo did not come out as it should: {'; '.join(problems)}")


def _empty_home() -> None:
    """Begin with an empty folder; only a former demo's is ever emptied."""
    if HOME.exists():
        if any(HOME.iterdir()) and not (HOME / _MARK).exists():
            raise UsageError(f"{HOME} holds something that no demo made: move it away and run this again")
        shutil.rmtree(HOME)
    HOME.mkdir(parents=True)
    (HOME / _MARK).touch()


@contextmanager
def _settings_in_environment(network: SimulatedNetwork) -> Iterator[Settings]:
    """Settings for the simulated network, where flows look for theirs; what was there before comes back."""
    ours = {
        "ASRUN_HOME": str(HOME),
        "ASRUN_HOST_MAP": json.dumps(network.host_map),
        "ASRUN_MIN_GAP_SECONDS": "0",
        "ASRUN_CONTACT_URL": "https://example.org/asrun-demo",
    }
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        yield load_settings()
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _run_all(console: Console, network: SimulatedNetwork, settings: Settings) -> _Runs:
    from flows.backfill import backfill
    from flows.nightly import nightly

    simulated = _simulated(load_sources(settings.sources_file), network)

    def run(title: str, flow: Callable[[], str]) -> Night:
        network.forget_requests()
        with console.status(title):
            run_id = flow()
        with Ledger(settings) as ledger:
            return Night(title, run_report(ledger, run_id), tuple(network.requests))

    truth = network.truth()
    first = run(f"night 1, after {FIRST_DAY}", lambda: nightly(day=FIRST_DAY, sources=simulated))
    network.advance()
    truth |= network.truth()
    second = run(f"night 2, after {SECOND_DAY}", lambda: nightly(day=SECOND_DAY, sources=simulated))
    backfills = tuple(
        run(f"backfill of {source_id}", lambda source_id=source_id: backfill(source_id, *BACKFILL))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        for source_id in BACKFILLED
    )
    return _Runs(first, second, backfills, truth)


def _simulated(sources: Sources, network: SimulatedNetwork) -> list[str]:
    """The sources that the simulated network plays."""
    return [source.source_id for source in sources if source.host in network.host_map]


def _score(truth: dict[str, list[TrueTurn]], settings: Settings) -> Score:
    """Judge the pages that were looked at."""
    with Ledger(settings) as ledger:
        looked_at = {row["url"] for row in ledger.rows("SELECT url FROM urls WHERE kind = 'page' AND looks > 0")}
    read: dict[str, list[ReadTurn]] = {}
    with connect(settings) as session:
        rows = session.arrow(
            "SELECT url, turns.kind, speaker_label, speaker_name, text "
            "FROM transcripts JOIN turns USING (transcript_id) ORDER BY url, turn_index"
        )
    for row in rows.to_pylist():
        turn = ReadTurn(row["kind"], row["speaker_label"], row["speaker_name"], row["text"])
        read.setdefault(row["url"], []).append(turn)
    return compare({url: turns for url, turns in truth.items() if url in looked_at}, read)


def _problems(runs: _Runs, score: Score) -> Iterator[str]:
    """What is not as it should be."""
    first, second = runs.first.report, runs.second.report
    if not first.pages.get("not_yet"):
        yield "night 1 saw no page whose transcript was still to come"
    if not (second.new and second.revised == 1 and second.pages.get("gone")):
        yield "night 2 missed the late transcript, the revision or the story that was taken down"
    if runs.second.bodies > second.new + second.revised + second.pages.get("not_a_transcript", 0):
        yield "night 2 fetched pages whole that had not changed"
    if not all(night.report.new for night in runs.backfills):
        yield "a backfill found nothing"
    if not score.is_good:
        yield "turns or names differ from the truth by more than is promised"
