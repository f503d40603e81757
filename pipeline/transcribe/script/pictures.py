"""Captions and credits of photographs: who took a picture is told below it, and said by nobody."""

import re

from pipeline.transcribe.cues import split_cues
from pipeline.transcribe.labels.colons import label_colon

_MARKDOWN = re.compile(r"!\[[^\[\]]{0,600}\]\([^()\s]{1,300}\)")
"""Markdown's picture, with its caption."""
_WITHIN = 120
"""Characters at a caption's end in which its credit stands."""
_LONGEST = 600
_NAME = r"[A-Z][\w.'’-]{0,30}(?: (?:[A-Z][\w.'’-]{0,30}|d[aeiu]|del|l[ae]|el|al|van|von|de[nr]|y|for)){1,3}"
_OUTLET = r"[A-Z][\w.&'’-]{1,30}(?: (?:[A-Z][\w.&'’-]{0,30}|of|the|and|for|&|via|in)){0,4}"
_CREDIT = re.compile(rf"(?:^|[.?!)”\"] |\(){_NAME} ?/ ?{_OUTLET}\)?$")
"""`Ana Diaz/AP`, `A street in Lowell. (Ana Diaz / Getty Images)`."""
_SAYS_WHOSE = r"(?:[Pp]hoto(?:graph)?|[Ii]mage|[Pp]icture)s?(?: by (?=[A-Z])| credit:? | courtesy |: )"
_BEGINS = re.compile(rf"(?:{_SAYS_WHOSE}|Featured [Ii]mage: |Video (?:by (?=[A-Z])|credit:? |courtesy )).{{3,80}}$")
"""`Photo by Ana Diaz`, `Image courtesy of the town`; but «Video: He was running ...» is heard."""
_ENDS = re.compile(rf"\({_SAYS_WHOSE}[^()]{{2,80}}\)$")
"""`Chuy at the fence. (Photo by Ana Diaz)`"""


def is_of_picture(line: str) -> bool:
    """Whether a line is a photograph's credit, or a caption that ends in one.

    >>> is_of_picture("Rivers rise near Lowell. (Ana Diaz/WZZZ)"), is_of_picture("Photo courtesy of the town")
    (True, True)
    >>> is_of_picture("Chuy at the fence. (Photo by Ana Diaz)"), is_of_picture("ED HALE: I see. (Photo by Ana Diaz)")
    (True, False)
    >>> is_of_picture("We are open 24/7."), is_of_picture("ANA DIAZ: It was shot by Ed Hale/AP")
    (False, False)
    """
    if line.startswith("!["):
        return _MARKDOWN.fullmatch(line) is not None
    if line[:1] in "FPIV" and _BEGINS.match(line) is not None:
        return True
    if line[-1:] == ")" and _ENDS.search(line[-_WITHIN:]) is not None:
        return label_colon(line) is None
    if "/" not in line[-_WITHIN:] or len(line) > _LONGEST or _CREDIT.search(line[-_WITHIN:]) is None:
        return False
    return label_colon(line) is None and bool(split_cues(line)[1])  # `SOUND OF WATER/BOAT ENGINE` is heard
