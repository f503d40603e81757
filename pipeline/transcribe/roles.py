"""What part people play, where their labels do not say it: by their first words and by what hosts say of them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.transcribe.callers import give_callers, is_caller
from pipeline.transcribe.evidence import is_from_outlet, sign_off
from pipeline.transcribe.hosting import called_roles, co_hosts, named_hosts, opens_program, welcomes_others
from pipeline.transcribe.lost_hosts import give_lost_hosts
from pipeline.transcribe.parts import Cast, Part, cast_of, key_of
from pipeline.transcribe.passages import Passage
from pipeline.transcribe.speakers import Speaker

# How guests answer a welcome: in their first words.
_GUEST_GREETS = re.compile(
    r"(?:(?:\([^)]{1,30}\)|Oh|Hi|Hey|Hello|Well|Yes|Sure|Good (?:morning|evening|afternoon)|\w{1,20})[,.!]? ){0,3}"
    r"(?:(?:Thank you|Thanks)\b(?: (?:so|very) much)?,?(?: \w+,)? ?(?:for (?:having|inviting|the invit)|[.!])"
    r"|(?:[Ii]t's|[Ii]t’s|[Ii]t is|I'm|I’m) (?:so |very |really |a |my )?"
    r"(?:pleasure|great to|good to|nice to|glad to|happy to|honored to|delighted to|excited to|wonderful to|honor)"
    r"|(?:So |Very |Really )?(?:[Gg]reat|[Gg]ood|[Nn]ice|[Gg]lad|[Hh]appy|[Ee]xcited|[Hh]onored|[Dd]elighted)"
    r" to (?:be|talk|speak|join)"
    r"|(?:My|A|What a) pleasure\b|Thank you (?:so|very) much\b|Thank you for\b|Thanks for\b)"
)
_GREETING_WITHIN = 160
_IS_GLAD = re.compile(
    r"(?:(?:it(?:'s|’s)|i(?:'m|’m)) )?(?:(?:so|very|really|a) )?"
    r"(?:good|great|glad|happy|nice|pleasure|honored|delighted) to be (?:here|with you|back|on)\b"
    r"|(?:thanks|thank you)(?: so much| very much)? for (?:having|inviting) (?:me|us)\b",
    re.IGNORECASE,
)
_GREETS_WITHIN = 3
_GLAD_WITHIN = 100
_ANNOUNCEMENT = re.compile(
    r"(?:This is|From|You're listening to|You’re listening to|The following (?:program|message)|Support for|"
    r"Live from|It's time for)\b"
)
_LONGEST_ANNOUNCEMENT = 250
"""Characters: an announcer's only turn is an ident or a billboard."""
_BILLBOARD = re.compile(r"From (?:NPR|PRX|PRI|[KW][A-Z]{2,3})\b.{0,60}?\bthis is [A-Z]{2,}")
"""«From NPR and WBEZ Chicago, this is WAIT WAIT...»: no reporter, whatever his label."""
_CALLS_HOST = re.compile(r"\b[Hh]ere(?:'s|’s| is) your host\b")
_COMPANY = re.compile(
    r"\b[Oo]ur (?:[\w-]+ ){0,2}?"
    r"(?:musician|puzzle (?:guru|editor|master)|judge|scorekeeper|producer|engineer|director|editor),? $"
)
_COMPANY_WITHIN = 60
"""«With me is our house musician, Jonathan Coulton»: neither guest nor host."""
_PART_PLAYED = re.compile(r"\(As [A-Z]")
# What hosts say of those who are about to speak, and to those who have spoken.
_WELCOMES = re.compile(
    r"\b(?:joins? (?:us|me)|joined (?:now |today )?by|joining (?:us|me)|(?:is|are) (?:here )?with (?:us|me)"
    r"|with us now|on the line|in (?:our|the) studio|our guest|contestants?\b|ready (?:for our|to play)"
    r"|(?:speak|talk|spoke|talked) (?:now )?(?:with|to)"
    r"|turn(?:ing)? (?:now )?to|[Ww]elcome(?: back)?\b(?! to (?!the (?:program|show)|our))"
    r"|(?:[Tt]hank you|[Tt]hanks)(?: (?:so|very) much)?(?: again)? for (?:joining|being|talking|speaking|coming|taking"
    r"|your time|this|sharing))\b"
)
_WELCOME_AROUND = 160
_JOINS = re.compile(
    r"\b(?:[Jj]oining (?:us|me)(?: now| today| here)* (?:is|are)|[Jj]oined (?:now |today )?by"
    r"|[Mm]y guest(?: today)?(?:,| is)|[Oo]ur guest(?: today)?(?:,| is)|[Ww]elcome(?: back)?,?)(?: [^.?!]{1,80})? $"
)
_RULES_OF_LOST_LABELS = frozenset(("introduction", "mention", "byline"))
_SUFFIX = re.compile(r" (?:Jr\.|Sr\.|II|III|IV)$")
_PERFORMS = re.compile(r"\((?:[Ss]oundbite|SOUNDBITE|[Ss]inging|[Aa]s |[Rr]eading|[Cc]hanting)")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a page says of its transcript elsewhere: all its words, its programme, the hosts whom its credits name."""

    text: str
    program: str | None = None
    hosts: frozenset[str] = frozenset()
    above: tuple[str, ...] = ()
    """What stands above the transcript."""
    credited: Mapping[str, str] = field(default_factory=dict)
    """Guests and reporters by name, as the credits above say."""


def with_roles(passages: Sequence[Passage], speakers: Sequence[Speaker], page: Setting) -> list[Speaker]:
    """The speakers with the roles that the page's words give them; a role that a label prints stands, but for BYLINE.

    NPR prints BYLINE also before announcers (`SYLVIE DOUGLIS, BYLINE: This is PLANET MONEY from NPR.`).
    """
    cast = cast_of(passages, speakers)
    known = page.hosts | named_hosts(page.above)
    is_old = _is_old_style(passages)
    for key, part in cast.parts.items():
        if cast.roles[key] is None or cast.roles[key] == "reporter":
            is_host = not _is_of_company(part, page.text) and (key in known or _is_host(part, page))
            told = page.credited.get(key) or _role(part, page.text, is_old=is_old)
            cast.roles[key] = "host" if is_host else told or cast.roles[key]
    _give_hosts(cast)
    give_lost_hosts(cast, passages)
    _give_guests(cast)
    return [_renewed(speaker, cast.roles.get(key_of(passage, speaker) or ""))
            for passage, speaker in zip(passages, speakers, strict=True)]  # fmt: skip


def _is_host(part: Part, page: Setting) -> bool:
    """Somebody who opens the programme; or whose full label, with HOST in it, was lost.

    Extractors lose labels that stand in paragraphs of their own, as hosts' do; reporters' stand before their words.
    """
    name, label, is_byline = part.speaker.name, part.passage.label, part.speaker.role == "reporter"
    if name is None:
        return label is not None and welcomes_others(part.texts)
    if opens_program(part.texts, name, page.program, is_byline=is_byline):
        return True
    is_lost = label is not None and len(label.tokens) == 1 and part.speaker.rule in _RULES_OF_LOST_LABELS
    return is_lost and (welcomes_others(part.texts) or any(is_from_outlet(name, text) for text in page.above))


def _role(part: Part, page_text: str, *, is_old: bool) -> str | None:
    """What somebody is by his own words, or by the style of his label."""
    first = part.texts[0]
    if _BILLBOARD.match(first) or _calls_host(part):
        return "announcer"
    if _is_of_company(part, page_text):
        return "other"
    if part.speaker.role == "reporter":
        return _role_behind_byline(part, first)
    if is_caller(part.passage, first):
        return "caller"
    is_bare = is_old and _has_bare_name(part) and not _is_announced_guest(part.speaker.name or "", page_text)
    return "reporter" if is_bare or _is_reporter(part, page_text) else None


def _role_behind_byline(part: Part, first: str) -> str | None:
    if _PART_PLAYED.match(first):
        return "other"
    is_short = len(part.texts) == 1 and len(first) < _LONGEST_ANNOUNCEMENT
    return "announcer" if is_short and _ANNOUNCEMENT.match(first) else None


def _is_of_company(part: Part, page_text: str) -> bool:
    """Somebody who calls the host to the microphone, or whom the host calls a part of the house."""
    if _calls_host(part):
        return True
    name = part.speaker.name
    start = page_text.find(name) if name is not None else -1
    while name is not None and start >= 0:
        if _COMPANY.search(page_text[max(0, start - _COMPANY_WITHIN) : start]):
            return True
        start = page_text.find(name, start + len(name))
    return False


def _calls_host(part: Part) -> bool:
    """«And here's your host, Peter Sagal»."""
    return any("your host" in text and _CALLS_HOST.search(text) for text in part.texts)


