"""Hosts of whom nothing but a surname is left: extractors lose `NAME, HOST:`, which stands in a paragraph of its own.

The labels of reporters and guests stand before their words and survive; so on a page that begins with somebody whose
label is lost, or with a bare surname, and where others have full names, a bare surname that nobody is called by is a
host's. Of the pages that
crawls kept as text, half have lost such labels (1994 to 2026).
"""

import re
from collections.abc import Collection, Sequence

from pipeline.transcribe.evidence.slips import is_one_slip_off
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.names import fold
from pipeline.transcribe.roles.callers import asks_who
from pipeline.transcribe.roles.hosting import welcomes_others
from pipeline.transcribe.roles.named_above import talks_above
from pipeline.transcribe.roles.setting import Setting
from pipeline.transcribe.roles.tellings import only_tells, turns_to_another
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.speakers.parts import Cast, Part

_CAPITALISED = re.compile(r"[A-Z][a-z][\w'’-]{2,30}")
_RULES_OF_LOST_LABELS = frozenset(("introduction", "mention", "byline"))

_MOST_HOSTS = 3
"""More bare surnames than these are those of a page that begins in the midst of a programme."""


def is_lost_host(part: Part, name: str, above: Sequence[str]) -> bool:
    """Whether somebody of whom a bare surname is left is said above to talk with others."""
    label = part.passage.label
    is_bare = label is not None and len(label.tokens) == 1 and part.speaker.rule in _RULES_OF_LOST_LABELS
    return is_bare and talks_above(name, above)


def give_host_behind_byline(cast: Cast) -> None:
    """The role of host for who is heard first, behind a BYLINE, and welcomes others, where nobody else hosts."""
    key = next(iter(cast.parts), None)
    if key is not None and cast.roles[key] == "reporter" and not cast.has_host:
        part = cast.parts[key]
        if part.speaker.role == "reporter" and welcomes_others(part.texts):
            cast.roles[key] = "host"


def give_lost_hosts(cast: Cast, passages: Sequence[Passage], page: Setting) -> None:
    """The role of host for bare surnames, where words without a label show that labels are lost, or nobody hosts.

    Nor is a label lost of a passage, which begins with one and prints no roles: there a surname is a host's who asks,
    or who is known for hosting alone.
    Of whom the words above tell, without saying that he talks with others, the story is.
    """
    labels = [part.passage.label for part in cast.parts.values()]
    has_full_names = any(label is not None and len(label.tokens) > 1 for label in labels)
    speech = [passage for passage in passages if not passage.is_cue]
    if any(part.speaker.rule == "first_name" for part in cast.parts.values()) or any(map(_has_surname_up, labels)):
        return
    if (
        not speech
        or not (has_full_names or (speech[0].label is None and not cast.has_host))
        or (cast.has_host and not _is_label_lost(speech, cast))
    ):
        return
    said = "\n".join(passage.text for passage in speech)
    is_page = speech[0].label is None and bool(page.above)
    """Whether it begins with words whose label was lost, below a headline: a host tells of voices on tape, too."""
    is_lost = any(passage.label is None or passage.label.role for passage in speech)
    talking = {former for (former, said), (follower, _) in cast.pairs if former != follower and turns_to_another(said)}
    called = {fold(word) for word in _CAPITALISED.findall(said)}
    on_the_line = {follower for (_, asked), (follower, _) in cast.pairs if asks_who(asked)}
    lost = [
        key
        for key, part in cast.parts.items()
        if cast.roles[key] is None
        and key not in on_the_line
        and _is_bare_surname(part)
        and not _is_called(part, said, called)
        and not _is_told_of(part.speaker.name, page.above)
        and (is_lost or key in talking or page.known(key) is not None)
        and (is_page or not only_tells(key, cast))
    ]
    if len(lost) <= (1 if cast.has_host else _MOST_HOSTS):
        cast.roles.update(dict.fromkeys(lost, "host"))


def _has_surname_up(label: Label | None) -> bool:
    """`Boris JOHNSON`: a house that prints so (Freakonomics) calls nobody HOST, so no such word was lost."""
    if label is None or label.honorific is not None or len(label.tokens) < 2:
        return False
    return label.tokens[-1].isupper() and not label.tokens[0].isupper()


def _is_label_lost(speech: Sequence[Passage], cast: Cast) -> bool:
    """Whether words stand without a label, or a page begins with a surname that no full label was printed for."""
    first = speech[0].label
    if any(passage.label is None for passage in speech) or first is None:
        return True
    part = cast.parts.get(first.printed)
    return part is not None and _is_bare_surname(part)


def _is_bare_surname(part: Part) -> bool:
    label = part.passage.label
    if label is None or label.honorific is not None or label.affiliation is not None or part.only_performs:
        return False
    if part.speaker.name is not None and part.speaker.rule != "mention":
        return False
    return label.is_bare and len(label.printed) > 2


def _is_called(part: Part, said: str, called: Collection[str]) -> bool:
    """Whether somebody says the name, or it with a slip: callers and children are called by theirs, hosts by others."""
    if part.passage.label is None:
        return False
    name = part.passage.label.tokens[0]
    return name.title() in said or fold(name) in called or any(is_one_slip_off(fold(name), word) for word in called)


def _is_told_of(name: str | None, above: Sequence[str]) -> bool:
    return name is not None and any(name in text for text in above) and not talks_above(name, above)
