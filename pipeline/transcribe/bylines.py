"""Bylines: who made the story, persons apart from organisations, with role and affiliation in their own columns."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import Byline, PrintedByline
from pipeline.transcribe.evidence.makers import makers
from pipeline.transcribe.evidence.sign_offs import sign_off
from pipeline.transcribe.names import Spellings, fold, proper_name
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.short_forms import is_short_form
from pipeline.transcribe.speakers.speaker import Speaker

_BY = re.compile(
    r"^(?:.{0,40}\|\s*)?(?:(?:(?P<made>reported|hosted|written|produced|story|posted)\s+)?by|from)(?:[:\s]+|$)",
    re.IGNORECASE,
)
_ROLES_OF_MAKERS = {"reported": "reporter", "hosted": "host"}
_BEHIND_BAR = re.compile(r"\s\|\s.*$")
"""`Ana Diaz | Special to Rain Radio`."""
_JOB = re.compile(r"(?:[\w-]{1,20} ){0,3}(?:reporter|correspondent|host|producer|anchor|columnist)", re.IGNORECASE)
_SEPARATOR = re.compile(r" ?(?:,|;|\band\b|\bwith\b|&) ?")
_SUFFIX_AFTER_COMMA = re.compile(r",\s*(?=(?:Jr|Sr)\.?\b)", re.IGNORECASE)
_HOST_CREDIT = re.compile(r"(?:\[hosts?\] ?)?(?:HOSTS?|Hosts?): |\[hosts?\] ?")
_HOST_CREDIT_ENDS = re.compile(r" ?\[/hosts?\]$")
_CREDITED = re.compile(r"(?P<role>GUEST|Guest|REPORTER|Reporter)[Ss]?:? ?(?P<names>.*)")
_TITLE_BEFORE = re.compile(r"^(?:Professor|Dr|Associate Professor)\.? ")
_ORGANISATION = re.compile(
    r"\b(?:NPR|PRX|BBC|AP|Staff|Associated Press|Press|News|Radio|Media|Network|Newsroom|Desk|Reuters|Team|Editors?"
    r"|Podcasts?|Foundation|[KW][A-Z]{2,3})\b"
)
_OUTLET = re.compile(
    r"^(?:the )?(?:NPR|[KW][A-Z]{2,3})(?: News| Radio)?$|\b(?:Radio|Media|News|Press|Post|Times|Network)$"
)

_CALL_SIGN = re.compile(r"NPR|[KW][A-Z]{2,3}")
_NO_SPELLINGS = Spellings(())


@dataclass(frozen=True, slots=True)
class Credits:
    """The bylines of a page and the dateline of its sign-off."""

    bylines: tuple[Byline, ...]
    dateline: str | None


def credits_of(printed: Sequence[PrintedByline], passages: Sequence[Passage], speakers: Sequence[Speaker]) -> Credits:
    """All who are credited: by the page's byline first, then by BYLINE labels; a sign-off adds outlet and place.

    NPR's labels call BYLINE as well who but announces: `SYLVIE DOUGLIS, BYLINE: This is PLANET MONEY from NPR.`
    """
    found: dict[str, Byline] = {}
    for line in printed:
        for byline in _read(line):
            found.setdefault(fold(byline.name or byline.printed), byline)
    dateline: str | None = None
    keys = {name: _key_of(name, found) for name in {speaker.name for speaker in speakers} if name is not None}
    for passage, speaker in zip(passages, speakers, strict=True):
        if speaker.name is None:
            continue
        key, label = keys[speaker.name], passage.label
        is_by = label is not None and label.role == "reporter" and speaker.role != "announcer"
        if label is not None and (is_by or key in found):
            known = found.get(key) or Byline(0, speaker.name, None, None, label.printed)
            facts = known.role or speaker.role, known.affiliation or speaker.affiliation
            if key not in found or facts != (known.role, known.affiliation):  # he is heard again and again
                found[key] = Byline(0, known.name if key == fold(speaker.name) else speaker.name, *facts, known.printed)
        signed = sign_off(passage.text, speaker.name)
        if signed is not None:
            outlet, place = signed
            dateline = dateline or place
            known = found.get(key) or Byline(0, speaker.name, speaker.role, None, f"{speaker.name}, {outlet}")
            found[key] = Byline(0, known.name, known.role, known.affiliation or outlet, known.printed)
    numbered = (
        Byline(position, byline.name, byline.role, byline.affiliation, byline.printed)
        for position, byline in enumerate(found.values(), 1)
    )
    return Credits(tuple(numbered), dateline)


def _key_of(name: str, credited: Collection[str]) -> str:
    """The key of a speaker's byline: that of a printed one with a short form of his first name (`By Chris Joyce`)."""
    key = fold(name)
    return next((other for other in credited if is_short_form(key, other)), key) if key not in credited else key


