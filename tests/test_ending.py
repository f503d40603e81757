"""How the process of a command ends."""

import os
import subprocess
import sys
from pathlib import Path

_ENDED = """
import atexit, sys, threading, time
from pipeline.ending import ending_at_once

class Left:
    def __del__(self):
        print("looked through")

def late():
    time.sleep(0.05)
    print("a thread's last word")

with ending_at_once():
    left = Left()
    left.itself = left
    del left
    atexit.register(print, "done at the end")
    threading.Thread(target=late).start()
    print("said")
    {end}
"""


def _ended(end: str, output: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    script = [sys.executable, "-c", _ENDED.format(end=end)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(script, stdout=output, stderr=subprocess.PIPE, text=True, check=False, env=environment)


def test_all_is_done_and_said_and_nothing_looked_through() -> None:
    ended = _ended("sys.exit(3)")
    assert (ended.returncode, ended.stdout, ended.stderr) == (
        3,
        "said\na thread's last word\ndone at the end\n",
        "",
    )
    assert _ended("sys.exit()").returncode == 0


def test_an_error_is_told_as_python_does() -> None:
    ended = _ended("raise RuntimeError('what is wrong')")
    assert ended.returncode == 1
    assert "what is wrong" in ended.stderr
    ended = _ended("sys.exit('what is wrong')")
    assert (ended.returncode, ended.stderr) == (1, "what is wrong\n")


def test_output_that_cannot_be_written_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        ended = _ended("sys.exit(0)", full.fileno())
    assert ended.returncode == 120
    assert "No space left" in ended.stderr
