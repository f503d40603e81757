"""Cues (directions in paragraphs of their own) and notes (directions inside speech)."""

import re
from functools import lru_cache

from pipeline.records import Note
from pipeline.transcribe.brackets import closing_bracket

_LONGEST_NOTE = 160
_LONGEST_CUE = 400
_OPENING = re.compile(r"[(\[]")
_MOST_CUES = 50
"""More directions in a row than any page has."""
_STRAY = frozenset((".", ")", "]", ")."))
"""What may be left behind a cue: a full stop, a bracket too many."""
_UNCLOSED = re.compile(r"[(\[](?:SOUNDBITE OF [^a-z]{3,120}|Soundbite of [^.?!)\]]{3,60})")
"""A cue whose bracket was never closed, in a paragraph of its own."""
# What a note is about, by the words it begins with or holds; the first that fits.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("spelling", re.compile(r"^(?:ph|sp|sic)\.?$", re.IGNORECASE)),
    ("interpreter", re.compile(r"^through\b|interpret|translat", re.IGNORECASE)),
    ("language", re.compile(r"^(?:speaking|foreign language|non-\w+ language|singing in)\b|\bspoken", re.IGNORECASE)),
    ("laughter", re.compile(r"laugh|chuckl|giggl", re.IGNORECASE)),
    ("inaudible", re.compile(r"inaudible|unintelligible|crosstalk|indistinct", re.IGNORECASE)),
    ("singing", re.compile(r"\b(?:singing|rapping|chanting|humming|vocalizing)\b", re.IGNORECASE)),
    ("reading", re.compile(r"\breading\b", re.IGNORECASE)),
    ("voice", re.compile(r"^as\b|imitating|mimicking|impersonating", re.IGNORECASE)),
    ("sound", re.compile(r"soundbite|music|applause|cheer|scream|cry|sob|cough|gasp|sigh|clap|whistl", re.IGNORECASE)),
    ("time", re.compile(r"^(?:\d{1,2}:)?\d{1,2}:\d{2}(?:\.\d+)?$")),
    ("sound", re.compile(r"bark|noise|yell|shout|siren|horn|bell|beep|ring|explosion|gunfire", re.IGNORECASE)),
)  # fmt: skip
_SOUND_INITIALS = frozenset("AIMNOST")
_SOUND_LINE = re.compile(
    r"(?:NATS?|NAT SOUND|AUDIO|SOUNDBITE|SFX|MUSIC|SOUND|AMBI|AMBIENCE|ACTUALITY): ?"
    r"(?:\[[^\[\]]{1,120}\]|\([^()]{1,120}\)|[\w'’-]{1,30}(?: [\w'’-]{1,30}){0,4}\.?)"
    r"|SOUNDS? OF [^a-z.?!:]{3,80}"
    r"|MUSIC: [“\"][^“”\"]{1,80}[”\"](?: (?:by )?[\w&.'’-]{1,30}){0,5}|SOUNDBITE OF [^a-z]{3,120}\)"
    r"|(?:THEME )?MUSIC(?: (?:IN|OUT|UP|DOWN|UNDER|BED|BREAK|FADES?|AND)){1,4}"
    r"|(?i:(?:theme |intro |outro )?music (?:begins|starts|plays|continues|swells|rises|stops|ends"
    r"|fades(?: (?:in|out|up|down|under))?)\.?)"
)
"""Sounds before a colon, as speakers are printed: `NATS: A bell rings.`, `AUDIO: [Orchestra]` (WORLD Radio); and
`MUSIC IN` (Radiolab); `Theme Music Begins` (KQED); a cue that lost its first bracket."""
_BARE_SOUND = re.compile(
    r"(?:LAUGHTER|LAUGHS|APPLAUSE|CHEER(?:S|ING)|MUSIC|SONG|THEME|SINGING|CROSSTALK|SOUNDS?|ATMOS)\b[^a-z.?!:]{0,60}"
)
"""`LAUGHTER`, `MUSIC/SONG`: without brackets, amid what is said (ABC, 2000 to 2010)."""
_OF_TAPE = re.compile(
    r"[(\[]SOUNDBITE OF .{0,60}\b(?:ARCHIVED|SPEECH|TESTIMONY|ADDRESS|NEWS|PROCEEDINGS|VOICEMAIL"
    r"|(?:RECORDING|BROADCAST|FILM|MOVIE|SHOW|CONFERENCE|HEARING|DEBATE|INTERVIEW|AD|COMMERCIAL|MONTAGE|PODCAST"
    r"|DOCUMENTARY|VIDEO|MEETING|RALLY|CEREMONY|SERMON|LECTURE|CALL|TRAILER|NEWSCAST|REPORT|PROGRAM|EPISODE|TAPE|CLIP)S?)\b",
    re.IGNORECASE,
)
_EMPHASIS = "*_ "
_OTHER_BRACKETS = frozenset("*<{♪")
_OTHER_CUE = re.compile(
    r"\*[a-z][a-z ,'’-]{2,40}\*|<<[A-Z][A-Z ,'’-]{2,60}>>|\{[A-Z][A-Z ,'’-]{2,60}\}|[{<](?:music|laughter|applause)[}>]"
    r"|\{% cue (?:text=\"(?P<text>[^{}%]{1,160})\"|[^{}%]{1,160}) %\}"
    r"|\{% audio (?:[^{}]{0,300}? label=\"(?P<label>[^{}\"]{1,160})\")?[^{}]{0,300} %\}|♪(?:[^♪]{0,200}♪)?"
)
"""`*laughter*`, `<<MUSIC>>`, `{MUSIC}`, `♪ ... ♪`: as captions and machines print sounds; `{% cue text="Rain" %}`,
`{% audio src="..", label="Rain" %}`: a site's program, of which the text alone is printed."""
_NO_CUE = re.compile(
    r"^\W*(?:post-broadcast|editor|correction|clarification|update|inaudible|unintelligible"
    r"|(?:archive |news |audio )?clip\b[^:]{0,80}:)",
    re.IGNORECASE,
)
"""What was said and not understood is speech, and so are the words of a clip."""
_WHAT_HAPPENS = re.compile(
    r"(?!(?i:photos?|images?|illustration|courtesy|credit|via|see|read|listen|watch|more|originally|first|continued"
    r"|optional|edited|transcript|through|as|ph|sic)\b)"
    r"(?:[^\W\d_](?:[^\W\d_A-Z]|['’](?=s )){2,20}(?: [^\W\d_A-Z][^\W\d_A-Z'’-]{0,20}){0,4}\.?"
    r"|(?:Excerpt|Extract|Tape|Recording|Audio|Video) (?:of|from) [^.?!]{1,80}"
    r"|(?!.*\b(?:you|we|our|us|my|he|she|it|they|i|this|that|which|who|when|if|was|were|has|have|had|will|can|not|edited"
    r"|interview|story|episode|show|programs?|names?|versions?|words?|pages?|minutes?|hours?|years?|percent|dollars)\b)"
    r"(?:An? |The )?[^\W\d_][^\W\d_A-Z]{2,20}(?:[,;]? [^\W\d_A-Z][^\W\d_A-Z'’-]{0,20}){1,10}\.?)",
)
"""`(Birds chirping)`, `(Footsteps)`, `(Extract from "The Castle")` (ABC, CBC, Living on Earth): a few words, of which
no other has a capital as names and credits do, and which are a whole paragraph; `(A car door closes; a motor revs
up.)`: more of them, none of which speaks to somebody, tells what was, or counts."""
_SHORT = re.compile(r"[A-Za-z][\w'’-]{0,20}(?: [\w'’-]{1,20}){1,4}")
"""`[monkey sounds]`: words without a full stop, in square brackets and in a paragraph of their own."""
_HOW = re.compile(r"(?:CROSSTALK|SINGING|CHANTING|READING|RAPPING|HUMMING|THROUGH|SPEAKING)\b")
"""`(SINGING) Yeah, I don't got`: how words behind it are said (MPR News, 2022), or drowned: `(CROSSTALK) Yes`."""
_SOUND_WORD = re.compile(
    r"soundbite|sound bite|^sfx\b|sound effect|^sounds? of\b|music|laugh|applause|cheer|break|crosstalk|chant|singing"
    r"|song|theme|begin|\bend\b|beep|bell|noise|gasp|sigh|scream|bark|horn|siren|crowd|speaking|language|segment \d",
    re.IGNORECASE,
)