def credited_hosts(header: Sequence[str]) -> frozenset[str]:
    """The hosts in the credits above a transcript, which CBC marks up.

    >>> sorted(credited_hosts(["Hosts: Ana Diaz and Ed Hale", "HOST: Cy Roe", "[host]Jo Poe[/host]"]))
    ['Ana Diaz', 'Cy Roe', 'Ed Hale', 'Jo Poe']
    """
    names: list[str] = []
    for line in header:
        found = _HOST_CREDIT.match(line)
        if found is not None:
            names.extend(_SEPARATOR.split(_HOST_CREDIT_ENDS.sub("", line[found.end() :])))
    return frozenset(name.strip() for name in names if name.strip())


def credited_roles(header: Sequence[str]) -> dict[str, str]:
    """The guests and reporters in the credits above a transcript: `GUESTS: A, B`, or `Guest:` and a name below it.

    Reporters are also those of whom a sentence there says that they reported the story.

    >>> credited_roles(["REPORTERS: Amy Eaves, Pip Ross", "Guest:", "Professor Ian Hicks"])
    {'Amy Eaves': 'reporter', 'Pip Ross': 'reporter', 'Ian Hicks': 'guest'}
    """
    roles: dict[str, str] = {}
    for index, line in enumerate(header):
        found = _CREDITED.fullmatch(line)
        if found is None or not (":" in line or line in ("Guest", "Guests")):
            continue
        names = found["names"] or "".join(header[index + 1 : index + 2])
        for name in _SEPARATOR.split(names):
            roles[_TITLE_BEFORE.sub("", name.strip())] = found["role"].lower()
    reporters = {name: role for name, role in makers(header).items() if role is not None}
    return reporters | roles


def _read(line: PrintedByline) -> Iterator[Byline]:
    """The persons and organisations of one printed byline, e.g. `By Max Rivlin-Nadler / City Heights Reporter`."""
    if line.affiliation == line.printed:
        yield Byline(0, None, line.role, line.affiliation, line.printed)
        return
    names, role, affiliation = _parts(line)
    people: list[str] = []
    jobs: dict[str, str] = {}
    for name in _SEPARATOR.split(_SUFFIX_AFTER_COMMA.sub(" ", names)):
        if people and _JOB.fullmatch(name):
            jobs[people[-1]] = name  # `By Ana Diaz, Reporter`
        elif people and name.startswith("Special to "):
            continue
        elif people and _OUTLET.search(name):
            affiliation = affiliation or name  # `By Ana Diaz, NPR`, `By Ana Diaz, The Washington Post`
        elif _ORGANISATION.search(name):
            yield Byline(0, None, role, name, name)
        elif " " in name or name[:1].isupper():
            people.append(name)
    for name in people:
        yield Byline(0, _in_proper_case(name), role or jobs.get(name), affiliation, line.printed)


def _parts(line: PrintedByline) -> tuple[str, str | None, str | None]:
    """The names of a printed byline, and what it says of them in front and behind slashes: role and affiliation."""
    by = _BY.match(line.printed)
    bare = _BEHIND_BAR.sub("", line.printed[by.end() :] if by is not None else line.printed)
    names, *facts = (part.strip() for part in bare.split("/"))
    made = (by["made"] or "").lower() if by is not None else ""
    role, affiliation = line.role or _ROLES_OF_MAKERS.get(made), line.affiliation
    for fact in facts:
        if _OUTLET.search(fact):
            affiliation = affiliation or fact
        elif fact and not any(character.isdigit() for character in fact):
            outlet, _, rest = fact.partition(" ")
            role, affiliation = (
                (role or rest, affiliation or outlet) if _is_call_sign(outlet) else (role or fact, affiliation)
            )
    return names, role, affiliation


def _in_proper_case(name: str) -> str:
    """A name that a byline prints in capitals, as names are spelled: `BY ANA DIAZ`."""
    words = name.split()
    if len(words) == 1 or not name.isupper():
        return name
    return proper_name(words, _NO_SPELLINGS)


def _is_call_sign(word: str) -> bool:
    """`KNAU reporter` is a reporter of KNAU."""
    return _CALL_SIGN.fullmatch(word) is not None
