"""Full names of hosts of whom the page prints the surname alone, by how those who answer greet them.

`WERTHEIMER: ... Hi, Steven.` - `STEVEN PETROW: Hi, Linda. Nice to be with you.`: Linda Wertheimer.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.transcribe.census import census_given
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.names import Spellings, proper_name
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.speakers.speaker import CONFIDENCE, Speaker

_GREETS = re.compile(
    r"(?:(?:Oh|Well|Yes|Yeah),? )?"
    r"(?:(?:Hi|Hey|Hello|[Gg]ood (?:morning|afternoon|evening)|Morning|Thanks|Thank you)(?: there| so much| very much)?"
    r"(?: for having (?:me|us))?"
    r"|(?:It's |It’s )?(?:[Gg]ood|[Gg]reat|[Nn]ice|[Gg]lad|[Hh]appy) to be (?:here|with you)),? "
    r"(?P<given>[A-Z][a-z]{1,15})(?:[.,!?]| -)"
    r"|(?P<called>[A-Z][a-z]{2,15}), (?:hi|hey|hello|good (?:morning|afternoon|evening)|thanks|thank you"
    r"|(?:it's |it’s |I'm |I’m )?(?:so |very |really |a )?(?:good|great|nice|glad|happy|delighted|wonderful|pleasure)"
    r" to)\b"
)
_LONGEST_INITIALS = 3
_GREETS_WITHIN = 80
_SAYS_NAME = re.compile(r"(?:And )?(?:I'm|I’m|I am) [A-Z]")


def with_greeted_hosts(
    passages: Sequence[Passage],
    speakers: Sequence[Speaker],
    spellings: Spellings,
    knows: Callable[[str], bool] = lambda _name: False,
) -> list[Speaker]:
    """The speakers, with the names of hosts whom all who greet them call by one name that is nobody else's.

    `knows` says whether anybody in public radio has a full name, or a surname: who has a known one and not that first
    name is not the one who was greeted.
    """
    lost = {
        passage.label.tokens
        for passage, speaker in zip(passages, speakers, strict=True)
        if speaker.role == "host" and speaker.name is None and passage.label and _is_surname(passage.label)
    }
    if not lost:
        return list(speakers)
    others = {speaker.name.partition(" ")[0] for speaker in speakers if speaker.name}
    names: dict[tuple[str, ...], str] = {}
    for tokens in lost:
        given = set(_greetings(passages, tokens, is_alone=len(lost) == 1))
        if len(given) == 1 and given.isdisjoint(others) and given.isdisjoint((tokens[0].title(),)):
            name = f"{given.pop()} {proper_name(tokens, spellings)}"
            if knows(name) or not knows(tokens[0]):
                names[tokens] = name
    confidence = CONFIDENCE["mention"]
    return [
        replace(speaker, name=names[passage.label.tokens], rule="mention", confidence=confidence)
        if passage.label and passage.label.tokens in names and speaker.name is None
        else speaker
        for passage, speaker in zip(passages, speakers, strict=True)
    ]


def _is_surname(label: Label) -> bool:
    """One word in capitals that is not initials: `DIAZ`, but not `AD`."""
    return len(label.tokens) == 1 and label.printed.isupper() and len(label.printed) > _LONGEST_INITIALS


def _greetings(passages: Sequence[Passage], tokens: tuple[str, ...], *, is_alone: bool) -> Iterator[str]:
    """The given names by which those are greeted who have this label, right behind their words.

    `is_alone`: no other host's name is open, so words before all labels are his as well.
    """
    speech = (passage for passage in passages if not passage.is_cue)
    for former, follower in pairwise(speech):
        is_his = former.is_lead and is_alone if former.label is None else former.label.tokens == tokens
        if not is_his or follower.label is None:
            continue
        found = _GREETS.match(follower.text[:_GREETS_WITHIN]) if follower.label.tokens != tokens else None
        # «Well, thank you.», «Sure, happy to be here.»: who begins an answer has a name that Americans have.
        if found and (found["given"] or found["called"].lower() in census_given()):
            yield found["given"] or found["called"]


def with_named_lead(passages: Sequence[Passage], speakers: Sequence[Speaker]) -> list[Speaker]:
    """The speakers, with a name for a host's words without a label where one host alone can have said them.

    `SCHMITZ:` stands behind a full label `ROB SCHMITZ, HOST:` that a reader lost with the paragraph it was; the words
    under it are left. Where no other words of the page lack a label, they are these, if his surname comes behind them.
    """
    found = list(speakers)
    speech = [index for index, passage in enumerate(passages) if not passage.is_cue]
    unlabelled = [index for index in speech if passages[index].label is None]
    if len(unlabelled) != 1:
        return found
    hosts = {
        passage.label.printed: (passage.label, speaker)
        for passage, speaker in zip(passages, speakers, strict=True)
        if passage.label is not None and speaker.role == "host"
    }
    if len(hosts) != 1:
        return found
    (place,) = unlabelled
    ((label, host),) = hosts.values()
    is_behind = any(passage.label is not None and passage.label.tokens == label.tokens for passage in passages[:place])
    is_lost = len(label.tokens) == 1 and label.printed.isupper() and label.role is None and not is_behind
    follower = next((passages[index].text for index in speech if index > place), "")
    is_another = _SAYS_NAME.match(follower) is not None  # «...from NPR News.» `MARTIN: I'm Michel Martin.`
    if found[place].name is None and found[place].role == "host" and is_lost and host.name and not is_another:
        found[place] = replace(host, rule="mention", confidence=CONFIDENCE["mention"])
    return found
