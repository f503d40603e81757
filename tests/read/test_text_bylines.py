"""Bylines in lines above a transcript, and the days that stand in them."""

import pytest

from pipeline.read.text_bylines import bylines_above, day_of_byline
from pipeline.records import Block


@pytest.mark.parametrize(
    ("lines", "bylines"),
    [
        (["By Ana Diaz"], [("By Ana Diaz", None)]),
        (["by Ana Diaz"], [("by Ana Diaz", None)]),
        (["By Óscar Ruiz"], [("By Óscar Ruiz", None)]),
        (["By Ludwig van der Berg"], [("By Ludwig van der Berg", None)]),
        (["By Ed Hale, Jr."], [("By Ed Hale, Jr.", None)]),
        (["By Ana Diaz, NPR"], [("By Ana Diaz, NPR", None)]),
        (["KUNX | By Ana Diaz"], [("KUNX | By Ana Diaz", "KUNX")]),
        (["By Ana Diaz | KUNX"], [("By Ana Diaz", "KUNX")]),
        (["By Ana Diaz (KUNX)"], [("By Ana Diaz", "KUNX")]),
        (["By Ana Diaz & Ed Hale • Mar 20, 2016"], [("By Ana Diaz & Ed Hale", None)]),
        (["By Ana Diaz on March 20, 2016"], [("By Ana Diaz", None)]),
        (["By Ana Diaz", "WFAE", "5 days ago"], [("By Ana Diaz", "WFAE")]),
        (["By Ana Diaz", ", Ed Hale"], [("By Ana Diaz", None), ("By Ed Hale", None)]),
        (["By", "Ana Diaz", ",", "Ed Hale"], [("By Ana Diaz", None), ("By Ed Hale", None)]),
        (["By Friday, the town was dry"], []),
        (["By Ana Diaz | Rain all week"], []),
        (["By the time it rained"], []),
        (["By Ana"], []),
        (["ANA DIAZ, HOST: It rains.", "By Ed Hale"], []),
    ],
)
def test_bylines_above_the_first_label(lines: list[str], bylines: list[tuple[str, str | None]]) -> None:
    found = bylines_above([Block(line) for line in lines])

    assert [(byline.printed, byline.affiliation) for byline in found] == bylines


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("By Ana Diaz • Mar 20, 2016", "Mar 20, 2016"),
        ("By Ana Diaz on March 20, 2016", "March 20, 2016"),
        ("Ana Diaz reported this story on Thursday, October 29, 2009 12:10:00", "Thursday, October 29, 2009 12:10:00"),
        ("By Ana Diaz | KUNX", None),
        ("By Ana Diaz", None),
    ],
)
def test_the_day_of_a_byline(line: str, day: str | None) -> None:
    assert day_of_byline(line) == day
