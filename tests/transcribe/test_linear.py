"""No pattern of transcribe takes more than linear time, whatever a page holds.

Every compiled pattern of the package is timed on adversarial texts of doubling length. Timing is noisy: a pattern fails
only where each of several tries grows faster than the text does, and takes long enough to be measured.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import pipeline.transcribe

# What labels, names, dates, idents and footers are made of, again and again, and never what would end them.
PIECES = (
    *(
        "A",
        "a",
        " ",
        "A ",
        "Aa ",
        "a ",
        "A-",
        "Aa-",
        ", A",
        ", Aa",
        "A.",
        "A. ",
        "(",
        "((",
        "(a",
        "[",
        "[A",
        ": ",
        "A: ",
    ),
    *("1", "1:", "12:34 ", "I'm A", "I'm Aa ", "This is A", "this is the ", "NPR's a ", "NPR's ", "'s ", "By ", "and "),
    *("X, ", "Mr. ", "UNIDENTIFIED ", "SPEAKER 1 ", "Speaker 1: 0", "? ", "- ", "Copyright 2018 ", "[CORRECTION: "),
    *("Thank you ", "Hi. ", "For NPR News, ", "de la ", "O'", '"', "“a ", "\n", "</s>", "Oh, ", "talk with ", "for a "),
    "Transcript provided ",
)
SMALL = 1_000
FACTOR = 4
"""Text four times as long: linear time is four times as much, quadratic sixteen times."""
WORST = 9
FASTEST_WORTH_TIMING = 0.002
"""Seconds for the long text: what is faster is no danger, and drowns in noise."""
TRIES = 3


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.iter_modules(pipeline.transcribe.__path__):
        found = importlib.import_module(f"pipeline.transcribe.{module.name}")
        for name, value in vars(found).items():
            for index, pattern in enumerate(_inside(value)):
                yield f"{module.name}.{name}[{index}]", pattern


def _inside(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _inside(item)


PATTERNS = list(_patterns())


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.perf_counter()
    for _ in pattern.finditer(text):
        pass
    pattern.fullmatch(text)
    return time.perf_counter() - start


def _grows_too_fast(pattern: re.Pattern[str], piece: str) -> bool:
    short = piece * (SMALL // len(piece)) + "\x00"
    long = piece * (SMALL * FACTOR // len(piece)) + "\x00"
    for _ in range(TRIES):
        taken = _seconds(pattern, long)
        if taken < FASTEST_WORTH_TIMING or taken < WORST * _seconds(pattern, short):
            return False
    return True


def test_the_patterns_are_found() -> None:
    assert len(PATTERNS) > 30
    assert any(name.startswith("labels.") for name, _ in PATTERNS)


@pytest.mark.parametrize(("name", "pattern"), PATTERNS, ids=[name for name, _ in PATTERNS])
def test_linear(name: str, pattern: re.Pattern[str]) -> None:
    slow = [piece for piece in PIECES if _grows_too_fast(pattern, piece)]

    assert not slow, f"{name} is slower than linear on repeated {slow}"


def test_the_test_finds_a_quadratic_pattern() -> None:
    assert _grows_too_fast(re.compile(r"(?:a ?)+:"), "a") or _grows_too_fast(re.compile(r"\w+:"), "a")
