"""Numbers with what they count."""

import pytest

from pipeline.amounts import amount


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0 stories"), (1, "1 story"), (2, "2 stories"), (1_200_000, "1,200,000 stories")]
)
def test_what_is_counted_agrees_with_its_number(number: int, shown: str) -> None:
    assert amount(number, "story", "stories") == shown


def test_most_words_only_take_an_s() -> None:
    assert [amount(number, "new page") for number in (1, 3)] == ["1 new page", "3 new pages"]
