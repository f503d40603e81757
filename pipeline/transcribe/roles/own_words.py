"""What part people play by their own words, by the style of their labels, and by what the page says of each."""

import re
from collections.abc import Collection, Sequence

from pipeline.transcribe.evidence.announcements import reads_notice, says_what_is_on
from pipeline.transcribe.evidence.introductions import says_own_name
from pipeline.transcribe.evidence.outlets import is_from_outlet, reviews_for_outlet
from pipeline.transcribe.evidence.sign_offs import sign_off
from pipeline.transcribe.evidence.spoken_forms import YOU_LISTEN
from pipeline.transcribe.evidence.teasers import reporting_above
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.roles.callers import is_caller
from pipeline.transcribe.roles.company import role_beside_hosts
from pipeline.transcribe.roles.guests import greets_as_guest, has_told_us, is_announced_guest
from pipeline.transcribe.roles.hosting import (
    is_co_host,
    is_host_of_ours,
    opens_program,
    says_host,
    speaks_as_host,
    welcomes_to_own,
    welcomes_to_program,
)
from pipeline.transcribe.roles.lost_hosts import is_lost_host
from pipeline.transcribe.roles.named_above import hosts_credited, named_hosts
from pipeline.transcribe.roles.panels import panel_of
from pipeline.transcribe.roles.setting import Setting
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.sought import Sought
from pipeline.transcribe.speakers.hand_overs import is_presented_as_own
from pipeline.transcribe.speakers.parts import Cast, Part
from pipeline.transcribe.speakers.speaker import Speaker
from pipeline.transcribe.words import has_words

_LONGEST_PRAISE = 250
"""Characters in which a friend of the programme says who he is and what others listen to."""
_YOU_LISTEN = Sought(rf"\b{YOU_LISTEN} [^.?!]{{2,60}}[.!]$", "listening to ")
_CREDITS = 2
"""Last words in which a podcast's credits are said."""
_MOST_HOSTS = 2
"""Who open a programme together."""
_BILLBOARD = re.compile(
    r"From (?:(?:NPR|PRX|PRI|[KW][A-Z]{2,3})\b(?:(?!I['’]m ).){0,60}?\b[Tt]his is "
    r"(?:[A-Z]{2,}|(?:the )?[A-Z][\w ]{2,40}\.$)"
    r"|NPR and [KW][A-Z]{3}[- ][A-Z](?![\w .]{1,30}, I['’]m ))"
)
"""«From NPR and WBEZ Chicago, this is WAIT WAIT...»: no reporter, whatever his label. «From NPR News, I'm Ana Diaz and
this is ...» is a host, or one on tape."""
_COVERS = Sought(r"\bI (?:also )?cover [a-zA-Z]", "cover")
_PART_PLAYED = re.compile(r"\(As [A-Z]")


def give_own_roles(cast: Cast, passages: Sequence[Passage], page: Setting) -> None:
    """The roles that people's own words, their labels' style, or what the page says of them give them."""
    credits_said = [passage.text for passage in passages if not passage.is_cue][-_CREDITS:]
    known = page.hosts | named_hosts(page.above) | hosts_credited(credits_said)
    reporting = reporting_above(page.above)
    is_old = _is_old_style(passages)
    panel = panel_of(cast) if is_old else set[str]()
    labels = [passage.label for passage in passages if passage.label is not None]
    is_by_first_names = all(len(label.tokens) <= 1 for label in labels)
    cast.roles.update(dict.fromkeys(_who_say_what_is_on(cast), "announcer"))
    for key, part in cast.parts.items():
        if cast.roles[key] not in (None, "reporter"):
            continue
        beside = role_beside_hosts(part, page.text)
        if beside is None and (
            _is_named(key, cast, page, known) or _is_host(part, page) or _is_lost_host(key, cast, page.above)
        ):
            cast.roles[key] = "host"
            continue
        told = (
            page.credited.get(key)
            or ("reporter" if key in reporting else None)
            or _part_played(part)
            or _role(
                part,
                page.text,
                beside,
                is_old=is_old and key not in panel and not _only_hosts(key, page),
                is_by_first_names=is_by_first_names,
            )
        )
        cast.roles[key] = told or cast.roles[key]
        if cast.roles[key] is None and greets_as_guest(part) and is_presented_as_own(cast, key):
            cast.roles[key] = "reporter"


def _only_hosts(key: str, page: Setting) -> bool:
    """Whether somebody is known for hosting alone: a bare name tells of no reporter then, but of a host on tape."""
    standing = page.known(key)
    return standing is not None and "host" in standing.roles and "reporter" not in standing.roles


def _who_say_what_is_on(cast: Cast) -> list[str]:
    """Several of whom each says his name and what others are listening to, and no more: friends of the programme.

    «I'm Mary Robinson, former president of Ireland. And you're listening to Freakonomics Radio.»
    """
    found = [
        key
        for key, part in cast.parts.items()
        if cast.roles[key] is None
        and len(part.texts) == 1
        and len(part.texts[0]) < _LONGEST_PRAISE
        and _YOU_LISTEN.search(part.texts[0])
        and part.speaker.name is not None
        and says_own_name(part.texts[0], part.speaker.name)
    ]
    return found if len(found) > _MOST_HOSTS else []


