"""What workers do in tests: some of it costs them their lives.

A module of its own, for workers import it; it imports no more than they need anyway.
"""

import os
import signal
import time
from multiprocessing import parent_process

from pipeline.ingest import taking
from pipeline.ingest.reading import Job, Read, read_stretch
from pipeline.ingest.workers import each_watched

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


def hears_interrupts(_job: str) -> bool:
    """Whether Ctrl-C would end this process."""
    return signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


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


def take_or_die(job: taking.Job) -> taking.Took:
    """As `take`, but a deadly page ends the process."""
    if any(DEADLY in page.url for page in job.each()):
        os._exit(7)
    return taking.take(job)
