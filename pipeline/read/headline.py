"""The headline of a page of which only the text was kept."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import dropwhile, pairwise
from urllib.parse import urlsplit

from pipeline.read.dates import instant
from pipeline.read.site_names import is_site_name
from pipeline.records import Block
from pipeline.transcribe.cues import split_cues
from pipeline.transcribe.labels.label import find_label, title_case_label
from pipeline.transcribe.script.chrome import is_chrome
from pipeline.transcribe.script.headers import opens_alone
from pipeline.transcribe.script.menus import is_menu

HEADLINE_WITHIN = 12
"""Blocks in which the headline is printed, again and again."""
_LONGEST = 200
_PLAYER_WITHIN = 30
_PLAYER_ENDS = "available on air stations"
_BUTTONS = ("• Playlist", "• Download")
_LAST_BUTTON = "• Transcript"
_ADDRESS = "://"
"""Of the page, which crawls and corpora put in its first line."""
_CHINESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_OF_CHINESE_SITE = re.compile(r"^[\u3040-\u30ff\u4e00-\u9fff]+ NPR(?:--| )|\(在线收听\)$")
"""How sites that teach English in Chinese begin and end the headlines of NPR's stories."""
_BEFORE_HEADLINE = re.compile(r"^\d{6}\) (?=\S)")
"""The day, by which somebody keeps files: `191009) Rain`."""
_WORD = re.compile(r"[a-z0-9]+")
_FEWEST_SLUG_WORDS = 3
_FEWEST_WORDS_AGAIN = 4
_BARE_NUMBER = re.compile(r"(?<=[a-z])/\d{6,}$")
"""ABC's: `/the-last-abalone/3571234`."""
_FEWEST_SLUG_WORDS_IN_FULL = 2
"""Where a line says just the words of the address: `/podcast/insomnia-line/transcript`."""
_OWN_PAGE = "transcript"
"""Last part of the address of a transcript that has a page of its own: the part before names the episode."""
_SMALL_WORDS = frozenset((
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "the", "to", "with",
))  # fmt: skip
"""Many systems leave them out of addresses."""
_LONGEST_APPEAL = 120
"""Characters of a section or an appeal above the headline; npr.org's teaser is longer."""
_LIKENESS = 0.6
# ` date 2019-03-22 RACHEL MARTIN, HOST:`: a crawler's own day before the page's first line.
_BEFORE = re.compile(r"^(?:date \d{4}-\d\d(?:-\d\d)? (?=\S)|< )")
# A headline has no full stop; what ends in one is speech, but for `... Luther King Jr.` and `... in the U.S.`
_SENTENCE_END = re.compile(r"\.(?<!\b[A-Z]\.)(?<!\bJr\.)(?<!\bSr\.)(?<!\bCalif\.)[\"”']?$")
# The header of a broadcast's record, as archives of 1990 to 2000 print it (Fresh Air), and its credits.
_RECORD = re.compile(
    r"(?:Note|Disclaimer): |(?:DATE|TIME|NETWORK|PROGRAM|AUDIENCE|LENGTH|SECTION) [A-Z0-9]"
    r"|(?:HOST|REPORTER|GUEST|PRODUCER|NEWSCASTER|COMMENTATOR|Host|Reporter|Guest|Producer|Presenter)[Ss]?: "
)
_TWO_SENTENCES = re.compile(r"[a-z][.?!] [A-Z\[]|\.{3}\(")
_LONGEST_SENTENCE = 100
_SENTENCE_ENDS = (".", "?", "!", "…", "-", '"', "”")
_LONGEST_NAME = 45
_MARKER = re.compile(r"(?:\w{1,30} ){0,2}transcript(?:s|ion)?:?", re.IGNORECASE)


