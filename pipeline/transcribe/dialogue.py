"""Whether labels are a dialogue: different people who answer each other, and sure signs that they are people."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.transcribe.census import census_given
from pipeline.transcribe.evidence.air import is_unedited
from pipeline.transcribe.evidence.introductions import says_own_name
from pipeline.transcribe.script.passages import Passage, count_spoken_words
from pipeline.transcribe.speakers.hand_overs import hands_over_to
from pipeline.transcribe.speakers.speaker import Speaker

_FEWEST_VOICES = 2
_SAID = re.compile(
    r"\b(?:I|[Ww]e|[Mm]y|[Mm]e|[Oo]ur|[Uu]s|[Yy]es)\b|\?"
    r"|\b(?:[Ii]t|[Tt]hat|[Tt]here|[Hh]ere|[Hh]e|[Ss]he|[Ww]ho|[Ww]hat)['’]s\b|\b(?:[Tt]hey|[Yy]ou)['’](?:re|ve|d)\b"
)
"""What people say of themselves, ask, or draw together: rules and job offers do not."""
_ANSWER = re.compile(r"(?:Well|Yes|Yeah|Sure|Oh|Absolutely|Exactly|Thanks|Thank you)\b|(?:So|No), ")
_RULES_OF_SPEAKERS = frozenset(("surname", "initials", "ident", "self_introduction", "introduction"))
"""Rules of names that fit nobody but people who speak."""


def is_dialogue(said: Sequence[tuple[Passage, Speaker]], passages: Sequence[Passage]) -> bool:
    """Two different labels or more, a good part of the words theirs, and sure signs that the labels are people.

    Headings in capitals (WHAT, WHERE; MONDAY, TUESDAY) never come back and are nobody that the page's prose knows.
    Somebody must speak again behind somebody else, or be called by a surname or initials after his full name, or say
    who he is, or ask the next one, answer him, hand over to him, or say names that are marked as written by ear.
    """
    names = [speaker.name or (passage.label.printed if passage.label else "") for passage, speaker in said]
    if len(set(names)) < 2 or count_spoken_words([passage for passage, _ in said]) * 3 < count_spoken_words(passages):
        return False
    is_house_style = any(
        speaker.rule in _RULES_OF_SPEAKERS or (speaker.name and says_own_name(passage.text, speaker.name))
        for passage, speaker in said
    )
    return (
        (_speaks_again(names) and _may_be_people(said))
        or is_house_style
        or any(
            asking != name and (former.text.endswith("?") or _ANSWER.match(latter.text))
            for ((former, _), (latter, _)), (asking, name) in zip(pairwise(said), pairwise(names), strict=True)
        )
        or any("(ph)" in passage.text for passage, _ in said)
        or any(_hands_over(before.text, speaker) for (before, _), (_, speaker) in pairwise(said))
    )


def _hands_over(text: str, follower: Speaker) -> bool:
    """Whether words call the next one by name: «From Canberra Peta Donald reports.»."""
    called = hands_over_to(text)
    return called is not None and called[0] == follower.name


def _may_be_people(said: Sequence[tuple[Passage, Speaker]]) -> bool:
    """Whether somebody talks («I», «it's», «Yeah.»), or asks, or two labels begin with given names.

    Rules for CHILDREN and ADULTS come back as people do, and DEADLINE below each job. A reporter and who is on his
    tape say neither «I» nor «we» for minutes: in 9 of 390 passages of four paragraphs out of real transcripts.
    """
    if any(_SAID.search(passage.text) or is_unedited(passage.text) for passage, _ in said):
        return True
    first = {passage.label.tokens[0].casefold() for passage, _ in said if passage.label and passage.label.tokens}
    return len(first & census_given().keys()) >= _FEWEST_VOICES


def _speaks_again(names: Iterable[str]) -> bool:
    """Whether somebody speaks again behind somebody else.

    >>> _speaks_again(["Ana", "Ed", "Ana"]), _speaks_again(["Ana", "Ana", "Ed"])
    (True, False)
    """
    heard: set[str] = set()
    for former, name in pairwise(names):
        if name != former and name in heard:
            return True
        heard.add(former)
    return False
