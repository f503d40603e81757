"""Whether strings that look like names are a conversation's labels. A false transcript is worse than a missed one.

Recipes, credits, forecasts, listings of events and voters' guides all print `Words: text` again and again. People who
talk take turns, speak in sentences, and say I and you.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from pipeline.transcribe.census import census_given
from pipeline.transcribe.evidence.introductions import says_own_name, says_program
from pipeline.transcribe.evidence.mentions import full_name
from pipeline.transcribe.evidence.slips import is_one_slip_off
from pipeline.transcribe.labels.exchange import are_named, are_told, is_called, named_above, take_turns, turn_to
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.labels.mention import Mention, Person, Turn, words_of
from pipeline.transcribe.names import fold, initials_of
from pipeline.transcribe.words import SENTENCE_ENDS, has_small_words, has_words, places

_TALK = re.compile(r"\b(?:I|[Yy]ou|[Ww]e|[Mm]y|[Mm]e|[Yy]our|[Oo]ur|[Uu]s|[Yy]eah|[Tt]hanks?|[Hh]ello|[Ww]elcome)\b|\?")
_SURNAME = re.compile(" [A-Z][a-z]")
_FEWEST_RETURNS = 3
"""Turns of one who comes back."""
_CALLED_WITHIN = 120
_TWO_SENTENCES = re.compile(r"\b[a-z]{3,}[.?!] [A-Z][a-z’']* ?[a-z]")
"""One ends and another begins: no headline does."""
_TALKS = frozenset(("interview", "interviews", "conversation", "transcript", "qa"))
_FEWEST_WORDS = 3
"""Words a turn on average: `Serves: Four` has fewer."""

_ALONE = 2
"""Blocks from one label to the next where each stands alone above a paragraph."""


def people(labels: Sequence[Label]) -> dict[str, Person]:
    """Whom each printed label means: `Newnam` is the Brendan Newnam of the page, `TG` its Terry Gross."""
    folded = {label.printed: tuple(fold(token) for token in label.tokens) for label in labels}
    full = {tokens for tokens in folded.values() if len(tokens) > 1}
    found: dict[str, Person] = {}
    for printed, tokens in folded.items():
        fitting = [name for name in full if len(tokens) == 1 and _is_short_for(tokens[0], name)]
        found[printed] = fitting[0] if len(fitting) == 1 else tokens or (printed,)
    return found


@dataclass(frozen=True, slots=True)
class Signs:
    """What a page says of itself."""

    is_announced: bool = False
    """That it holds a transcript: then fewer turns are enough."""
    is_named: bool = False
    """Who talks in it: then first names alone are enough."""
    is_marked: bool = False
    """That it holds a transcript, by its markup, headline or heading: then first names that come back are enough."""


def names_talkers(address: str, mentions: Sequence[Mention]) -> bool:
    """Whether a page's address says that two of those labelled talk: `/marty-moss-coane-jennifer-lynn-interview/`."""
    words = frozenset(address.casefold().rstrip("/").rpartition("/")[2].split("-"))
    heads = {mention.head.casefold() for mention in mentions}
    return not _TALKS.isdisjoint(words) and len(heads & words) > 1


def is_conversation(mentions: Sequence[Mention], texts: Sequence[str], signs: Signs) -> dict[str, Label]:
    """The heads that are labels, with their labels; none where the mentions are no conversation."""
    whose = people([mention.label for mention in mentions])
    spoken = [words_of(mention, texts) for mention in mentions]
    said_by = list(zip(mentions, spoken, strict=True))
    introduced = {mention.head for mention, said in said_by if _says_name(mention, said)}
    called = {mention.head for (_, before), (mention, _) in pairwise(said_by) if _calls(before, mention.label)}
    above = named_above(mentions, texts)
    counts = Counter(whose[mention.label.printed] for mention in mentions)
    kept = {
        mention.head: mention.label
        for mention in mentions
        if counts[whose[mention.label.printed]] > 1
        or mention.head in introduced
        or mention.head in called
        or mention.head in above
        or len(mention.head.split()) > 1
        or not mention.label.is_named
    }
    kept |= _amid_labels(mentions, kept) | _slips(mentions, kept)
    # A page that is cut short ends in speech.
    foot = takewhile(lambda one: one[0].head == texts[one[0].index] and not has_small_words(one[1]), said_by[::-1])
    for order in (said_by, [*foot]):
        for headline in _headlines(order, counts, whose, introduced):
            kept.pop(headline, None)
    once = _given_once(said_by)
    turns = [(whose[mention.label.printed], mention, said) for mention, said in said_by if mention.head in kept]
    if any(_opens_program(mention, said) for mention, said in said_by):
        return kept | once
    come_back = [who for who, count in counts.items() if count >= _FEWEST_RETURNS]
    is_named = signs.is_named or len(called) > 1 or (signs.is_marked and len(come_back) > 1)
    is_named = is_named or _has_names([mention.label for _, mention, _ in turns], texts)
    if not is_named or not is_talk([said for _, _, said in turns]):
        return {}
    if len(introduced) > 1 or (signs.is_announced and (introduced or are_named(turns, texts))):
        return kept | once
    is_exchange = are_told(turns) or is_called(turns) or turn_to(turns, above)
    if is_exchange and _fills_page(turns, texts):
        return kept | once
    speakers = [who for who, _, _ in turns]
    takes_turns = take_turns(speakers, is_announced=signs.is_announced, is_introduced=bool(introduced))
    return kept | once if takes_turns and _fills_page(turns, texts) else {}


