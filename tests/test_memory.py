"""What a process does with memory that it no longer uses."""

import subprocess
import sys

_ASKED = """
from pipeline.memory import give_memory_back
import flows.cli.flow_commands, sys
assert "pyarrow" not in sys.modules
give_memory_back()
import pyarrow
print(pyarrow.default_memory_pool().backend_name)
"""


def test_arrow_is_told_before_it_is_imported() -> None:
    told = subprocess.run([sys.executable, "-c", _ASKED], check=True, capture_output=True, text=True)

    assert told.stdout == "system\n"


_LEFT = """
from pipeline.memory import collect_less

class Left:
    def __del__(self):
        print("looked through")

collect_less()
left = Left()
left.itself = left
del left
"""


def test_what_is_left_at_the_end_is_not_looked_through() -> None:
    told = subprocess.run([sys.executable, "-c", _LEFT], check=True, capture_output=True, text=True)

    assert told.stdout == ""
