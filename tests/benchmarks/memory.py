"""How much memory this process has taken at most."""

import resource
import sys


def peak_megabytes() -> float:
    """Resident set at its peak; Linux counts kilobytes, macOS bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)
