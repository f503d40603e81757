"""What stands above a transcript, and what of it a host said whose label an extractor lost."""

import re
from collections.abc import Sequence

from pipeline.transcribe.evidence.addressing import calls
from pipeline.transcribe.evidence.introductions import self_introductions
from pipeline.transcribe.evidence.teasers import readers_of_letters
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.names import fold
from pipeline.transcribe.script.lines import Line
from pipeline.transcribe.sought import Sought
from pipeline.transcribe.words import SENTENCE_ENDS

_LONGEST_LEAD_PARAGRAPHS = 5
_LONGEST_LEAD_CHARACTERS = 2500
"""A host's introduction whose label is missing; what is longer is a written article above its transcript."""
_LONGEST_OPENING_CHARACTERS = 6000
"""Such an introduction behind «This is FRESH AIR. I'm Terry Gross.», which no article holds, in whatever paragraphs."""
_CREDIT = re.compile(
    r"(?:HOST|REPORTER|GUEST|PRODUCER|NEWSCASTER|COMMENTATOR|Host|Reporter|Guest|Producer|Presenter)[Ss]?: "
)
"""`REPORTERS: Amy Eddings, Pippin Ross`: nobody says the credits above a transcript."""
DATE = re.compile(r"(?:[A-Z][a-z]{2,8}, )?[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}")
"""A day in a line of its own."""
_ABOVE = re.compile(
    r"(?:Credit|Photo|(?:Originally |First )?(?i:published|posted|updated|aired|broadcast))\b(?! the)"
    r"|(?:Produced by|By) [A-Z][\w.'’-]+ [A-Z][\w.'’-]+(?:$|[,/|•]| and [A-Z])"
    r"|(?:Th(?:e|is) (?:episode|podcast|program|series|show) (?:is|was) h|H)osted by [A-Z]"
    r"|This (?:episode|podcast|program|show|story) was (?:reported|produced|written)\b[^.?!]{0,80} by [A-Z]"
    r"|(?:[A-Z][\w.'’-]* ){0,5}[Tt]ranscript (?:for|of|from) [^.?!:]{0,60}\d{4}$"
    r"|Support [A-Z][\w ]{2,40} (?:today |now )?at \S+\.(?:org|com)\b"
)
"""What a line above a transcript begins with that names its makers or its day."""
_OPENS = re.compile(r"(?:From (?:NPR|PRX|[KW][A-Z]{2,3})\b|This is [A-Z]{2,}|You(?:'re|’re| are) listening to )")
"""What a programme begins with: above it stands a teaser."""
_OPENINGS = ("This is ", "From ", "It's ", "It’s ", "You're listening ", "You’re listening ", "You are listening ")
_BEGINNINGS = (*_OPENINGS, "Good ")
_GOOD_MORNING = re.compile(
    r"Good (?:morning|evening|afternoon)[,.!] (?:I'm|I’m|Im) [A-Z][\w'’-]+(?: [A-Z][\w'’-]+){1,2}\. "
)
_OF_NPR = re.compile(
    r"(?:(?:This is|You(?:'re|’re| are) listening to) [A-Z]{3,}(?: [A-Z]{3,}){1,3} from NPR(?: News)?"
    r"|From NPR News,? this is [A-Z]{3,}(?: [A-Z]{3,}){1,3})\."
    r"|You(?:'re|’re| are) listening to [A-Z]{3,}(?: [A-Z]{2,}){0,3}\.\.\.$"
)
"""«You're listening to WEEKEND EDITION from NPR News.», «You're listening to LIFE KIT...»: no article prints that."""
_OPENING_WITHIN = 200
_QUOTES = re.compile(r"[\"“”«»]|(?<!\w)['‘]")
_OF_SELF = Sought(
    r"\b(?:I['’](?:ve|m|ll|d)|[Ww]e['’](?:re|ve|ll)|[Ll]et['’]s|[Yy]ou['’]re on|[Ww]e (?:got|asked|went|gave))\b"
    r"|\bwhy don['’]t we\b",
    "e got|e asked|e went|e gave|I'|I’|e're|e’re|e've|e’ve|e'll|e’ll|et's|et’s|ou're on|ou’re on|why don",
)
_OF_EPISODE = Sought(r"\b[IiOo]n (?:this|today['’]s) (?:[a-z]+ )?episode\b", "episode")


def opens_alone(text: str) -> bool:
    """Whether words open a programme with somebody's name, as no article does: no label need stand by them.

    >>> opens_alone("This is FRESH AIR. I'm Terry Gross. My guest bakes."), opens_alone("I'm Terry Gross, a baker.")
    (True, False)
    >>> opens_alone("Good morning, I'm Steve Inskeep. A team is on the verge.")
    True
    >>> opens_alone("You're listening to WEEKEND EDITION from NPR News."), opens_alone("This is NEW YORK CITY.")
    (True, False)
    """
    if not text.startswith(_BEGINNINGS):
        return False
    head = text[:_OPENING_WITHIN]
    return _GOOD_MORNING.match(head) is not None or _OF_NPR.match(head) is not None or opens_in_a_name(text)


def opens_in_a_name(text: str) -> bool:
    """Whether words open a programme and say who speaks, which no rundown and no newsletter does.

    >>> opens_in_a_name("This is FRESH AIR. I'm Terry Gross."), opens_in_a_name("This is FRESH AIR from NPR News.")
    (True, False)
    """
    head = text[:_OPENING_WITHIN]
    return head.startswith(_OPENINGS) and any(rule == "ident" for _, rule in self_introductions(head))


