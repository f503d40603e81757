"""What labels say in brackets of how somebody spoke: `(through interpreter)`, `[in Spanish]`, `(VO)`."""

import re

# `(through interpreter)` before the colon says how somebody spoke, not who he is.
_DIRECTION = re.compile(
    r"(?:through |translated\b|via |on camera\b|on (?:the )?(?:phone|tape|mic|radio|video)\b|off[- ]mic|voice-?over\b"
    r"|(?:singing|reading|chanting|whispering|laughing|shouting)\b|as |speaking |in (?:the )?\w{3,12}$|by phone\b"
    r"|V\.?O\.?$|ph$)",
    re.IGNORECASE,
)


def says_how(note: str) -> bool:
    """Whether what stands in brackets behind a name says how somebody spoke, not who he is.

    >>> says_how("in Spanish"), says_how("through interpreter"), says_how("in charge of rain"), says_how("Baker")
    (True, True, False, False)
    """
    return _DIRECTION.match(note) is not None
