"""Links side by side in one line, as a page's text keeps them below a transcript (ABC, 2011; WordPress)."""

_BETWEEN_LINKS = (" | ", " · ", " • ")
_FEWEST_LINKS = 3
_LONGEST_LINK = 30
_LONGEST_MENU = 200


def is_menu(line: str) -> bool:
    """Whether a line holds nothing but links side by side: `Previous Story | Back to PM homepage | Next Story`.

    >>> is_menu("Email this story | Print | Share"), is_menu("Home · News · About Us"), is_menu("Rain | Snow")
    (True, True, False)
    >>> is_menu("ANA DIAZ: It is | it was | it rains"), is_menu("We sang | We ate. | We left")
    (False, False)
    """
    if len(line) > _LONGEST_MENU:
        return False
    for mark in _BETWEEN_LINKS:
        if mark in line:
            links = line.split(mark)
            return len(links) >= _FEWEST_LINKS and all(_may_be_link(link.strip()) for link in links)
    return False


def _may_be_link(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_LINK and not text[0].islower() and text[-1] not in ".?!," and ": " not in text
