"""How workers read and take pages in tests: some of it costs them their lives."""

import os
import time
from pathlib import Path

from pipeline.ingest import taking
from pipeline.ingest.reading import Job, read_stretch
from pipeline.lake.pages.looks import Looks

BEGAN = "TEST_BEGAN"
"""Variable that names a file for the processes that have begun to read slowly."""
DEADLY = "deadly"
"""Word in the URL of a page that ends the process which reads it."""


def read_or_die(job: Job) -> Looks:
    """As `read_stretch`, but a deadly page ends the process."""
    found = read_stretch(job)
    if any(DEADLY in gist.url for gist in found.gists()):
        os._exit(7)
    return found


def read_slowly(job: Job) -> Looks:
    """As `read_stretch`, long enough for somebody to kill the worker meanwhile; says who does, where asked."""
    if BEGAN in os.environ:
        with Path(os.environ[BEGAN]).open("a", encoding="ascii") as began:
            began.write(f"{os.getpid()}\n")
    time.sleep(0.5)
    return read_stretch(job)


def take_or_die(job: taking.Job) -> taking.Took:
    """As `take`, but a deadly page ends the process."""
    if any(DEADLY in page.url for page in job.each()):
        os._exit(7)
    return taking.take(job)
