"""thisamericanlife.org/NNN/transcript.

History (second hand, from four programs that read these pages 2012 to 2022): acts are `div.act[id] > h3`, turns
`.act-inner > div.host|.subject|.interviewer > h4` (the speaker, without colon) and `p[begin="00:00:01.23"]`; a div
without `h4` goes on with the last speaker of its class: one of them reads a host without a name as Ira Glass, whoever
spoke before. Where none of it is found, the page's main text is read: a name on a line of
its own stands above what was said. Act headings and the note on top («produced for the ear») were never spoken.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from pipeline.read.dates import instant
from pipeline.read.html import Html
from pipeline.read.layouts import generic
from pipeline.read.paragraphs import is_aside, squeeze
from pipeline.records import Block, Page

NAME = "this_american_life"
_DOMAIN = "thisamericanlife.org"
_ADDRESS = re.compile(r"/transcript/?$")
_TURNS = ".act-inner > div"
_ACTS = ".act"
_SPEAKER = "h4"
_ROLES = {"host": "host", "interviewer": "reporter"}
"""By the class of a turn; a `subject` may be anybody whom they meet."""
_PROGRAM = "This American Life"
_TITLE = "h1"
_EPISODE = re.compile(r"^(?P<number>\d+): *")
_AIRED = re.compile(r"Originally aired (\d{2}\.\d{2}\.\d{4})")
_BEGIN = re.compile(r"(?P<hours>\d{1,2}):(?P<minutes>\d{2}):(?P<seconds>\d{2}(?:\.\d{1,6})?)")
# The note on top («produced for the ear and designed to be heard»), and headings: «Prologue: Prologue», «Act One. ...».
_UNSPOKEN = re.compile(
    r"Note: This American Life is produced|Full audio: |Originally aired |Transcript$|\d+:|©|Copyright "
)
_HEADING = re.compile(r"(?:Prologue|Act [A-Z][a-z]+|Credits|Coda)[.:]", re.IGNORECASE)
_LONGEST_HEADING = 80


def matches(page: Html) -> bool:
    """The host, or the acts of a copy."""
    return page.is_at(_DOMAIN) or page.first(_TURNS) is not None


def read(page: Html) -> Page:
    """The page's facts and its turns with the speakers and times that the markup names."""
    blocks = tuple(_turns(page))
    is_transcript_page = bool(blocks) or _ADDRESS.search(page.path) is not None
    if not blocks and is_transcript_page:
        blocks = tuple(Block(text) for text in generic.main_text(page) if not _is_furniture(text))
    title = page.text_of(_TITLE) or page.meta.get("og:title")
    episode = _EPISODE.match(title or "")
    aired = _AIRED.search(page.source)
    return Page(
        layout=NAME,
        url=page.url,
        canonical_url=page.canonical_url,
        title=title,
        blocks=blocks,
        content_id=episode["number"] if episode else None,
        program=_PROGRAM,
        published_at=instant(aired[1]) if aired else instant(page.meta.get("article:published_time")),
        language=page.language,
        has_container=any(block.speaker for block in blocks),
        expects_transcript=is_transcript_page,
        otherwise=None if is_transcript_page else _elsewhere(page),
    )


def _turns(page: Html) -> Iterator[Block]:
    speakers: dict[str, str | None] = {}
    act = page.tree.css(_ACTS)[-1:]
    unfinished = bool(act) and not page.spoken(act[0])  # raises where the page ends inside its last act
    for turn in () if unfinished else page.tree.css(_TURNS):
        kind = turn.attributes.get("class") or ""
        heading = turn.css_first(_SPEAKER)
        if heading is not None:
            speakers[kind] = squeeze(heading.text()).rstrip(":") or None
        speaker = speakers.get(kind)
        role = next((_ROLES[name] for name in kind.split() if name in _ROLES), None)
        gap = 1 if speaker else 2  # nobody says that the former speaker goes on
        for text, seconds in _words(turn):
            yield Block(text, gap, speaker=speaker, start_seconds=seconds, role=role)


def _words(turn: LexborNode) -> Iterator[tuple[str, float | None]]:
    """The paragraphs of a turn and when they begin, and what an aside parts from one of them."""
    node = turn.child
    while node is not None:
        spoken = node.css("p") if node.tag not in ("-text", _SPEAKER) and not is_aside(node) else []
        for one in [node] if node.tag == "-text" else spoken:
            if text := squeeze(one.text()):
                yield text, _seconds(one)
        node = node.next


def _seconds(paragraph: LexborNode) -> float | None:
    begin = _BEGIN.fullmatch((paragraph.attributes.get("begin") or "").strip())
    if begin is None:
        return None
    return int(begin["hours"]) * 3600 + int(begin["minutes"]) * 60 + float(begin["seconds"])


def _is_furniture(text: str) -> bool:
    return _UNSPOKEN.match(text) is not None or (len(text) <= _LONGEST_HEADING and _HEADING.match(text) is not None)


def _elsewhere(page: Html) -> str:
    link = page.attribute('a[href$="/transcript"]', "href")
    address = page.absolute(link) if link else None
    return f"an episode page: its transcript is at {address}" if address else "a page without a transcript"
