"""Who is called as names are spoken on a page that calls others in capitals (Marketplace, 2009 to 2010).

KAI RYSSDAL: What's new?
Brendan Newnam: A bakery.
RYSSDAL: None?
Newnam: None.
"""

from collections import Counter
from collections.abc import Sequence

from pipeline.transcribe.census import census_given
from pipeline.transcribe.evidence.addressing import called_in
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.labels.mention import Mention, words_of
from pipeline.transcribe.words import SENTENCE_ENDS

_FEWEST_TIMES = 2
_MOST_NAMES = 100
"""Each is looked for in all of a page's words."""


def amid_capitals(mentions: Sequence[Mention], places: Sequence[int], texts: Sequence[str]) -> dict[str, Label]:
    """Full names that come back, whole or in part, and whom the page's words name too; and what else they are called.

    They begin with a given name that Americans have, or somebody calls them by a part of theirs: «Supreme Court» and
    «Planet Money» speak to nobody.

    `places`: the blocks that begin with a label in capitals.
    """
    if len(places) < _FEWEST_TIMES:
        return {}
    page = "\n".join(texts)
    inside = [mention for mention in mentions if mention.index > places[0] and mention.label.is_named]
    full = {
        mention.head: mention.label
        for mention in inside
        if len(mention.label.tokens) > 1 and words_of(mention, texts).rstrip().endswith(SENTENCE_ENDS)
    }
    if not 0 < len(full) <= _MOST_NAMES:
        return {}
    times = Counter(mention.head for mention in inside)
    given = census_given()
    called = called_in([page])
    kept = {
        head: label
        for head, label in full.items()
        if (label.tokens[0].casefold() in given or label.tokens[0] in called or any(map(times.get, label.tokens)))
        and page.count(" ".join(label.tokens)) > times[head]
        and times[head] + sum(times[token] for token in {*label.tokens}) >= _FEWEST_TIMES
    }
    parts = {token for label in kept.values() for token in label.tokens}
    return kept | {mention.head: mention.label for mention in inside if mention.head in parts}