def part_header(lines: Sequence[Line], title: str | None = None) -> tuple[tuple[str, ...], Sequence[Line]]:
    """Header and script: what stands above the first label was spoken only where a label is missing there.

    Its headline, `title`, never was.
    """
    first = next((index for index, line in enumerate(lines) if line.label is not None), None)
    if first is None:
        opening = next((index for index, line in enumerate(lines) if opens_alone(line.text)), 0)
        return tuple(line.text for line in lines[:opening] if line.text), lines[opening:]
    begin = first
    while begin > 0 and lines[begin - 1].cues and not lines[begin - 1].text:
        begin -= 1
    spoken = _lead_begin(lines[:begin], lines[first:])
    spoken = max(spoken, *(index + 1 for index, line in enumerate(lines[:begin]) if title and line.text == title), 0)
    return tuple(line.text for line in lines[:spoken] if line.text), lines[spoken:]


def _lead_begin(lead: Sequence[Line], script: Sequence[Line]) -> int:
    """Where the words of a host begin whose label an extractor lost; the end of `lead` where it is a header.

    The loss leaves two blank lines or more, or a first label that is a bare surname where others are full names, or a
    lead whose end names the reporter who speaks next («... as NPR's Michele Kelemen reports»). Or the lead itself says
    who speaks: that alone counts where the first label is a host's, for above hosts stand headers.
    """
    label = script[0].label
    if label is None or not lead:
        return len(lead)
    who = next((index for index, line in enumerate(lead) if _is_somebody_else(line.text, label)), None)
    if label.role == "host" and who is None:
        return len(lead)
    # Extractors lose the labels of NPR's style, which is in capitals; in other styles blank lines mean a picture.
    is_npr_style = any(token.isupper() for token in label.tokens) or not label.is_named
    gaps = [index for index, line in enumerate(lead) if line.gap_before >= 2 and is_npr_style]
    begin = max((gap for gap in gaps if who is not None and gap <= who), default=gaps[0] if gaps else 0)
    begin = min(begin, len(lead) if who is None else who)
    if not gaps and who is None and not _is_late(label, lead[-1].text, script):
        return len(lead) - (_is_asked(label, lead[-1].text) or (is_npr_style and is_said(lead[-1].text)))
    if who is not None and not gaps and _OPENS.match(lead[who].text):
        begin = who
    begin = max(begin, max((index + 1 for index, line in enumerate(lead) if is_above(line.text)), default=0))
    if len(lead) - begin <= _LONGEST_LEAD_PARAGRAPHS and _characters(lead[begin:]) <= _LONGEST_LEAD_CHARACTERS:
        return begin
    opening = next((index for index in range(begin, len(lead)) if _is_opening(lead[index].text, label)), len(lead))
    return opening if _characters(lead[opening:]) <= _LONGEST_OPENING_CHARACTERS else len(lead)


def _characters(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _is_opening(text: str, label: Label) -> bool:
    """Whether words open a programme by its name and by somebody's whose label does not follow."""
    own = fold(" ".join(label.tokens))
    return any(rule == "ident" and fold(name) != own for name, rule in self_introductions(text))


def _is_late(label: Label, before: str, script: Sequence[Line]) -> bool:
    """Whether a label cannot be the first of its transcript: a surname alone, or a reporter just announced."""
    if not label.is_named:
        return False
    if len(label.tokens) == 1:
        names = {line.label.tokens for line in script if line.label is not None and line.label.is_named}
        # Some stations call everybody by surnames from the beginning.
        return len(names) == 1 or any(len(name) > 1 for name in names)
    return label.role == "reporter" and fold(" ".join(label.tokens)) in fold(before)


def _is_asked(label: Label, before: str) -> bool:
    """Whether a host asks, greets or welcomes by his name who answers: «Marco, will you play?» `MARCO: No.`.

    Or «Marco Diaz, welcome to the program.».
    """
    names = label.tokens[0].title() if label.is_named else "", " ".join(label.tokens).title()
    return label.is_named and before.endswith(("?", ".", "!")) and any(calls(before, name) for name in names)


def is_said(text: str) -> bool:
    """Whether somebody says this of himself and those around him, as no teaser does that does not quote.

    >>> is_said("I've been there."), is_said("Ana Diaz: 'I've been there'."), is_said("«I've been there», she says.")
    (True, False, False)
    >>> is_said("We got forty letters.")
    True
    >>> is_said("In this episode, we're talking about rain.")
    False
    """
    is_teaser = _QUOTES.search(text) is not None or _OF_EPISODE.search(text) is not None
    return text.endswith(SENTENCE_ENDS) and _OF_SELF.search(text) is not None and not is_teaser


def is_above(text: str) -> bool:
    """A credit, a date, a byline, a teaser of letters: nobody says what stands above a transcript."""
    is_credit = _CREDIT.match(text) or DATE.fullmatch(text) or _ABOVE.match(text)
    return is_credit is not None or bool(readers_of_letters(text))


def _is_somebody_else(text: str, label: Label) -> bool:
    """Whether words say who speaks, and it is not he whose label follows."""
    own = fold(" ".join(label.tokens))
    return any(fold(name) != own for name, _ in self_introductions(text))
