"""What commands show, as it arrives in a pipe or on a screen."""

import io
from datetime import UTC, datetime

import pytest
from rich.console import Console

from flows.cli.shown import report_table
from flows.cli.tables import show, table
from pipeline.ledger.records import Run
from pipeline.report import RunReport


def test_a_title_is_not_folded_to_the_width_of_its_table(capsys: pytest.CaptureFixture[str]) -> None:
    title = "backfill kpbs 2026-03-16 2026-03-18"

    show(table(title, ("new",), [(2,)]))

    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], lines[-2].strip()) == (title, "2")


def test_nothing_is_cut_on_a_screen_that_is_too_narrow() -> None:
    screen = Console(file=io.StringIO(), force_terminal=True, color_system=None, width=30)
    heads = ("newest", "published", "days ago", "state")

    show(table("Pages by source", heads, [("2026-03-21", 28, 249, "STALE")]), screen)

    assert isinstance(screen.file, io.StringIO)
    title, _, head, _, row = screen.file.getvalue().splitlines()[:5]
    assert (title, head.split(), row.split()) == (
        "Pages by source",
        " ".join(heads).split(),
        ["2026-03-21", "28", "249", "STALE"],
    )


def test_what_a_run_was_told_is_named() -> None:
    run = Run("run", "reparse", {"since": None, "source": "npr", "dry_run": True}, datetime.now(UTC), None, "running")

    assert report_table(RunReport(run, (), ())).title == "reparse npr dry run"
