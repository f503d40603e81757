"""What stands on a transcript page but was never said: players, footers, plugs, credits of photographs, bios.

Every pattern was met on a page; the years say when. Footers are suffixes, not lines: stations print «Transcript
provided by NPR, Copyright NPR.» glued to the last sentence.
"""

import re
from dataclasses import dataclass

# The live player and furniture of Grove stations, and the story tools of npr.org, as a page's text keeps them.
_LINES = frozenset((
    "play live radio", "next up:", "next up", "available on air stations", "on air", "now playing", "watch live",
    "listen live", "listen", "donate", "support today", "sponsor message", "become an npr sponsor", "advertisement",
    "facebook", "twitter", "flipboard", "email", "linkedin", "print", "tweet", "share", "download", "embed",
    "playlist", "transcript", "toggle more options", "npr logo", "npr", "hide caption", "toggle caption",
    "enlarge this image", "skip to main content", "accessibility links", "npr shop",
    "keyboard shortcuts for audio player", "newsletters", "local newscast", "close", "copy", "html embed:", "·",
))  # fmt: skip
_LONGEST_LINE = 200
"""Characters: only a plug is longer."""
_LINE_PATTERNS = re.compile(
    r"^(?:0:00(?: 0:00)*|\d{1,2}:\d{2}(?::\d{2})?|Listen\s*[·•*]?\s*\d{1,2}:\d{2}.*"
    r"|\"?>?\s*<\s*/?iframe.*|[•*]\s+(?:Playlist|Download|Embed|Transcript|<iframe).*"
    r"|Hear the latest from .*|© ?\d{4} .{2,80}|Heard on\b.*|See stories by .*"
    r"|(?:RELATED|READ MORE|MORE|WATCH|LISTEN)(?: [A-Z]+)?:.*|.*Loading\.\.\.)$",
    re.IGNORECASE,
)
_PLUG = re.compile(
    r"sponsor-free (?:feed|listening)|our support helps make our show possible"
    r"|^Support for NPR and the following message"
)

# "Transcript provided by NPR, Copyright NPR." (2012 on), "... Copyright National Public Radio." (to 2011).
_PROVIDED = re.compile(
    r"(?P<rights>Transcript provided by (?:NPR|National Public Radio)[,;.]?"
    r"(?: ?Copyright(?: ©)?(?: \d{4})? (?:NPR|National Public Radio)\.?)?)"
)
_RIGHTS = re.compile(
    r"^(?:Copyright (?:©|\(c\)|&copy;)? ?\d{4} (?:NPR|National Public Radio|WNYC|American Public Media|.{2,60}?)\b.*"
    r"|Copyright ©\d{4} .*|© ?\d{4} (?:NPR|National Public Radio).*)",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"^(?:NPR transcripts are created on a rush deadline|Accuracy and availability of NPR transcripts may vary|"
    r"This is a rush transcript|.{0,40}transcripts are created on a rush deadline)",
    re.IGNORECASE,
)
_CORRECTION = re.compile(r"^\[?\s*(?:POST-BROADCAST )?(?:CORRECTION|CLARIFICATION)\b.*:", re.IGNORECASE)
_BIO_VERB = (
    r"(?:is|was|are|has|joined|covers|reports|hosts|serves|began|came|works|worked|started|leads|edits|produces|spent)"
)


@dataclass(frozen=True, slots=True)
class Tail:
    """A paragraph split at the footer that is glued to it."""

    text: str
    rights: str | None


def is_chrome(line: str) -> bool:
    """True for a line of the page's furniture, which is in no turn wherever it stands."""
    if len(line) > _LONGEST_LINE:
        return _PLUG.search(line) is not None
    return line.casefold() in _LINES or _LINE_PATTERNS.match(line) is not None or _PLUG.search(line) is not None


def cut_footer(paragraph: str) -> Tail:
    """The paragraph without the footer glued to its end, and the footer.

    >>> cut_footer("Bobby Allyn, NPR News, Paradise, Calif. Transcript provided by NPR, Copyright NPR.").text
    'Bobby Allyn, NPR News, Paradise, Calif.'
    """
    found = _PROVIDED.search(paragraph)
    if found is None:
        return Tail(paragraph, None)
    return Tail(paragraph[: found.start()].rstrip(), found["rights"].strip())


def is_rights(paragraph: str) -> bool:
    """True for a copyright line of the publisher."""
    return _RIGHTS.match(paragraph) is not None


def is_notice(paragraph: str) -> bool:
    """True for the notice that transcripts are made in a hurry, in all its versions."""
    return _NOTICE.match(paragraph) is not None


def correction_in(paragraph: str) -> str | None:
    """The text of a correction that was added after the broadcast, without its brackets; None where it is none."""
    if not _CORRECTION.match(paragraph):
        return None
    text = paragraph.removeprefix("[").strip()
    return text.removesuffix("]").strip()


def is_bio(paragraph: str, names: tuple[str, ...]) -> bool:
    """True for a paragraph about one of the people who made the story: `Michele Kelemen has been with NPR for ...`."""
    return any(re.match(rf"{re.escape(name)} {_BIO_VERB}\b", paragraph) for name in names)
