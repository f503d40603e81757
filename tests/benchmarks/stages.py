"""Where the time of a page goes, stage by stage: sampled, so that measuring costs the measured code nothing.

A timer of the process's own time interrupts it every few milliseconds; the innermost frame that belongs to a stage gets
the sample. C code (lexbor) is charged to the Python line that called it.
"""

import signal
import time
from collections import Counter
from collections.abc import Callable, Mapping
from types import FrameType

_TICK = 0.001
_SECONDS = 3.0
"""Of process time for each group of pages: some seven hundred samples, two points of a hundred sure."""

PARSE = "parse: lexbor"
REST = "the rest"
# File below pipeline/ and function, outer functions below those that they call.
_STAGES: Mapping[tuple[str, str], str] = {
    ("read/html.py", "__init__"): PARSE,
    ("read/decode.py", "decode"): "bytes: decoding, limits, what it is",
    ("read/limits.py", "harmless"): "bytes: decoding, limits, what it is",
    ("read/feeds.py", "kind_of_xml"): "bytes: decoding, limits, what it is",
    ("read/page.py", "_is_html"): "bytes: decoding, limits, what it is",
    ("read/page.py", "_is_json"): "bytes: decoding, limits, what it is",
    ("read/layouts", "matches"): "layout: whose page it is",
    ("read/paragraphs.py", "paragraphs"): "blocks of text",
    ("read/layouts/generic.py", "main_text"): "blocks of text",
    ("read/layouts", "read"): "facts of the page",
    ("transcribe/labels/families.py", "labels_of"): "labels: the page's family",
    ("transcribe/script/dividing.py", "write_script"): "script: footers, cues, passages",
    ("transcribe/names.py", "__init__"): "speakers and names",
    ("transcribe/speakers/naming.py", "speakers_of"): "speakers and names",
    ("transcribe/roles/casting.py", "with_roles"): "roles",
    ("transcribe/bylines.py", "credits_of"): "bylines",
    ("transcribe/turns.py", "build_turns"): "turns, notes, words",
}
STAGES = (*dict.fromkeys(_STAGES.values()), REST)


def shares(read_all: Callable[[], object]) -> dict[str, float]:
    """The share of each stage in what `read_all` does, summing up to 1."""
    samples: Counter[str] = Counter()

    def sample(_: int, frame: FrameType | None) -> None:
        samples[_stage_of(frame)] += 1

    former = signal.signal(signal.SIGPROF, sample)
    signal.setitimer(signal.ITIMER_PROF, _TICK, _TICK)
    try:
        begun = time.process_time()
        while time.process_time() - begun < _SECONDS:
            read_all()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, former)
    return {stage: samples[stage] / max(samples.total(), 1) for stage in STAGES}


def _stage_of(frame: FrameType | None) -> str:
    while frame is not None:
        _, inside, path = frame.f_code.co_filename.rpartition("/pipeline/")
        if inside:
            name = frame.f_code.co_name
            stage = _STAGES.get((path, name)) or _STAGES.get((path.rpartition("/")[0], name))
            if stage is not None:
                return stage
        frame = frame.f_back
    return REST