def _is_named(key: str, cast: Cast, page: Setting, known: Collection[str]) -> bool:
    """Whether the page names somebody as its host, and not as one who hosts elsewhere and is a guest here.

    `known` are those whom it names. «NPR's Ana Diaz talks with ...» stands above, and below a host calls her.
    """
    is_known = key in known and not is_announced_guest(key, page.text)
    is_known = is_known and (key in page.hosts or not is_presented_as_own(cast, key))
    return is_known or is_host_of_ours(key, page.text)


def _is_host(part: Part, page: Setting) -> bool:
    """Somebody who opens the programme, welcomes others to it, or says that he hosts it, as his fellow host may."""
    name, is_byline = part.speaker.name, part.speaker.role == "reporter"
    if name is None:
        return False
    if opens_program(part.texts, name, page.program, is_byline=is_byline):
        return True
    if not is_byline and (
        says_host(part.texts)
        or is_co_host(name, page.text)
        or welcomes_to_own(part.texts, name)
        or speaks_as_host(part.texts, name)
    ):
        return True
    return welcomes_to_program(part.texts)


def _is_lost_host(key: str, cast: Cast, above: Sequence[str]) -> bool:
    """Whether of a host's label, with HOST in it, a bare surname is left.

    Extractors lose labels that stand in paragraphs of their own, as hosts' do; reporters' stand before their words. One
    whom somebody here presents as an outlet's own («Here is NPR's Ana Diaz») is none.
    """
    name = cast.parts[key].speaker.name
    return name is not None and is_lost_host(cast.parts[key], name, above) and not is_presented_as_own(cast, key)


def _role(part: Part, page_text: str, beside: str | None, *, is_old: bool, is_by_first_names: bool) -> str | None:
    """What somebody is by his own words, or by the style of his label; `beside`: what he is beside the hosts."""
    first = part.texts[0]
    if _BILLBOARD.match(first):
        return "announcer"
    if beside is not None:
        return beside
    if part.speaker.role == "reporter":
        return _role_behind_byline(part, first)
    if is_caller(part.passage, first, is_by_first_names=is_by_first_names):
        return "caller"
    if len(part.texts) == 1 and reads_notice(first):
        return "announcer"
    name = part.speaker.name or ""
    is_stranger = is_announced_guest(name, page_text) or has_told_us(name, page_text)
    is_bare = is_old and _has_bare_name(part) and not is_stranger
    return "reporter" if is_bare or _is_reporter(part, page_text) else None


def _part_played(part: Part) -> str | None:
    """What somebody is who is heard in a part alone, and in no scene of a film: an actor lends another his voice."""
    return "other" if not part.in_scene and all(map(_PART_PLAYED.match, part.texts)) else None


def _role_behind_byline(part: Part, first: str) -> str | None:
    """The role of announcer for who says once what is on; «This is Miles Parks. I cover voting.» says who is heard."""
    given = (part.speaker.name or "").partition(" ")[0]
    is_himself = bool(given) and has_words(f"This is {given}", first.partition(".")[0])
    return "announcer" if len(part.texts) == 1 and says_what_is_on(first) and not is_himself else None


def announced_by_nobody(passage: Passage, speaker: Speaker) -> str | None:
    """The role of an announcer whom nobody names: `UNIDENTIFIED PERSON, BYLINE: This is PLANET MONEY from NPR.`."""
    is_nobodys = passage.label is not None and passage.label.printed.startswith("UNIDENTIFIED")
    return "announcer" if is_nobodys and speaker.role == "reporter" and says_what_is_on(passage.text) else None


def _is_reporter(part: Part, page_text: str) -> bool:
    """Somebody who signs off as reporters do, or whom the page calls an outlet's own and who is no guest."""
    name = part.speaker.name
    if name is None:
        return False
    if sign_off(part.texts[-1], name) is not None or any(_says_beat(text, name) for text in part.texts):
        return True
    is_own = is_from_outlet(name, page_text) or reviews_for_outlet(name, page_text)
    return is_own and not greets_as_guest(part)


def _says_beat(text: str, name: str) -> bool:
    """«I'm Ana Diaz. I cover Congress.»: as reporters say who they are."""
    return _COVERS.search(text) is not None and says_own_name(text, name)


def _is_old_style(passages: Sequence[Passage]) -> bool:
    """Whether a page has the style of NPR until 2011: `, host:`, or strangers with honorifics.

    Copies that print `, Host:` have neither: in them a bare name may be anybody's. So it is on pages of 2011 on, which
    print offices in capitals.
    """
    labels = [passage.label for passage in passages if passage.label is not None]
    is_old = any(label.has_small_role or (label.affiliation and _has_small_title(label)) for label in labels)
    return is_old and not any(map(_has_office_in_capitals, labels))


def _has_office_in_capitals(label: Label) -> bool:
    """`MAYOR CHAZ ALLEN`."""
    return len(label.tokens) > 1 and label.printed.isupper() and not label.printed.startswith(label.tokens[0])


def _has_small_title(label: Label) -> bool:
    """`Mr. STEVE HELY (Comedy writer)`, `Senator MARY LANDRIEU (Democrat, Louisiana)`."""
    return label.printed[:2].istitle() and label.printed.split()[-1].isupper()


def _has_bare_name(part: Part) -> bool:
    """A full name without honorific, office or affiliation, of somebody who neither sings nor plays a part."""
    label = part.passage.label
    return (
        label is not None
        and len(label.tokens) > 1
        and label.tokens[0].isupper()
        and label.affiliation is None
        and label.printed == " ".join(label.tokens)
        and not part.performs
        and not greets_as_guest(part)
    )