def _is_announced_guest(name: str, text: str) -> bool:
    """«And joining us is puzzlemaster Will Shortz»: whom no outlet claims."""
    start = text.find(name)
    while start >= 0:
        if _JOINS.search(text[max(0, start - _WELCOME_AROUND) : start]):
            return not is_from_outlet(name, text)
        start = text.find(name, start + len(name))
    return False


def _is_reporter(part: Part, page_text: str) -> bool:
    """Somebody who signs off as reporters do, or whom the page calls an outlet's own and who is no guest."""
    name = part.speaker.name
    if name is None:
        return False
    if sign_off(part.texts[-1], name) is not None:
        return True
    return is_from_outlet(name, page_text) and not _greets_as_guest(part)


def _is_old_style(passages: Sequence[Passage]) -> bool:
    """Whether a page has the style of NPR until 2011: `, host:`, or strangers with honorifics.

    Copies that print `, Host:` have neither: in them a bare name may be anybody's.
    """
    labels = [passage.label for passage in passages if passage.label is not None]
    return any(label.has_small_role or (label.honorific is not None and label.affiliation) for label in labels)


def _has_bare_name(part: Part) -> bool:
    """A full name without honorific, office or affiliation, of somebody who neither sings nor plays a part."""
    label = part.passage.label
    return (
        label is not None
        and len(label.tokens) > 1
        and label.honorific is None
        and label.affiliation is None
        and label.printed == " ".join(label.tokens)
        and _PERFORMS.match(part.texts[0]) is None
        and not _greets_as_guest(part)
    )


