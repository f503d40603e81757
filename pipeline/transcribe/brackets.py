"""Balanced brackets in running text."""

CLOSINGS = {"(": ")", "[": "]"}


def closing_bracket(text: str, opening: int, end: int | None = None) -> int | None:
    """Where the bracket that opens at `opening` is closed before `end`, inner ones balanced; None where it never is.

    >>> closing_bracket('(SONG, "X (LIVE)") and', 0)
    17
    """
    opens, closes = text[opening], CLOSINGS[text[opening]]
    end = len(text) if end is None else end
    place = text.find(closes, opening, end)
    inner = opening
    while place >= 0:
        # Each bracket that opens before this closing one needs a closing one of its own.
        inner = text.find(opens, inner + 1, place)
        if inner < 0:
            return place
        place = text.find(closes, place + 1, end)
    return None