def _given_once(said_by: Sequence[tuple[Mention, str]]) -> dict[str, Label]:
    """Given names that Americans have, before sentences: who is heard but once in a conversation (`Lorraine: Hi.`)."""
    given = census_given()
    return {
        mention.head: mention.label
        for mention, said in said_by
        if fold(mention.head) in given
        and mention.text
        and not mention.text[0].islower()  # «Georgia: a state that we like.»
        and said.rstrip().endswith(SENTENCE_ENDS)
    }


def _slips(mentions: Sequence[Mention], kept: Container[str]) -> dict[str, Label]:
    """One word in the place of a label that is there, with a slip in it: `Daiz:` beside `Diaz:`."""
    known = {fold(mention.head) for mention in mentions if mention.head in kept and " " not in mention.head}
    return {
        mention.head: mention.label
        for mention in mentions
        if mention.head not in kept and any(is_one_slip_off(fold(mention.head), word) for word in known)
    }


def _amid_labels(mentions: Sequence[Mention], kept: Container[str]) -> dict[str, Label]:
    """Names that stand there once, each alone on its line between two labels that do, with a paragraph in between."""
    return {
        mention.head: mention.label
        for before, mention, behind in zip(mentions, mentions[1:], mentions[2:], strict=False)
        if before.head in kept
        and behind.head in kept
        and not (before.text or mention.text or behind.text)
        and mention.index - before.index == behind.index - mention.index == _ALONE
    }


def _headlines(
    said_by: Sequence[tuple[Mention, str]],
    counts: Mapping[Person, int],
    whose: Mapping[str, Person],
    introduced: Container[str],
) -> Iterator[str]:
    """Heads above the first speech, or below the last, that are no sentence and never come back, but as they were.

    `Going Public: Ten Years of Radio`, printed twice; `Public Files:` above frequencies; `Privacy Policy`, last, above
    `Terms of Use`. Who says several sentences, the last of which goes over to others («... Here's a sample:»), is none;
    nor is a name alone on its line that comes back, though a page may be cut behind it.
    """
    printed = Counter((mention.head, mention.text) for mention, _ in said_by if mention.text)
    for mention, said in said_by:
        is_back = counts[whose[mention.label.printed]] > max(1, printed[mention.head, mention.text])
        if (
            is_back
            or mention.head in introduced
            or said.rstrip().endswith(SENTENCE_ENDS)
            or _TWO_SENTENCES.search(said)
        ):
            return
        yield mention.head


def _opens_program(mention: Mention, said: str) -> bool:
    """`Matt Katz: It's The Brian Lehrer Show on WNYC. I'm Matt Katz`: what nobody but the host of a programme says."""
    return len(mention.label.tokens) > 1 and says_program(said, " ".join(mention.label.tokens))


def _has_names(labels: Sequence[Label], texts: Sequence[str]) -> bool:
    """Full names among the labels, or names that the prose gives in full: `Woods:`, and «Dan Woods talked»."""
    if any(len(label.tokens) > 1 or not label.is_named for label in labels):
        return True
    text = "\n".join(texts)
    folded = fold(text)
    surnames = {fold(token) for label in labels for token in label.tokens}
    known = {surname for surname in surnames if full_name((surname,), text, folded) is not None}
    if len(known) > 1:
        return True
    firsts = {label.tokens[0] for label in labels if len(label.tokens) == 1}
    known |= {fold(first) for first in firsts if any(_SURNAME.match(text, end) for _, end in places(first, text))}
    return len(known) > 1


def is_talk(spoken: Sequence[str]) -> bool:
    """Sentences, and somebody who says I or you."""
    sentences = sum(said.rstrip().endswith(SENTENCE_ENDS) for said in spoken)
    words = sum(len(said.split()) for said in spoken)
    talking = sum(_TALK.search(said) is not None for said in spoken)
    return sentences * 5 >= len(spoken) * 3 and words >= _FEWEST_WORDS * len(spoken) and talking * 4 >= len(spoken)


def _fills_page(turns: Sequence[Turn], texts: Sequence[str]) -> bool:
    """From the first label to the last, labels are dense; what they span is a good part of the page."""
    first, last = turns[0][1].index, turns[-1][1].index
    is_dense = len(turns) * 6 >= last + 1 - first
    return is_dense and sum(map(len, texts[first:])) * 3 >= sum(map(len, texts))


def _says_name(mention: Mention, said: str) -> bool:
    """Whether the speaker gives the label's name as his own: `Al Letson: I'm Al Letson`."""
    return says_own_name(said, " ".join(mention.label.tokens))


def _calls(said: str, label: Label) -> bool:
    """Whether the last words before a label of one name call it: «Marge in Queens, you're on. Hi, Marge.»."""
    if len(label.tokens) != 1:
        return False
    return has_words(label.tokens[0], said[-_CALLED_WITHIN:])


def _is_short_for(token: str, name: Person) -> bool:
    return token in (name[0], name[-1]) or token.replace(".", "").upper() in initials_of(name)
