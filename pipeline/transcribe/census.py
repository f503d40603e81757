"""What first names and surnames people of the United States have, and how many have them.

Frequencies are those of the census of 1990 (public domain), in bearers per 100,000: first names from 3 on, surnames
from 3 on.
"""

from functools import cache
from importlib import resources


@cache
def census_given() -> dict[str, float]:
    """First names, with bearers per 100,000."""
    return _read("census_given.tsv")


@cache
def census_surnames() -> dict[str, float]:
    """Surnames, with bearers per 100,000."""
    return _read("census_surnames.tsv")


def _read(file: str) -> dict[str, float]:
    text = resources.files("pipeline.transcribe").joinpath(file).read_text(encoding="utf-8")
    return {name: float(share) for name, share in (line.split("\t") for line in text.splitlines())}
