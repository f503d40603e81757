"""What a page says of its people below the last words, as if who speaks last said it: told by whom it cannot be."""

import re
from collections.abc import Sequence

from pipeline.transcribe.script.credit_lines import is_bio
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.speakers.speaker import Speaker

_MAKERS = ("host", "reporter")
_MADE = re.compile(
    r"\b(?:[Tt]his (?:episode|story|piece|segment|hour|show|podcast)|[Ii]t) ?(?:is |was |['’]s )"
    r"(?:hosted|reported)(?: and \w+)? by [A-Z]|\b[Gg]et in touch at\b"
)
"""«It's hosted and produced by Ana Diaz. Get in touch at rain@wxyz.org.» Records are `produced` too."""
_RECORDED = re.compile(r"This (?:interview|conversation) was recorded (?:at|by|in partnership with|with help from) ")
"""Told of two who have no host (StoryCorps); a host of whom that is not known tells who made a programme."""


def without_own_credits(
    passages: Sequence[Passage], speakers: Sequence[Speaker]
) -> tuple[Sequence[Passage], tuple[str, ...]]:
    """The passages without last paragraphs that who speaks last would not say; an author's bio among them.

    Nobody tells of himself by his full name, and no guest who makes the programme, nor anybody where nobody hosts: if
    a page has no footer, nothing else parts such words from the last ones.
    """
    last, speaker = passages[-1], speakers[-1]
    first, *paragraphs = last.text.split("\n\n")
    names = (speaker.name,) if speaker.name else ()
    is_guest = speaker.role in ("guest", "caller")
    has_host = any(other.role in _MAKERS for other in speakers)
    end = next(
        (
            place
            for place, text in enumerate(paragraphs)
            if (is_guest and _MADE.search(text)) or (not has_host and _RECORDED.match(text))
        ),
        len(paragraphs) - bool(paragraphs and is_bio(paragraphs[-1], names)),
    )
    if end == len(paragraphs):
        return passages, ()
    bios = tuple(text for text in paragraphs[end:] if speaker.role in _MAKERS and is_bio(text, names))
    return (*passages[:-1], last._replace(text="\n\n".join((first, *paragraphs[:end])))), bios
