"""What workers do in tests: some of it costs them their lives. A module of its own, for workers import it."""

import os
import signal
import time
from itertools import count
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

from pipeline.ingest import importing, taking
from pipeline.ingest.reading import Job, Read, read_stretch
from pipeline.ingest.work import IMPORT, open_rooms, recorded_run
from pipeline.ingest.workers import each_watched
from pipeline.lake.store import Lake
from pipeline.ledger import Ledger
from pipeline.settings import Settings

DEADLY = "deadly"
"""Word in the URL of a page that ends the process which reads it."""


def do(job: str) -> str:
    """The job in capitals, or the end of the process."""
    for word in each_watched([job], seconds=1.0):
        if word.startswith("die"):
            os._exit(7)
        if word.startswith("hang"):
            time.sleep(600)
        if word.startswith("grow"):
            bytearray(4_000_000_000)
        if word.startswith("wrong"):
            raise ValueError(word)
    return job.upper()


def do_or_die_elsewhere(job: str) -> str:
    """The job in capitals, or the end of the process where that is a worker's."""
    return job.upper() if parent_process() is None else do(job)


def read_or_die(job: Job) -> list[Read]:
    """As `read_stretch`, but a deadly page ends the process."""
    found = read_stretch(job)
    if any(DEADLY in one.item.capture.url for one in found):
        os._exit(7)
    return found


def read_slowly(job: Job) -> list[Read]:
    """As `read_stretch`, long enough for somebody to kill the worker meanwhile."""
    time.sleep(0.5)
    return read_stretch(job)


def import_and_die(file: Path, settings: Settings, steps: int, place: str) -> None:
    """An import that ends its process before it has committed (`commit`) or settled (`settle`) for so many times."""
    importing.COMMIT_PAGES = 10
    owner: Any = {"commit": Lake, "settle": Ledger}[place]
    step, done = getattr(owner, place), count(1)

    def step_or_die(*arguments: Any) -> object:
        if arguments[-1] and next(done) == steps:  # a batch that is not empty
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*arguments)

    setattr(owner, place, step_or_die)
    with open_rooms(settings) as rooms, recorded_run(settings, IMPORT, {}) as run_id:
        importing.import_files([file], None, run_id, rooms)


def take_or_die(job: taking.Job) -> taking.Took:
    """As `take`, but a deadly page ends the process."""
    if any(DEADLY in page.url for page in job.each()):
        os._exit(7)
    return taking.take(job)
