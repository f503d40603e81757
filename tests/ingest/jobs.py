"""Jobs that have nothing to do with pages: some of them cost a worker its life.

A module of its own, for workers import it, and these then need not import what reads pages.
"""

import os
import signal
import time
from multiprocessing import parent_process

from pipeline.ingest.worker_process import each_watched

HANGS_AFTER = 1.0
"""Seconds of one job."""


def do(job: str) -> str:
    """The job in capitals, or the end of the process."""
    for word in each_watched([job], HANGS_AFTER if job.startswith("hang") else 60.0):
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
