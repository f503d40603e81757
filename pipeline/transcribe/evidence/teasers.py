"""Whom the words above a transcript present: «Sam chats with Ana Diaz», «Ana Diaz and Ed Hale join Sam»."""

import re
from collections.abc import Iterable, Iterator

from pipeline.transcribe.evidence.outlets import OF_STATION
from pipeline.transcribe.evidence.spoken_forms import CAPITALISED_NAME, name_alone
from pipeline.transcribe.sought import Sought

_TALKS_WITH = re.compile(
    r"\b(?:talks?|speaks?|spoke|talked|chats?|chatted|sits down|sat down|is joined)\b(?: \w+)? (?:to|with|by) "
    r"|\b(?:asks|interviews) (?=[A-Z])"
)
_JOINS_ABOVE = re.compile(
    r"\bjoins? (?:us\b|(?:host |panelists )?[A-Z])|\bpanelists [A-Z]|\b[Ii]n (?:an|this) interview with "
)
_TALK_WORDS = ("talk", "speak", "spoke", "chat", " down", "join", "asks ", "interview", "panelists ")
"""One of these stands in each: a quick look that spares most texts the patterns."""
_TITLE = re.compile(r"(?:(?:An? |Our |Full )?(?:Interview|Conversation)|Q&A) [Ww]ith ", re.IGNORECASE)
"""`Interview with Diane Rehm`, a headline."""
_LONGEST_TITLE = 120
_SENTENCE_ABOVE = re.compile(r"(?<![A-Z])[.?!](?= [A-Z]|$)")
_REPORTS_ABOVE = Sought(
    rf"(?<![\w'’-]){CAPITALISED_NAME}(?:{OF_STATION},?| of [A-Z][\w.]*(?: [A-Z][\w.]*){{0,3}})?"
    r" (?:reports(?! that\b)|has (?:our|the|this) (?:story|report|note|profile)"
    r"|(?:offers|brings us|files|sent us) (?:a|this|her|his) reporter['’]s notebook)\b",
    " report| has ",
)
"""«Ana Diaz reports from Utica», «Ana Diaz of Rain Radio offers a reporter's notebook»."""
_READS_LETTERS = Sought(
    rf"{CAPITALISED_NAME}(?: and {CAPITALISED_NAME.replace('<name>', '<other>')})? reads? (?:\w+ ){{0,4}}?"
    r"listeners?(?:['’]s?)? (?:\w+ ){0,2}?(?:letters|comments|e-?mails?)\b",
    " read",
)


def presented(above: Iterable[str]) -> Iterator[str]:
    """What stands above a transcript where it says who is talked with, or joins; not what they talk about.

    >>> list(presented(["Sam chats with Ana Diaz about Ed Hale. It rains.", "Jo Fox joins Sam."]))
    ['Ana Diaz', 'Jo Fox joins Sam']
    >>> list(presented(["Interview with Ana Diaz"]))
    ['Ana Diaz']
    """
    for text in above:
        title = _TITLE.match(text) if len(text) <= _LONGEST_TITLE else None
        if title is not None:
            yield text[title.end() :]
        for sentence in _SENTENCE_ABOVE.split(text) if any(map(text.__contains__, _TALK_WORDS)) else ():
            found = _TALKS_WITH.search(sentence)
            if found is not None:
                yield sentence[found.end() :].partition(" about ")[0]
            elif _JOINS_ABOVE.search(sentence):
                yield sentence.partition(" about ")[0]


def reporting_above(above: Iterable[str]) -> frozenset[str]:
    """Of whom the words above a transcript say that they report.

    >>> sorted(reporting_above(["Rain’s Ana Diaz reports on snow. Ed Hale of KUT reports.", "Jo Fox has the story."]))
    ['Ana Diaz', 'Ed Hale', 'Jo Fox']
    >>> reporting_above(["Ana Diaz reports that it snows."])
    frozenset()
    """
    return frozenset(name_alone(found["name"]) for text in above for found in _REPORTS_ABOVE.finditer(text))


def readers_of_letters(text: str) -> tuple[str, ...]:
    """The hosts of whom a teaser says that they read listeners' letters.

    >>> readers_of_letters("Ana Diaz and Ed Hale read from listeners' letters and e-mails.")
    ('Ana Diaz', 'Ed Hale')
    """
    found = _READS_LETTERS.match(text)
    return tuple(filter(None, found.group("name", "other"))) if found is not None else ()
