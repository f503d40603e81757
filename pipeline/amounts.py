"""Numbers with what they count, as people read them."""


def amount(number: int, one: str, many: str | None = None) -> str:
    """`1 page`, `2,000 pages`, `0 stories`; `many` where it is not `one` and an s."""
    return f"{number:,} {noun(number, one, many)}"


def noun(number: int, one: str, many: str | None = None) -> str:
    """What so many are called, for where the number stands apart."""
    return one if number == 1 else many or f"{one}s"
