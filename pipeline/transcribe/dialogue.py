"""Whether labels are a dialogue: different people who answer each other, and sure signs that they are people."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.transcribe.census import census_given, census_surnames
from pipeline.transcribe.evidence.addressing import thanks_for_talk
from pipeline.transcribe.evidence.air import is_unedited
from pipeline.transcribe.evidence.introductions import says_own_name
from pipeline.transcribe.evidence.sign_offs import sign_off
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
_HEARD = re.compile(r"\((?:ph|Through interpreter|Speaking [A-Z]|Singing\b)")
"""What those who write down what is heard put in."""
_PRESIDES = re.compile(r"(?:(?:THE )?CHAIR|MAYOR|COUNCIL|SPEAKER [A-Z]|ALDER|TRUSTEE)", re.IGNORECASE)
_RULES_OF_SPEAKERS = frozenset(("surname", "initials", "ident", "self_introduction", "introduction"))
"""Rules of names that fit nobody but people who speak."""


def is_dialogue(said: Sequence[tuple[Passage, Speaker]], passages: Sequence[Passage]) -> bool:
    """Two different labels or more, a good part of the words theirs, and sure signs that the labels are people.

    Headings in capitals (WHAT, WHERE; MONDAY, TUESDAY) never come back and are nobody that the page's prose knows.
    Somebody must speak again behind somebody else, speak as people do who are heard, or tell of one beside him. The
    sittings of councils and committees are none.
    """
    names = [speaker.name or (passage.label.printed if passage.label else "") for passage, speaker in said]
    if len(set(names)) < _FEWEST_VOICES:
        return False
    if count_spoken_words([passage for passage, _ in said]) * 3 < count_spoken_words(passages) or _is_sitting(said):
        return False
    return (
        (_speaks_again(names) and _may_be_people(said))
        or any(_is_heard(passage.text, speaker) for passage, speaker in said)
        or (any(_asks_or_answers(passage.text) for passage, _ in said) and _may_ask(names, said))
        or any(_tells_of(one[0].text, other) or _tells_of(other[0].text, one) for one, other in pairwise(said))
    )


def _is_sitting(said: Sequence[tuple[Passage, Speaker]]) -> bool:
    """Whether a chair or a mayor speaks, and everybody else has a title too: radio prints a host's name without one.

    `CHAIRMAN HALE:` beside `MS. DIAZ:`, `MAYOR HALE:` beside `COUNCILMEMBER ROE:`.
    """
    labels = {passage.label for passage, _ in said if passage.label is not None}
    is_titled = all(
        label.honorific is not None or label.printed not in (" ".join(label.tokens), "") for label in labels
    )
    return is_titled and any(_PRESIDES.match(label.printed) is not None for label in labels)


def _is_heard(text: str, speaker: Speaker) -> bool:
    """Whether somebody thanks, signs off, is marked as heard, or says or is called by who he is."""
    return (
        speaker.rule in _RULES_OF_SPEAKERS
        or _HEARD.search(text) is not None
        or thanks_for_talk(text)
        or (
            speaker.name is not None and (says_own_name(text, speaker.name) or sign_off(text, speaker.name) is not None)
        )
    )


def _asks_or_answers(text: str) -> bool:
    return text.endswith("?") or _ANSWER.match(text) is not None


def _may_ask(names: Sequence[str], said: Sequence[tuple[Passage, Speaker]]) -> bool:
    """Whether two talk, or somebody comes back, or one label is a name that is not rare.

    Headings ask too, and of three and more none comes back: «KEY STORYLINE: Can the Ravens win?», «KEY MATCHUP: ...».
    """
    is_two = len(set(names)) == _FEWEST_VOICES
    return is_two or _speaks_again(names) or any(_is_known_name(passage) for passage, _ in said)


def _is_known_name(passage: Passage) -> bool:
    """Whether a label begins with a first name, or ends in a surname, that the census has."""
    tokens = passage.label.tokens if passage.label is not None else ()
    return bool(tokens) and (tokens[0].casefold() in census_given() or tokens[-1].casefold() in census_surnames())


def _tells_of(text: str, neighbor: tuple[Passage, Speaker]) -> bool:
    """Whether words hand over to the one beside, or give his full name, whose label is in capitals.

    «From Canberra Peta Donald reports.», «That's Ana Diaz, who counts birds.»: who is read needs no telling.
    """
    passage, speaker = neighbor
    if speaker.name is None or passage.label is None:
        return False
    called = hands_over_to(text)
    is_full = passage.label.printed.isupper() and " " in speaker.name
    return (called is not None and called[0] == speaker.name) or (is_full and speaker.name in text)


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
