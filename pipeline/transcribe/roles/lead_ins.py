"""Who speaks first where a transcript begins without a label: of what extractors lose, the host's words come first.

`NAME, HOST:` is a paragraph of its own on npr.org; readers that keep long paragraphs alone lose it, and half of the
pages that crawls kept as text begin with his words and no label.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from pipeline.transcribe.evidence.announcements import calls_host, ends_before_host, reads_notice
from pipeline.transcribe.roles.callers import puts_on_air
from pipeline.transcribe.script.headers import opens_alone
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.speakers.speaker import Speaker

_GREETS = re.compile(
    r"(?:\w+[,.!]? ){0,3}(?:Hi|Hey|Hello)\b"
    r"(?!,? (?:[a-z]+ )?listeners\b|,? [A-Z][a-z]+,(?! (?:[Tt]his|I['’]m|[Ii]t['’]s) ))"
)
"""Podcasts begin with a listener: «Hi, this is Marge in Queens»; «Hey, podcast listeners» says who hosts one, and
«Hey, Ana, remember» is said to a fellow host."""
_WELCOMES_BACK = re.compile(r"(?:\w+[,.!]? ){0,4}?[Ww]elcome (?:back )?to (?:the )?[A-Z]")
_GOES_ON = re.compile(r"(?:\W*(?:He|She|They|His|Her|Their)\b|\W*[a-z])")
"""What was said before is lost too, and whose it was."""
_GREETS_WITHIN = 60
_RECORDED = re.compile(r"\bwas (?:recorded|taped) (?:at|on) ?(?:\.{3}|…)$")


def with_first_speaker(passages: Sequence[Passage], speakers: Sequence[Speaker]) -> list[Speaker]:
    """The speakers, the first of them with the role that his words show, where nothing else tells it."""
    found = list(speakers)
    place = next(index for index, passage in enumerate(passages) if not passage.is_cue)
    first = passages[place]
    if first.label is None and calls_host(first.text):  # «I'm Carl Kasell. And here is your host, ...»
        found[place] = replace(found[place], role="announcer")
    if found[place].role not in (None, "reporter"):
        return found
    if first.label is None or not first.label.is_named:
        role = "announcer" if reads_notice(first.text) else None
        if role is not None:
            found[place] = replace(found[place], role=role)
        elif first.label is None and _is_hosts(passages[place:]):
            return [
                _as_host(speaker) if passage.is_lead else speaker
                for passage, speaker in zip(passages, found, strict=True)
            ]
    return found


def with_hosts_behind_openers(passages: Sequence[Passage], speakers: Sequence[Speaker]) -> list[Speaker]:
    """The speakers, with a host whose words without a label stand behind those of somebody who opens the programme.

    A listener asks him the time («This podcast was recorded at...»), an announcer calls him or says what is on.
    """
    found = list(speakers)
    speech = [index for index, passage in enumerate(passages) if not passage.is_cue]
    for former, follower in pairwise(speech):
        if passages[follower].label is None and _opens(passages[former]):
            found[follower] = _as_host(found[follower])
    return found


def _opens(passage: Passage) -> bool:
    is_byline = passage.label is not None and passage.label.role == "reporter"
    return _RECORDED.search(passage.text) is not None or ends_before_host(passage.text, is_byline=is_byline)


def with_hosts_further_down(passages: Sequence[Passage], speakers: Sequence[Speaker]) -> list[Speaker]:
    """The speakers, with a host whose words stand behind a gap where his label stood, and no reporter's go on there.

    Where no host has a label and somebody has nothing but a surname, that is what was lost.
    """
    labels = [passage.label for passage in passages if passage.label is not None]
    if any(label.role == "host" and label.is_named for label in labels) or not any(label.is_bare for label in labels):
        return list(speakers)
    found = list(speakers)
    speech = [index for index, passage in enumerate(passages) if not passage.is_cue]
    for former, follower in pairwise(speech):
        label = passages[former].label
        is_lost = passages[follower].label is None and passages[follower].is_uncertain
        if is_lost and label is not None and label.role != "reporter" and found[follower].name is None:
            found[follower] = _as_host(found[follower])
    return found


def _as_host(speaker: Speaker) -> Speaker:
    """Two hosts begin in turn, with a gap where the second one's label stood."""
    return replace(speaker, role="host") if speaker.role is None else speaker


def _is_hosts(passages: Sequence[Passage]) -> bool:
    """Whether words without a label are a host's: nobody greets, and those who have labels are called or are hosts.

    The first of them is a reporter, or the host himself by his surname; or the words ask, or speak of one of them all;
    or they begin a page that has somebody of whom the surname alone is printed.
    """
    labels = [passage.label for passage in passages if passage.label is not None and passage.label.is_named]
    if not labels:
        return opens_alone(passages[0].text)
    if not labels[0].tokens[0][-2:].isupper():  # `Mr. ED HALE`, `Senator JOHN McCAIN` too
        return False
    lead = [
        passage.text for passage in takewhile(lambda passage: passage.label is None, passages) if not passage.is_cue
    ]
    text = "\n".join(lead)
    is_cut = text[:1].islower()
    """What was said before is lost too, and whose it was."""
    is_known = labels[0].role is not None or len(labels[0].tokens) == 1
    is_next = (is_known and not is_cut) or text.endswith("?")
    is_called = is_next or any(label.tokens[-1].title() in text for label in labels)
    is_lost = any(label.is_bare for label in labels) and _GOES_ON.match(text) is None
    is_greeting = _GREETS.match(text[:_GREETS_WITHIN]) and not _WELCOMES_BACK.match(text) and not puts_on_air(text)
    return (is_called or is_lost) and not is_greeting