def split_cues(paragraph: str) -> tuple[list[str], str]:
    """The cues that a paragraph begins with, and what is left of it: `""` where it is nothing but cues.

    `(Speaking Russian).` is a cue only where it is the whole paragraph; before speech, only cues in capitals or those
    that begin with «Soundbite» are: `(Singing) Open the eyes` is speech with a note.

    >>> split_cues("(SOUNDBITE OF PROTEST)")
    (['(SOUNDBITE OF PROTEST)'], '')
    >>> split_cues("(BREAK) JUDY WOODRUFF: Welcome")
    (['(BREAK)'], 'JUDY WOODRUFF: Welcome')
    """
    if paragraph[:1] in _SOUND_INITIALS and _SOUND_LINE.fullmatch(paragraph):
        return [paragraph], ""
    paragraph = _without_emphasis(paragraph) if paragraph[:1] in _EMPHASIS else paragraph
    if paragraph[:1] in _OTHER_BRACKETS and (other := _OTHER_CUE.fullmatch(paragraph)):
        return [other["text"] or other["label"] or paragraph], ""
    cues: list[str] = []
    rest = paragraph
    while rest[:1] in ("(", "[") and len(cues) < _MOST_CUES:
        closing = closing_bracket(rest, 0, _LONGEST_CUE)
        if closing is None:
            if _UNCLOSED.fullmatch(rest):
                return [*cues, rest], ""
            break
        cue, after = rest[: closing + 1], rest[closing + 1 :].lstrip()
        after = "" if after in _STRAY else after
        if not _is_cue(cue, alone=not after):
            break
        cues.append(cue)
        rest = after
    return cues, rest