def below_player(blocks: Sequence[Block]) -> int:
    """The first block below a station's live player: what stands above it are addresses, frequencies and slogans."""
    texts = [block.text for block in blocks[:_PLAYER_WITHIN]]
    end = next((index for index, text in enumerate(texts) if text.casefold() == _PLAYER_ENDS), None)
    return 0 if end is None or any(find_label(text) is not None for text in texts[:end]) else end + 1


def headline_of(lines: Sequence[str], url: str | None) -> str | None:
    """The line that the address repeats; else the first one, or that of the next ones which it begins with.

    npr.org prints title and teaser in one line, and stations the section or an appeal above the headline. Below a
    site's name stand its sections: there the headline is what stands above the heading «Transcript».
    """
    bare = list(dropwhile(_is_above, (_BEFORE.sub("", line) for line in lines)))
    named = list(dropwhile(lambda line: _is_above(line) or is_site_name(line, url), bare))
    bare, is_below_name = named, len(named) < len(bare)
    if not bare:
        return None
    slug = _slug(url)
    likeness = _LIKENESS if len(slug) >= _FEWEST_SLUG_WORDS else 1.0
    by_address = (line for line in bare if slug and _likeness(line, slug) >= likeness and is_headline(line))
    marked = (
        above for above, line in pairwise(bare) if is_below_name and _MARKER.fullmatch(line) and is_headline(above)
    )
    repeated = (line for line in bare[1:] if _is_again(line, bare[0]))
    again = (line for line in repeated if not is_site_name(line, url) and is_headline(line))
    long_enough = (line for line in bare if len(line.split()) >= _FEWEST_WORDS_AGAIN)
    twice = (line for line, below in pairwise(long_enough) if line == below and is_headline(line))
    first = (line for line in bare[:1] if is_headline(line) and not _is_spoken(line, bare[1:]))
    above_player = (
        line for line, below in pairwise(bare) if below.startswith(_BUTTONS) and not _MARKER.fullmatch(line)
    )
    return next((title for titles in (by_address, marked, again, twice, first, above_player) for title in titles), None)


def _is_above(line: str) -> bool:
    """Whether a line stands above a headline: the header of a record, the day, or where the page stands in its site."""
    return (
        _RECORD.match(line) is not None
        or instant(line) is not None
        or line == "Home"
        or is_menu(line)
        or " > " in line
        or (_CHINESE.match(line) is not None and _LATIN.search(line) is None)
    )


def bare_headline(title: str) -> str:
    """A headline without what copies put around it: quotation marks, a last dash, a day, Markdown, NPR in Chinese.

    >>> bare_headline('"Rain"'), bare_headline("# Rain -"), bare_headline("美国国家公共电台 NPR--Rain")
    ('Rain', 'Rain', 'Rain')
    """
    bare = _BEFORE_HEADLINE.sub("", _OF_CHINESE_SITE.sub("", title)).removesuffix(" -")
    bare = bare.lstrip("#").lstrip() if bare.lstrip("#").startswith(" ") else bare
    quoted = bare[1:-1]
    return quoted if bare[:1] == bare[-1:] == '"' and quoted and '"' not in quoted else bare or title


def _is_again(line: str, first: str) -> bool:
    """Whether a page's first line begins with another, and does not end in it as in its site's name; or holds much."""
    if line not in first:
        return False
    if first.startswith(f"{line} "):
        return not first.endswith(f" : {line}")
    return len(line.split()) >= _FEWEST_WORDS_AGAIN and f" {line} " in f"{first} "


def _is_spoken(line: str, others: Sequence[str]) -> bool:
    """Whether what stands before a line's colon stands before other lines too: `Jennifer: I want to go back`.

    Before a sentence its last word is enough: `Ana Diaz: How did it begin?` above `Diaz: Did it rain?`. Or whether it
    is a name above what somebody says, and so is another line below: `Ira Glass`, as This American Life prints its
    speakers; a first name must come back, and another too.
    """
    head, colon, _ = line.partition(": ")
    if colon:
        heads = [f"{head}: ", *([f"{head.rpartition(' ')[2]}: "] if line.endswith(_SENTENCE_ENDS) else [])]
        return any(other.startswith(tuple(heads)) and other != line for other in others)
    names = Counter(
        name for name, below in pairwise([line, *others]) if below.endswith(_SENTENCE_ENDS) and _is_name(name)
    )
    if " " in line:
        return line in names and names.total() > 1
    return names[line] > 1 and sum(times > 1 for times in names.values()) > 1


