"""Is it a transcript? By its labels, its markup, or what it says of itself. A false one is worse than a missed one."""

import re
from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from pipeline.records import Page
from pipeline.transcribe.aired import may_be_aired
from pipeline.transcribe.bylines import credited_hosts, credited_roles
from pipeline.transcribe.dialogue import is_dialogue
from pipeline.transcribe.evidence.addressing import calls
from pipeline.transcribe.evidence.introductions import says_program
from pipeline.transcribe.labels.announced import says_transcript
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.roles.hosting import welcomes_others
from pipeline.transcribe.roles.interviews import speaks_to_one
from pipeline.transcribe.script.dividing import Script
from pipeline.transcribe.script.headers import is_said, opens_alone, opens_in_a_name
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.speakers.speaker import Speaker

_FEWEST_WORDS = 12
"""Shorter than the shortest real transcript met; a listing's teaser has fewer."""
_FEWEST_SURE_WORDS = 6
"""Where people say who they are, or are credited."""
_IN_PRINT_TOO = "INTERVIEWER"
"""Magazines print it before their questions as well."""
_FEWEST_VOICES = 2
_FEWEST_OF_ONE = 3
"""Labels of one voice below a heading; two where it says much."""
_MANY_WORDS_OF_ONE = 100
_FEWEST_WORDS_OF_ONE = 25
"""Of one voice whose label is lost."""
_FEWEST_UNLABELLED_WORDS = 100
"""In a page's own transcript container, so much speech is a transcript even where it names nobody."""
_TRANSCRIPT = re.compile(r"\bTranscript\b")
"""In a headline: `Transcript: The Mayor's Full Interview`."""
_MOST_FOOTERS = 2
"""A page with more copyright lines glues several stories together: a listing or a person's page."""
_OF_TRANSCRIPTS = ("Transcript provided", "NPR. All rights reserved. Visit our website terms of use and permissions")
_SOUNDBITES = ("(SOUNDBITE OF ", "(Soundbite of ")


def is_transcript(page: Page, script: Script, speakers: Sequence[Speaker], *, is_of_source: bool) -> bool:
    """Whether the labels, or a container of the page's own, make it a transcript, and one alone.

    `is_of_source`: whether a site of public radio that is known has it.
    """
    own = [passage for passage in script.passages if passage.label is not None and not passage.is_carried]
    is_aired = partial(may_be_aired, page, script.passages, speakers, is_of_source=is_of_source)
    is_conversation = script.is_conversation and is_aired()
    is_sure = bool(own) and (page.has_container or is_conversation or _is_credited(script, own))
    if is_listing(script) or not _has_words(script.passages, _FEWEST_SURE_WORDS if is_sure else _FEWEST_WORDS):
        return False
    if is_sure or (page.has_container and _has_words(script.passages, _FEWEST_UNLABELLED_WORDS)):
        return True
    if not own:
        return opens(page, script) and _has_words(script.passages, _FEWEST_WORDS_OF_ONE)
    is_on_air = script.is_stamped or _has_soundbite(script) or _says_program(script, speakers)
    if is_on_air or _has_roles(script, own) or (script.is_headed and _is_one_voice(own)):
        return True
    if len(own) == 1:
        return _is_provided(script) or _is_asked_before(own[0], script)
    said = [
        (passage, speaker)
        for passage, speaker in zip(script.passages, speakers, strict=True)
        if passage.label is not None
    ]
    # Who says his name above all labels, or I and we, speaks as they do.
    heard = [
        passage
        for passage, speaker in zip(script.passages, speakers, strict=True)
        if passage.label is not None or not (speaker.name or (passage.is_lead and is_said(passage.text)))
    ]
    is_talk = _is_welcomed(script, speakers) or is_dialogue(said, heard)
    return _is_announced(page, script) or (is_talk and is_aired())


def opens(page: Page, script: Script) -> bool:
    """Whether its first words open a programme in somebody's name, or as a page does that is called a transcript.

    Newsletters greet as hosts do («Good morning, I'm Ana Diaz.»): the copyright line of transcripts must stand below.
    Rundowns too name their programme («You're listening to MORNING EDITION from NPR News.»).
    """
    first = next((passage.text for passage in script.passages if not passage.is_cue), "")
    if not opens_alone(first):
        return False
    is_named = opens_in_a_name(first)
    return is_named or _is_provided(script) or (not first.startswith("Good ") and says_transcript(page.blocks))


def _is_asked_before(passage: Passage, script: Script) -> bool:
    """Whether words without a label name in full the one who has one, and turn to him: their own label was lost."""
    label = passage.label
    lead = [passage.text for passage in script.passages if passage.is_lead]
    if not lead or label is None or len(label.tokens) < 2 or not label.printed.isupper():
        return False
    is_named = " ".join(label.tokens).casefold() in " ".join(lead).casefold()
    return is_named and (calls(lead[-1], label.tokens[0].title()) or speaks_to_one(lead[-1]))