def plays_tape(cue: str) -> bool:
    """Whether what is heard behind a cue was said elsewhere: `(SOUNDBITE OF ARCHIVED RECORDING)`."""
    return _OF_TAPE.match(cue) is not None


def is_bare_sound(paragraph: str) -> bool:
    """Whether a paragraph amid speech is a cue without brackets."""
    return paragraph.isupper() and _BARE_SOUND.fullmatch(paragraph) is not None


def _without_emphasis(paragraph: str) -> str:
    """What stands in brackets, without the asterisks around it: `* [FUNDING CREDITS] *`, `*(SOUNDBITE OF MUSIC)*`."""
    bare = paragraph.strip(_EMPHASIS)
    is_bracket = bare[:1] in ("(", "[") and closing_bracket(bare, 0, _LONGEST_CUE) == len(bare) - 1
    return bare if is_bracket else paragraph


def _is_cue(cue: str, *, alone: bool) -> bool:
    inner = cue[1:-1].strip()
    if not inner or _NO_CUE.match(inner):
        return False
    if inner.lower().startswith("soundbite"):
        return True
    if not alone and _HOW.match(inner):
        return False
    if inner.isupper() and sum(character.isalpha() for character in inner) > 2:
        return True
    if not alone:
        return False
    return (
        _SOUND_WORD.search(inner) is not None
        or _WHAT_HAPPENS.fullmatch(inner) is not None
        or (cue[0] == "[" and _SHORT.fullmatch(inner) is not None)
    )


def find_notes(text: str) -> tuple[Note, ...]:
    """The inline directions of a turn's text with their places: `text[note.start:note.end] == note.text`."""
    if "(" not in text and "[" not in text:
        return ()
    notes: list[Note] = []
    index = 0
    while opening := _OPENING.search(text, index):
        index = opening.start()
        closing = closing_bracket(text, index, index + _LONGEST_NOTE)
        if closing is None:
            index += 1
            continue
        printed = text[index : closing + 1]
        if printed[1:-1].strip(" .…") == "":
            index = closing + 1  # [...] says that words were left out, not how they were said
            continue
        notes.append(Note(_kind(printed[1:-1]), printed, index, closing + 1))
        index = closing + 1
    return tuple(notes)


@lru_cache(maxsize=1024)  # most are `laughter` or `unintelligible`, on page after page
def _kind(inner: str) -> str:
    for kind, pattern in _KINDS:
        if pattern.search(inner.strip()):
            return kind
    return "other"
