"""Balanced brackets in running text."""

_PAIRS = {"(": ")", "[": "]"}


def closing_bracket(text: str, opening: int) -> int | None:
    """Where the bracket that opens at `opening` is closed, inner ones balanced; None where it never is.

    >>> closing_bracket('(SONG, "X (LIVE)") and', 0)
    17
    """
    opens, closes = text[opening], _PAIRS[text[opening]]
    depth = 0
    for index in range(opening, len(text)):
        if text[index] == opens:
            depth += 1
        elif text[index] == closes:
            depth -= 1
            if depth == 0:
                return index
    return None
