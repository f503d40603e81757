"""Pages that print labels and speech as transcripts do, and are no radio: plays, songs, hearings, companies' calls.

Each says so itself by lines that no transcript of a programme has.
"""

import re
from collections.abc import Sequence

from pipeline.records import Page
from pipeline.transcribe.evidence.air import is_of_station

_LONGEST = 100
"""Characters: what says it is a heading or a direction in a line of its own."""
_FEWEST_DIRECTIONS = 2
_MOST_LINES = 40
"""Lines a direction: in an hour's talk somebody points, and says a word to his producer, twice."""
_ABOVE = 20
"""Lines in which a heading stands that names the occasion."""
_BEGINS = frozenset("[(EDSIRP")
"""What stage directions, headings of verses and of proceedings begin with: a quick look."""
_DIRECTION = re.compile(
    r"[\[(]?(?:Enter|Exit|Re-enter)(?:$|[\])]| [A-Z]\w{0,30}(?:$|[,.\])]| and | from | with )| stage (?:left|right))"
    r"|[\[(]?Exeunt\b|DRAMATIS PERSONAE|(?:INT|EXT)\.(?:$| [A-Z])"
    r"|\[(?:SCENE|Scene): |[\[(][A-Z]{3,20} (?:arrives|enters|exits|leaves|sits|stands|walks)\b[^\])]{0,60}[\])]"
    r"|(?:SCENE|Scene)(?:$| (?:\d{1,2}|(?i:[ivxlc]{1,5}|one|two|three|four|five))\b)"
)
"""`[Enter Juliet]`, `(Exit stage left)`, `[Scene: A bar.]`, `[ANA arrives.]`; `INT. COMEDY CLUB - NIGHT`."""
_ACTION = re.compile(
    r"[\[(](?:enters|exits|leaves|walks|sits down|stands up|kneels|bows?|points|nods|turns to|grabs|picks up|slaps"
    r"|kisses|hugs|runs)\b[^\])]{0,60}[\])]"
    r"|[\[(](?:A (?:long )?)?[Bb]eat\.?[\])]|[\[(][Tt][Oo] [A-Z][A-Za-z]{1,20}\.?[\])]"
    r"|[\[(](?:He|She) (?!laughs|sings|sighs|cries|speaks|plays|reads|coughs|claps|says|talks|hums|whistles|whispers"
    r"|gasps|shouts|screams|imitates|clears|is\b|was\b|has\b|does\b)[a-z]{2,20}s\b[^\])]{3,120}[\])]",
)
"""`[kneels]`, `(to Bill)`, `(She puts down her notebook.)`: what is seen on a stage or a screen; `(Beat.)`.

What an editor tells of somebody is none: `(He was 92.)`; nor what is heard of many: `(They all laugh.)`.
"""
_OF_RADIO = re.compile(
    r"(?m)^[^\n:]{2,60}[,(] ?(?:HOST|BYLINE|host|byline)\b[^\n:]{0,40}:|\bNPR\b|\b[Pp]ublic [Rr]adio\b|\(SOUNDBITE OF "
    r"|\b[Ff]rom [KW][A-Z]{3}\b"
)
"""Programmes play what is said in court and on stages, and tell of oaths; neither courts nor plays print this."""
_QUOTED = ("wikiquote", "memorable quotes")
_CALL = re.compile(r"(?:.{0,60} )?(?:Earnings|Results) (?:Conference )?Call\b[^.]*", re.IGNORECASE)
_PROCEEDINGS = re.compile(r"P-R-O-C-E-E-D-I-N-G-S|PROCEEDINGS(?: \d{1,3})?")
_COURT = ("THE COURT: ", "THE WITNESS: ")
_OF_COURT = re.compile(
    r"(?:the )?(court|judge|witness|prosecut(?:or|ion)|bailiff|clerk|defen[cs]e(?: attorney| counsel)?"
    r"|[QA](?= :))\s{0,9}:",
    re.IGNORECASE,
)
_ASKED_AND_ANSWERED = frozenset("qa")
_OF_COCKPIT = re.compile(
    r"(?:\d{1,2}:?\d{2}:\d{2} )?(captain|first officer|co-?pilot|pilot|flight engineer|tower|twr|approach|atc"
    r"|(?:cam|rdo|hot)(?:-?\d)?)(?: (?:to|from) [a-z ]{3,20})?\s{0,9}:",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[A-Z][\w.,'’ -]{0,40}:")
_FEWEST_OF_COURT = 3
"""Lines of those who speak in court or in a cockpit by what they are, half of all labels or more: of one alone is a
judge on tape, and who reports from a court speaks between them."""
_VERSE = re.compile(r"\[(?:(?:Verse|Pre-Chorus|Chorus|Bridge|Refrain)\b|(?:Intro|Outro)(?:\]| [-–—] ))")
_FEWEST_VERSES = 2
_LONGEST_VERSE = 12
"""Lines a heading: people who talk of a song play a verse of it, or two."""
_SWORN = ("duly sworn", "Duly sworn")
_COUNSEL = re.compile(r"(?:MR|MS|MRS)\. ?[A-Z][A-Z ]{1,30}:")
_QUESTION = re.compile(r"(?:BY (?:MR|MS|MRS)\. [A-Z]+:|Q[.:]? +[A-Z])")


def what_else(page: Page) -> str | None:
    """What a page is that is no radio but looks like it; None where nothing says so."""
    lines = [page.title or "", *(block.text for block in page.blocks)]
    texts = [text for text in lines if len(text) <= _LONGEST]
    marked = [text for text in texts if text[:1] in _BEGINS]
    said = "\n".join(texts).lower()
    kinds = (
        (
            _is_staged(lines, marked) and not _is_of_radio(page, lines),
            "a play or a screenplay: it prints stage directions",
        ),
        (any(map(said.__contains__, _QUOTED)), "quotations"),
        (_is_song(lines, marked) and not _is_of_radio(page, lines), "the words of a song"),
        (any(map(_PROCEEDINGS.fullmatch, marked)), "the record of a hearing"),
        (_is_court(lines, texts) and not _is_of_radio(page, lines), "the record of a court"),
        (_speak_by_parts(lines, _OF_COCKPIT) and not _is_of_radio(page, lines), "the record of a cockpit's voices"),
        (" call" in said and _is_call(lines[:_ABOVE]), "a company's call with analysts"),
    )
    return next((kind for is_it, kind in kinds if is_it), None)


def _is_staged(lines: Sequence[str], marked: Sequence[str]) -> bool:
    directions = sum(_DIRECTION.match(text) is not None for text in marked)
    actions = sum(_ACTION.search(text) is not None for text in lines if "[" in text or "(" in text)
    found = max(directions, actions)
    return found >= _FEWEST_DIRECTIONS and found * _MOST_LINES >= len(lines)


def _is_song(lines: Sequence[str], marked: Sequence[str]) -> bool:
    verses = sum(_VERSE.match(text) is not None for text in marked)
    return verses >= _FEWEST_VERSES and verses * _LONGEST_VERSE >= len(lines)


def _is_court(lines: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether counsel speak before a judge or of an oath, or a judge and who asks, or several by their parts."""
    is_sworn = any(map("\n".join(lines).__contains__, _SWORN))
    is_held = any(text.startswith(_COURT) for text in lines)
    if (is_sworn or is_held) and any(map(_COUNSEL.match, lines)):
        return True
    return _speak_by_parts(lines, _OF_COURT) or (is_held and any(map(_QUESTION.match, texts)))


def _speak_by_parts(lines: Sequence[str], parts: re.Pattern[str]) -> bool:
    """Whether half of those who speak have nothing but what they are for a label."""
    found = [part[1].lower() for text in lines if (part := parts.match(text)) is not None]
    if len(found) < _FEWEST_OF_COURT or len(set(found)) == 1 or _ASKED_AND_ANSWERED.issuperset(found):
        return False
    labels = sum(_LABEL.match(text) is not None or parts.match(text) is not None for text in lines)
    return len(found) * 2 >= labels


def _is_call(above: Sequence[str]) -> bool:
    return any(_CALL.fullmatch(text) for text in above if len(text) <= _LONGEST)


def _is_of_radio(page: Page, lines: Sequence[str]) -> bool:
    return is_of_station(page.url or page.canonical_url or "") or _OF_RADIO.search("\n".join(lines)) is not None
