"""No pattern of pipeline/ takes more than linear time, whatever a page holds.

Two ways: `regexploit` reads every compiled pattern for repetitions that could share the same characters, and every
pattern is timed on adversarial texts of growing length, as its module uses it: searched for everywhere, or matched at
one place. A pattern fails the timing only where each of several tries grows faster than the text does, in time of this
thread's own, and takes long enough to be measured.
"""

import importlib
import inspect
import pkgutil
import re
import time
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.transcribe.sought import Sought

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # it reads patterns with the library's own, undocumented parser
    from regexploit.ast.sre import SreOpParser
    from regexploit.redos import find

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
TRIES = 4
DANGEROUS = 3
"""So many repetitions that share characters are what regexploit reports."""
UNREADABLE = {
    "read.feeds._ROOT[0]": "atomic groups and possessive repetitions: what they took is never tried otherwise",
}


AnyPattern = re.Pattern[str] | re.Pattern[bytes]


@dataclass(frozen=True, slots=True)
class Used:
    """A pattern of a module, and whether it is only matched at one place of a text."""

    name: str
    pattern: AnyPattern
    is_anchored: bool


_USES = re.compile(r"\b(\w+)\.([a-z]+)\(")


def _modules() -> Iterator[ModuleType]:
    """Every module of the package."""
    return (importlib.import_module(found.name) for found in pkgutil.walk_packages(pipeline.__path__, "pipeline."))


def _patterns() -> Iterator[Used]:
    """Every compiled pattern of the package's modules, in the module that compiles it."""
    seen: set[int] = set()
    for module in _modules():
        uses_of: dict[str, set[str]] = defaultdict(set)
        for name, use in _USES.findall(inspect.getsource(module)):
            uses_of[name].add(use)
        for name, value in vars(module).items():
            uses = uses_of[name]
            for index, pattern in enumerate(_inside(value)):
                if id(pattern) not in seen:
                    seen.add(id(pattern))
                    label = f"{module.__name__.removeprefix('pipeline.')}.{name}[{index}]"
                    yield Used(label, pattern, is_anchored=bool(uses) and uses <= {"match", "fullmatch"})


def _inside(value: object) -> Iterator[AnyPattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Sought):
        yield value.pattern
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _inside(item)


PATTERNS = list(_patterns())
SOUGHT = {
    f"{module.__name__.removeprefix('pipeline.')}.{name}": value
    for module in _modules()
    for name, value in vars(module).items()
    if isinstance(value, Sought)
}


def _starriest(pattern: AnyPattern) -> int:
    """How many repetitions of a pattern could take the same characters, by regexploit; 0 where none can."""
    written = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("ascii")
    read = SreOpParser().parse_sre(written, pattern.flags & (re.IGNORECASE | re.DOTALL | re.MULTILINE | re.VERBOSE))
    return max((danger.starriness for danger in find(read)), default=0)


def _seconds(used: Used, text: str) -> float:
    pattern: re.Pattern[Any] = used.pattern
    read = text if isinstance(pattern.pattern, str) else text.encode()
    start = time.thread_time()
    if used.is_anchored:
        pattern.match(read)
    else:
        for _ in pattern.finditer(read):
            pass
    pattern.fullmatch(read)
    return time.thread_time() - start


def _grows_too_fast(used: Used, piece: str) -> bool:
    short = piece * (SMALL // len(piece)) + "\x00"
    long = piece * (SMALL * FACTOR // len(piece)) + "\x00"
    for _ in range(TRIES):
        taken = _seconds(used, long)
        if taken < FASTEST_WORTH_TIMING or taken < WORST * _seconds(used, short):
            return False
    return True


def test_the_patterns_are_found() -> None:
    assert len(PATTERNS) > 100
    assert {used.name.partition(".")[0] for used in PATTERNS} >= {"read", "transcribe", "fetch", "discover"}
    assert 0 < sum(used.is_anchored for used in PATTERNS) < len(PATTERNS)


@pytest.mark.parametrize("used", PATTERNS, ids=[used.name for used in PATTERNS])
def test_linear(used: Used) -> None:
    if used.name not in UNREADABLE:
        assert _starriest(used.pattern) < DANGEROUS, f"{used.name} repeats what it repeats"

    slow = [piece for piece in PIECES if _grows_too_fast(used, piece)]

    assert not slow, f"{used.name} is slower than linear on repeated {slow}"


@pytest.mark.parametrize("sought", SOUGHT.values(), ids=SOUGHT)
@settings(max_examples=25)
@given(data=st.data())
def test_a_quick_look_lets_through_all_that_the_pattern_finds(sought: Sought, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(sought.pattern))

    assert sought.search(text) is not None


def test_what_the_tool_cannot_read_is_argued_and_stands() -> None:
    patterns = {used.name: used.pattern for used in PATTERNS}

    for name in UNREADABLE:
        with pytest.raises(AttributeError, match=r"from_(?:POSSESSIVE|ATOMIC)"):
            _starriest(patterns[name])


@pytest.mark.parametrize("written", [r"(?:a+)+:", r"(?:\w+\s?)+$"])
def test_the_tool_finds_a_pattern_that_is_not_linear(written: str) -> None:
    assert _starriest(re.compile(written)) >= DANGEROUS


def test_the_timing_finds_a_pattern_that_is_not_linear() -> None:
    quadratic = Used("", re.compile(r"\w+:"), is_anchored=False)

    assert any(_grows_too_fast(quadratic, "a") for _ in range(10))
