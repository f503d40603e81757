"""Pages that call those who tell by their initials: whom these stand for."""

from collections.abc import Iterable, Sequence

from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.labels.mention import Mention
from pipeline.transcribe.names import initials_of


def by_initials(mentions: Iterable[Mention], short: Sequence[tuple[int, Label]]) -> dict[str, Label]:
    """Full names of which the page goes on by initials: `Juana Summers:` once, then KK: asks and JS: answers."""
    first: dict[str, int] = {}
    for index, label in short:
        first.setdefault(_undotted(label), index)
    again = {
        head for head, index in first.items() if any(_undotted(label) == head and at > index for at, label in short)
    }
    return {
        mention.head: mention.label
        for mention in mentions
        if len(mention.label.tokens) > 1
        and any(mention.index < first[initials] for initials in initials_of(mention.label.tokens) & again)
    }


def _undotted(label: Label) -> str:
    """`JS` of `JS:` and of `J.S.:`."""
    return label.printed.replace(".", "")
