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
