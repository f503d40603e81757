"""Pages that call those who tell by their initials: whom these stand for, and who is called otherwise amid them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.transcribe.labels.conversation import FEWEST_RETURNS, Mention
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.names import initials_of
from pipeline.transcribe.words import SENTENCE_ENDS

_LONGEST_INITIALS = 3
_FEWEST_TELLERS = 2
_MOST_NAMES = 100
"""Each is looked for in all of a page's words."""


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


def amid_initials(
    mentions: Sequence[Mention], short: Sequence[tuple[int, Label]], texts: Sequence[str]
) -> dict[str, Label]:
    """Full names amid the initials of those who tell of them (99% Invisible), and what else they are called there.

    `Ana Diaz: It rains.`, between `RM:` and `CB: That's Ana Diaz.`.
    """
    told = Counter(_undotted(label) for _, label in short if len(_undotted(label)) <= _LONGEST_INITIALS)
    tellers = {initials for initials, times in told.items() if times >= FEWEST_RETURNS}
    places = [index for index, label in short if _undotted(label) in tellers]
    if len(tellers) < _FEWEST_TELLERS:
        return {}
    inside = [mention for mention in mentions if places[0] < mention.index < places[-1] and mention.label.is_named]
    full = {
        mention.head: mention.label
        for mention in inside
        if len(mention.label.tokens) > 1 and mention.text.rstrip().endswith(SENTENCE_ENDS)
    }
    if len(full) > _MOST_NAMES:
        return {}
    page = "\n".join(texts)
    kept = {head: label for head, label in full.items() if page.count(head) > page.count(f"{head}:")}
    names = {token for label in kept.values() for token in label.tokens}
    return kept | {mention.head: mention.label for mention in inside if mention.head in names}


def _undotted(label: Label) -> str:
    """`JS` of `JS:` and of `J.S.:`."""
    return label.printed.replace(".", "")
