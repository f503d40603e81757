"""Measuring what a page costs reaches into the middle of an import and of a reparse: it must meet each stage."""

from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.deployment.measured import measure


def test_every_stage_of_a_page_is_met(tmp_path: Path) -> None:
    measured = asdict(measure(pages=3, seed=1, folder=tmp_path))

    assert measured.pop("pages") == 3
    assert [name for name, figure in measured.items() if not figure > 0] == []
