"""Labels that say a part and no name: `HOST:` and `GUEST:`, in collections of interviews whose people were masked.

Credits, listings and house rules print the same words (`HOST: Steve Curwood`), so they are labels only where each comes
back, where they answer each other, or those who have labels, in sentences, and where hosts ask and others tell of
themselves.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.transcribe.labels.conversation import Mention, Signs, is_conversation
from pipeline.transcribe.labels.label import Label

_PARTS = {
    "HOST": "host", "CO-HOST": "host", "COHOST": "host", "PRESENTER": "host", "GUEST": "guest", "INTERVIEWEE": "guest",
}  # fmt: skip
_NUMBER = "# 0123456789"
"""`GUEST 2`, `HOST #1`."""
_OF_ONESELF = re.compile(r"\b(?:I|[Ww]e|me|us)\b")
_ONE_IN = 4
"""One turn in so many of the hosts asks, and one of the others' says I or we."""
_FEWEST = 2
"""Times that each comes back."""


def part_labels(heads: Mapping[str, Label | None], texts: Sequence[str]) -> dict[str, Label]:
    """The parts that are labels of a page, among all that stands before a colon; `heads` says what else is a label.

    >>> texts = ["HOST: And you say that it rains?", "GUEST: I think so."] * 3
    >>> list(part_labels({"HOST": None, "GUEST": None}, texts))
    ['HOST', 'GUEST']
    >>> part_labels({"HOST": None, "GUEST": None}, ["HOST: Ana Diaz", "GUEST: Ed Hale"])
    {}
    """
    parts = {head: _label(head, role) for head in heads if (role := _PARTS.get(head.rstrip(_NUMBER).upper()))}
    if not parts:
        return {}
    known = {**{head: label for head, label in heads.items() if label is not None}, **parts}
    mentions = [
        Mention(index, head, label, text[label.end :].strip())
        for index, text in enumerate(texts)
        if (label := known.get(head := text[: max(text.find(":"), 0)])) is not None
    ]
    times = Counter(mention.head for mention in mentions)
    if any(times[head] < _FEWEST for head in parts) or not _is_interview(mentions):
        return {}
    return {head: label for head, label in is_conversation(mentions, texts, Signs()).items() if head in parts}


def _is_interview(mentions: Sequence[Mention]) -> bool:
    asked = [mention.text.endswith("?") for mention in mentions if mention.label.role == "host"]
    told = [bool(_OF_ONESELF.search(mention.text)) for mention in mentions if mention.label.role != "host"]
    return all(any(found) and sum(found) * _ONE_IN >= len(found) for found in (asked, told))


def _label(head: str, role: str) -> Label:
    return Label(head, (), role, None, None, None, is_named=False, end=len(head) + 1)