def _is_welcomed(script: Script, speakers: Sequence[Speaker]) -> bool:
    """Whether words without a label name in full somebody who has one, and welcome him as hosts do; two have labels."""
    lead = [passage.text for passage in script.passages if passage.is_lead]
    labels = {passage.label.printed for passage in script.passages if passage.label is not None}
    if len(labels) < _FEWEST_VOICES or not welcomes_others(lead):
        return False
    said = " ".join(lead)
    names = (speaker.name for passage, speaker in zip(script.passages, speakers, strict=True) if passage.label)
    return any(name is not None and name in said for name in names)


def _is_one_voice(own: Sequence[Passage]) -> bool:
    """Whether one person's label alone comes back again and again, as where a host reads letters."""
    printed = {passage.label.printed for passage in own if passage.label is not None and passage.label.is_named}
    is_back = len(own) >= _FEWEST_OF_ONE or (len(own) > 1 and _has_words(own, _MANY_WORDS_OF_ONE))
    return len(printed) == 1 and is_back


def is_listing(script: Script) -> bool:
    """Whether several stories stand on one page: by its copyright lines, or dates between its labels."""
    return script.is_listing or script.footers > _MOST_FOOTERS or (script.is_glued and script.footers > 1)


def _has_words(passages: Sequence[Passage], fewest: int) -> bool:
    words = 0
    for passage in passages:
        words += 0 if passage.is_cue else len(passage.text.split())
        if words >= fewest:
            return True
    return False


def _is_credited(script: Script, labelled: Sequence[Passage]) -> bool:
    """A host whom the credits above name speaks: `HOST: Steve Curwood`, then CURWOOD:; a reporter beside others."""
    surnames = {name.split()[-1].upper() for name in credited_hosts(script.header)}
    said = [passage.label.tokens for passage in labelled if passage.label and passage.label.tokens]
    if any(tokens[-1] in surnames for tokens in said):
        return True
    reporters = {name.upper() for name, role in credited_roles(script.header).items() if role == "reporter"}
    return len({*said}) > 1 and any(" ".join(tokens) in reporters for tokens in said)


def _has_roles(script: Script, labelled: Sequence[Passage]) -> bool:
    """A HOST or BYLINE label and another one, or a host's words alone: nothing but a transcript prints these.

    Nor does anything else print UNIDENTIFIED PERSON, or `Mr. ED HALE (Baker):` and `Mr. HALE:`, an honorific in small
    letters before capitals, beside a host's surname without one: minutes and hearings print one before everybody.
    """
    labels = [passage.label for passage in labelled if passage.label is not None]
    is_mixed = len({label.printed for label in labels}) == 1 or any(label.honorific is None for label in labels)
    places = (place for place, label in enumerate(labels) if _is_of_radio(label, is_mixed=is_mixed))
    first = next((labelled[place] for place in places), None)
    if first is None:
        return False
    if len(labelled) > 1 or any(passage.is_lead or passage.is_cue for passage in script.passages):
        return True
    return _is_provided(script) or len(first.text.split()) >= _FEWEST_WORDS * 2


def _is_of_radio(label: Label, *, is_mixed: bool) -> bool:
    printed = label.printed.upper()
    return (
        (label.role in ("host", "reporter") and printed != _IN_PRINT_TOO)
        or printed.startswith("UNIDENTIFIED")
        or (
            label.honorific is not None
            and (label.affiliation is not None or (is_mixed and _is_in_capitals_behind(label)))
        )
    )


def _is_in_capitals_behind(label: Label) -> bool:
    """Whether a surname in capitals stands behind `Mr.` and the like; Australia's parliament prints `Mr HALE:`."""
    is_stopped = label.printed.partition(" ")[0].endswith(".")
    return is_stopped and bool(label.tokens) and label.tokens[-1].isupper() and not label.printed.isupper()


def _has_soundbite(script: Script) -> bool:
    """`(SOUNDBITE OF ...)` and a label right behind it: nothing but a transcript prints these."""
    return any(
        cue.is_cue and cue.text.startswith(_SOUNDBITES) and passage.label is not None and not passage.is_carried
        for cue, passage in pairwise(script.passages)
    )


def _says_program(script: Script, speakers: Sequence[Speaker]) -> bool:
    """Whether somebody says on which programme he speaks, with a label or without."""
    return any(
        speaker.rule == "ident" or (passage.label and speaker.name and says_program(passage.text, speaker.name))
        for passage, speaker in zip(script.passages, speakers, strict=True)
    )


def _is_announced(page: Page, script: Script) -> bool:
    """A page that says itself that it holds a transcript, and prints labels in capitals."""
    labels = {passage.label.printed for passage in script.passages if passage.label is not None}
    is_said = _TRANSCRIPT.search(page.title or "") is not None or says_transcript(page.blocks)
    return len(labels) > 1 and (is_said or _is_provided(script))


def _is_provided(script: Script) -> bool:
    """Whether a copyright line stands below that NPR, or a station, prints under nothing but transcripts of NPR's."""
    return script.rights is not None and any(words in script.rights for words in _OF_TRANSCRIPTS)
