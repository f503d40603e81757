"""Where in a paragraph a label would end."""

import re

from pipeline.transcribe.brackets import closing_bracket

_NEXT_BRACKET = re.compile(r" ?(?=\()")
_LONGEST = 240
"""Characters up to the colon: the longest label met in print has 178, nearly all of it a role in parentheses."""


def label_colon(paragraph: str) -> int | None:
    """The colon that would end a label: the first one outside balanced parentheses."""
    if ":" not in paragraph or not (paragraph[0].isupper() or paragraph[0].isdigit()):
        return None
    colon = paragraph.find(":", 0, _LONGEST)
    if colon <= 0:
        return None
    opening = paragraph.find("(", 0, colon)
    if opening > 0:
        closing = closing_bracket(paragraph, opening)
        behind = _NEXT_BRACKET.match(paragraph, closing + 1) if closing is not None else None
        closing = closing_bracket(paragraph, behind.end()) if behind is not None else closing
        if closing is None or closing > _LONGEST:
            return None
        colon = closing + 1 + paragraph.startswith(" ", closing + 1)
        if paragraph[colon : colon + 1] != ":":
            return None
    after = paragraph[colon + 1 : colon + 3]
    if after == "//" or (paragraph[colon - 1].isdigit() and after[:1].isdigit()):
        return None  # a URL, a time
    return colon