def _is_name(line: str) -> bool:
    label = title_case_label(line) if len(line) <= _LONGEST_NAME and line[-1] not in _SENTENCE_ENDS else None
    return label is not None and label.is_named


def without_headline(title: str, blocks: Sequence[Block], *, is_below_player: bool) -> list[Block]:
    """The blocks below the title, which npr.org prints two or three times, without what short lines stand above it.

    Between a station's player and its headline nothing is said, however long: `ALERT: KERA is repairing its tower ...`;
    but a teaser may stand there, behind the headline (`Sunday Puzzle: Rain Backwards NPR's Ana Diaz plays ...`).
    """
    place = next((index for index, block in enumerate(blocks[:HEADLINE_WITHIN]) if block.text == title), 0)
    shortest = _LONGEST_APPEAL if place and not blocks[0].text.startswith(title) else 0
    above = [
        block
        for block in blocks[:place]
        if (len(block.text) > shortest and not is_below_player)
        or block.text.startswith(title)
        or _MARKER.fullmatch(block.text)
    ]
    blocks = [*above, *blocks[place:]]
    first = Block(_BEFORE.sub("", blocks[0].text).removeprefix(title).strip(), blocks[0].gap_before)
    others = (block for index, block in enumerate(blocks[1:], 1) if index >= HEADLINE_WITHIN or block.text != title)
    return [block for block in (first, *others) if block.text]


def teaser_below_buttons(blocks: Sequence[Block]) -> str | None:
    """The paragraph right below npr.org's player, where it is a teaser.

    Speech stands behind a label or two blank lines: the trace of the HOST label that stood in its own paragraph.
    """
    buttons = [index for index, block in enumerate(blocks[:_PLAYER_WITHIN]) if block.text == _LAST_BUTTON]
    below = blocks[buttons[-1] + 1 : buttons[-1] + 3] if buttons else ()
    if len(below) < 2 or below[0].gap_before != 1:
        return None
    text = below[0].text
    is_other = find_label(text) is not None or is_headline(text) or opens_alone(text) or bool(split_cues(text)[0])
    return None if is_other else text


def is_headline(line: str) -> bool:
    """Whether a line may be one: no sentence, label, cue, date, button or heading of a transcript."""
    if (
        len(line) > _LONGEST
        or line.endswith((":", ","))
        or _ADDRESS in line
        or (line[0] == "(" and line[-1] == ")")
        or _SENTENCE_END.search(line)
        or is_chrome(line)
        or _MARKER.fullmatch(line)
        or _RECORD.match(line)
    ):
        return False
    if len(line) > _LONGEST_SENTENCE and _TWO_SENTENCES.search(line):
        return False
    return find_label(line) is None and not split_cues(line)[0] and instant(line) is None


def _slug(url: str | None) -> frozenset[str]:
    """The words of an address's last part, which most systems make of the headline."""
    path = _BARE_NUMBER.sub("", urlsplit(url or "").path.rstrip("/").removesuffix(f"/{_OWN_PAGE}"))
    words = _WORD.findall(path.rpartition("/")[2].lower())
    return frozenset(words) - _SMALL_WORDS if len(words) >= _FEWEST_SLUG_WORDS_IN_FULL else frozenset()


def _likeness(line: str, slug: frozenset[str]) -> float:
    words = [word for word in _WORD.findall(line.lower().replace("'", "").replace("’", "")) if word not in _SMALL_WORDS]
    return sum(word in slug for word in words) / max(len(words), len(slug), 1)