def _greets_as_guest(part: Part) -> bool:
    return _GUEST_GREETS.match(part.texts[0][:_GREETING_WITHIN]) is not None


def _give_hosts(cast: Cast) -> None:
    """The hosts whom other hosts' words show, and the reporters whom they call."""
    for key in (*co_hosts(cast.pairs, cast.roles), *co_hosts(cast.pairs, cast.roles)):
        cast.roles[key] = cast.roles[key] or "host"
    for key, caller, role in called_roles(cast.pairs):
        cast.roles[key] = cast.roles[key] or role
        if role == "reporter" and not any(found == "host" for found in cast.roles.values()):
            cast.roles[caller] = cast.roles[caller] or "host"


def _give_guests(cast: Cast) -> None:
    """Those whom hosts call to the microphone, welcome, thank or ask."""
    hosts = {key for key, role in cast.roles.items() if role == "host"}
    if not hosts or all(cast.roles.values()):
        return
    said = list(_welcomes(cast.parts[key].texts for key in hosts))
    for (former, asked), (follower, _) in cast.pairs:
        if former in hosts and follower not in hosts:
            part = cast.parts[follower]
            part.replies += 1
            part.answers += asked.rstrip().endswith("?")
    give_callers(cast, hosts)
    is_alone = len(cast.parts) == len(hosts) + 1
    is_live = any(_is_labelled_host(cast.parts[key]) for key in hosts)
    for key, part in cast.parts.items():
        if cast.roles[key] is None and (
            _is_welcomed(part, said) or (is_live and _is_interviewed(part, is_alone=is_alone))
        ):
            cast.roles[key] = "guest"


def _is_labelled_host(part: Part) -> bool:
    """A HOST by his label, or one whose label was lost: storytellers (Radiolab) have none, and ask people on tape."""
    label = part.passage.label
    return label is None or label.role == "host"


def _welcomes(texts: Iterable[Sequence[str]]) -> Iterator[str]:
    """What the hosts say around a welcome or thanks."""
    for said in texts:
        for text in said:
            for found in _WELCOMES.finditer(text):
                yield text[max(0, found.start() - _WELCOME_AROUND) : found.end() + _WELCOME_AROUND]


def _is_welcomed(part: Part, welcomes: Sequence[str]) -> bool:
    """Somebody who answers a welcome as guests do, or whom the hosts welcome or thank by name.

    A taste of what a guest says may stand before his welcome.
    """
    if _greets_as_guest(part) or any(_IS_GLAD.search(text[:_GLAD_WITHIN]) for text in part.texts[1:_GREETS_WITHIN]):
        return True
    name = _SUFFIX.sub("", part.speaker.name or "")
    if not name:
        return False
    first = name.partition(" ")[0]
    return any(name in said or (first in said and "contestant" in said) for said in welcomes)


def _is_interviewed(part: Part, *, is_alone: bool) -> bool:
    """Somebody who answers hosts again and again; voices on tape follow what hosts tell, not what they ask.

    `is_alone`: nobody else speaks with the hosts.
    """
    if part.speaker.name is None or part.replies * 2 < len(part.texts):
        return False
    if is_alone and part.answers > 0:
        return True
    return part.answers > 1 and part.answers * 2 >= part.replies


def _renewed(speaker: Speaker, role: str | None) -> Speaker:
    return replace(speaker, role=role) if role is not None and role != speaker.role else speaker
