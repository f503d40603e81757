"""What commands show, as it arrives in a pipe."""

import pytest

from flows.cli.tables import show, table


def test_a_title_is_not_folded_to_the_width_of_its_table(capsys: pytest.CaptureFixture[str]) -> None:
    title = "backfill kpbs 2026-03-16 2026-03-18"

    show(table(title, ("new",), [(2,)]))

    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], lines[-2].strip()) == (title, "2")
