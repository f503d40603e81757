"""What stands on a transcript page but was never said: players, footers, plugs, credits of photographs, bios.

Every pattern was met on a page; the years say when. Footers are suffixes, not lines: stations print «Transcript
provided by NPR, Copyright NPR.» glued to the last sentence.
"""

import re
from typing import NamedTuple

from pipeline.transcribe.labels.label import find_label
from pipeline.transcribe.script.pictures import is_of_picture
from pipeline.transcribe.sought import Sought

# The live player and furniture of Grove stations, and the story tools of npr.org, as a page's text keeps them.
_LINES = frozenset((
    "play live radio", "next up:", "next up", "available on air stations", "on air", "now playing", "watch live",
    "listen live", "listen", "donate", "support today", "sponsor message", "become an npr sponsor", "advertisement",
    "facebook", "twitter", "flipboard", "email", "linkedin", "print", "tweet", "share", "download", "embed",
    "playlist", "transcript", "toggle more options", "npr logo", "npr", "hide caption", "toggle caption",
    "enlarge this image", "skip to main content", "accessibility links", "npr shop",
    "keyboard shortcuts for audio player", "newsletters", "local newscast", "close", "copy", "html embed:", "·",
    "skip advertisement", "back to top »", "back to top", "-30-", "[the end]", "the end", "###", "text of interview",
    "read the full transcript", "listen now", "comments", "search the site", "skip to content", "menu", "logo",
    "talk to us", "picture", "• picture", "full show", "view the page for this story", "show credits and funders",
    "show transcript", "interview ends", "media options", "quick viewing(text mode)", "discussion (0)",
    "share this:", "like this:",
))  # fmt: skip
_RULES = "*~_=•·–—-"
_FEWEST_SIGNS = 3
_LONGEST_LINE = 200
"""Characters: only a plug is longer."""
_LINE_PATTERNS = re.compile(
    r"^(?:0:00(?: 0:00)*|\d{1,2}:\d{2}(?::\d{2})?|Listen\s*[·•*]?\s*\d{1,2}:\d{2}.*"
    r"|\"?>?\s*<\s*/?iframe.*|[•*]\s+(?:Playlist|Download|Embed|Transcript|<iframe).*"
    r"|.{1,80}\(follow us on Google News\)"
    r"|#\d\d:\d\d:\d\d\.\d\d#|(?-i:Act (?:One|Two|Three|Four|Five|Six|Seven|\d{1,2})(?:[.:] .{0,90})?)"
    r"|(?-i:(?:Prologue|Epilogue)(?:: .{0,90})?)"
    r"|(?-i:Part \d{1,2}: .{0,90})|Hear the latest from .*|© ?\d{4} .{2,80}|(?-i:Heard on [A-Z].*)|See stories by .*"
    r"|(?-i:RELATED|Related|READ MORE|Read more|MORE|WATCH|LISTEN)(?-i: [A-Z]+)?:.*|(?-i:[A-Z]\w* )?Loading\.\.\."
    r"|(?-i:(?:Read|Watch|Listen|See also|Previously|Photos|Video|In case you missed it"
    r"|More(?: (?:on|about|from) [^:.?!]{2,60})?): [\"“‘']?[A-Z])[^.!]{2,150}(?<![.!?,;:…\-–—'\"”])"
    r"|(?-i:(?:Read|Listen to|Watch|Hear|See|View|Find) (?:the|our|this|her|his) (?:full|entire|complete|original))"
    r" (?:story|interview|conversation|transcript|article|report|episode|debate|series|list|video)\b.{0,40}"
    r"|Click to .{3,60} \(Opens in new window\)"
    r"|(?-i:Sign up) (?:for|to) [^:.]{0,60}\bnewsletters?(?: here)?\.?"
    r"|(?-i:Tags|Categories|Topics|Filed under|Filed Under): .*|\d{1,2}:\d{2} (?-i:[AP]M)(?: [A-Z]{2,4})?"
    r"|\(?(?:Story|Article) continues (?:below|after .{2,30})\.?\)?"
    r"|(?-i:Read more ?[>»›]|Credit (?:NPR|AP|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}(?: ?/ ?.{2,40})?))"
    # Photographs' credits, as WNYC prints them: `( Carolyn Kaster / Associated Press )`.
    r"|\( (?!(?i:laugh|applau|cheer|music|sound|sing|crosstalk))[^()]{3,80} \)"
    # Markdown: a heading; a link that is all of a list's item.
    r"|#{2,6} .{1,120}"
    r"|[-*] \[[^\[\]]{1,150}\]\([^()\s]{1,150}\))$",
    re.IGNORECASE,
)
_LINE_MARKS = frozenset('0123456789"><•*#©(-')
_LINE_BEGINS = frozenset((
    "ac", "ar", "ca", "cl", "cr", "ep", "fi", "he", "in", "li", "mo", "pa", "ph", "pr", "re", "se", "si", "st", "ta",
    "to", "vi", "wa",
))  # fmt: skip
_LINE_ENDS = ("(follow us on google news)", "loading...")
"""How the above begin or end: a quick look that spares most lines the pattern."""
_PLUGS = (
    "sponsor-free feed", "sponsor-free listening", "our support helps make our show possible",
    "Support for NPR and the following message",
)  # fmt: skip

# Below Marketplace's stories, 2017 on.
_APPEALS = (
    "There’s a lot happening in the world. ", "There's a lot happening in the world. ",
    "You rely on Marketplace to break down",
    "Your donation today powers the independent journalism",
)  # fmt: skip

_TO_A_LABEL = r"(?:(?!\b[A-Z][\w.'’-]{0,30}(?: [A-Z(][\w.,'’()-]{0,30}){0,5}:).)*"
"""What is left of a paragraph, but for what somebody says behind it where all of a page stands in one paragraph."""
# "Transcript provided by NPR, Copyright NPR." (2012 on), "... Copyright National Public Radio." (to 2011); other
# copyright lines, where an extractor lost the paragraph's edge before them. `Â©` is what data sets make of the sign.
_PROVIDED = Sought(
    r"(?P<rights>Transcript provided by (?:NPR|National Public Radio)[,;.]?"
    r"(?: ?Copyright(?: Â?©)?(?: \d{4})? (?:NPR|National Public Radio)\.?)?"
    rf"|Copyright Â?© ?\d{{4}} (?:NPR|National Public Radio)\. All rights reserved\.{_TO_A_LABEL}"
    r"|\[?(?:Copyright (?:Â?©|\(c\))? ?|Â?© ?)\d{4} (?:by )?"
    r"(?=[^.]{0,50}(?:NPR|Radio|News|Media|Foundation|Network|\b[KW][A-Z]{2,3}\b))[A-Z][^.\]]{1,60}"
    r"(?:\. To see more, visit(?: https?://\S+| [A-Z][\w ]{1,40}\.)?"
    rf"|\. (?:All rights reserved(?=[.\]]|$)|No portion of ){_TO_A_LABEL}"
    r"|\. For personal, noncommercial use only\. See Terms of Use\.(?: For other uses, prior permission required\.)?"
    r"|[.\]]?$)"
    r"|Copyright Â?© [A-Z]{3} \d{4}\.?$)",
    "Copyright |Transcript provided|©",
)
# Notices that are glued to the last sentence, or to the first.
_GLUED_NOTICE = Sought(
    r" ?(?:(?:(?:NPR|New York Public Radio|WNYC) transcripts are created on a rush deadline"
    r"|Accuracy and availability of NPR transcripts may vary|Reveal transcripts are produced by"
    r"|(?:(?:Note: )?This American Life is produced for the ear and designed to be heard\. )?"
    r"Transcripts are generated using a combination|This transcript was automatically generated and may contain)"
    rf"{_TO_A_LABEL}"
    r"|Please note [^.?!]{2,60} must be credited if any part of this transcript is used\.?"
    r"|This is a rush transcript\. Copy may not be in its final form\."
    r"|This (?:article|story) was originally published on [\w.]{3,40}\.(?:org|com)\b\.?)",
    "ranscript|was originally",
)
_RIGHTS = re.compile(
    r"^(?:Copyright (?:Â?©|\(c\)|&copy;)? ?\d{4} (?:NPR|National Public Radio|WNYC|American Public Media|.{2,60}?)\b.*"
    r"|Copyright Â?©(?: ?\d{4}[-–] ?)?\d{4} .*|Copyright (?:Â?©|\(c\)) ?[A-Z][\w&. ]{1,40} \d{4}\b.*"
    r"|Â?© ?\d{4} (?:NPR|National Public Radio).*|Â?© ?[A-Z][\w&.' ]{1,40} (?:19|20)\d{2}\.?$)",
    re.IGNORECASE,
)
_RIGHTS_BEGIN = frozenset("Cc©Â")
# NPR, New York Public Radio («transcripts are created on a rush deadline»), This American Life («is produced for the
# ear»), Democracy Now!, CBC, BBC, Reveal, iHeart, and machines.
_NOTICE = re.compile(
    r"^(?:Note: )?(?:Accuracy and availability of NPR transcripts may vary|This is a rush transcript|"
    r"[^.?!:]{0,40}transcripts are (?:created on a rush deadline|produced by|generated using)|"
    r"(?:Available )?transcripts (?:may contain errors|are (?:automatically|generated))|"
    r"[KW][A-Z]{2,3} is .{2,60}\b(?:NPR|public radio|news) (?:news )?(?:source|station|service)\b|"
    r"News from .{2,60} is a public service|"
    r"The original content of this program is licensed under|CBC does not guarantee the accuracy|"
    r"This is not a word[- ]for[- ]word transcript|"
    r"This transcript (?:has been|was|is) (?:created|made|produced|provided|generated|prepared|transcribed"
    r"|automatically|computer|machine)\b|"
    r"[^:]{2,60} is produced for the ear|Note: .{2,60} are meant to be heard|"
    r"Please note .{2,80} must be credited|"
    r"(?:[^:]{1,60}\.\w{3,4}: )?(?:(?:this )?(?:\w{1,10} )?audio(?: file)?|this (?:episode|interview|recording))"
    r"(?: was)? automatically transcribed\b|"
    r"Editor(?:['’]s|s['’]) note\b|"
    r"(?:A version of )?this (?:article|story) (?:was )?(?:originally |first )?(?:published|appeared) (?:on|by|in)"
    r" .{2,90}$|"
    r"This (?:story|segment|program|episode|interview) (?:was )?(?:originally |first )?(?:aired|broadcast) on"
    r" (?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|[KW][A-Z]{2,3})\b.{0,60}$|"
    r"This (?:interview|conversation|transcript|story|segment)(?: transcript)? (?:has been|was) (?:lightly |slightly )?"
    r"(?:edited|condensed))",
    re.IGNORECASE,
)
# What every notice holds or begins with.
_NOTICE_WORDS = (
    "the original content", "news from ", "accuracy and", "this ", "a version of ", "please note", "editor", "note: ",
)  # fmt: skip
_CALL_SIGN_BEGINS = frozenset("KW")
_LONGEST_NOTICE_HEAD = 130
# `[POST-BROADCAST CORRECTION: ...]` (2019), also glued to the last sentence; `Correction March 3, 2021: ...`.
_CORRECTION = re.compile(
    r"\[\s*(?:POST(?:- ?| )BROADCAST )?(?:CORRECTION|CLARIFICATION)\b[^\]]*(?:\]|$)"
    r"|^(?:POST(?:- ?| )BROADCAST )?(?:CORRECTION|CLARIFICATION)"
    r"(?:\W{1,3}(?:on |added |posted )?[A-Z][a-z]+\.? \d[^:]{0,20})?:.*",
    re.IGNORECASE,
)
_CORRECTION_BEGINS = frozenset("PpCc")
_CORRECTION_WORDS = ("ORRECTION", "LARIFICATION", "orrection", "larification")
_BIO_VERB = re.compile(
    r"(?:['’]s (?:[\w'’-]+ ){1,6}| )"
    r"(?:is|was|are|has|joined|covers|reports|hosts|serves|began|came|works|worked|started|leads|edits|produces|spent)\b"
)


class Tail(NamedTuple):
    """A paragraph split at the footer that is glued to it; `after` is what the footer stands before."""

    text: str
    rights: str
    after: str


def is_chrome(line: str) -> bool:
    """True for a line of the page's furniture, which is in no turn wherever it stands."""
    if len(line) <= _LONGEST_LINE:
        folded = line.casefold()
        may_fit = folded[:2] in _LINE_BEGINS or folded[:1] in _LINE_MARKS or folded.endswith(_LINE_ENDS)
        if folded in _LINES or (may_fit and _LINE_PATTERNS.match(line) is not None):
            return True
    if line.startswith(_APPEALS):
        return True
    if is_of_picture(line):
        return True
    # A host who says it behind his label is heard, and his label is needed for what follows.
    is_plug = ("upport" in line or "sponsor" in line) and any(plug in line for plug in _PLUGS)
    return is_plug and find_label(line) is None


def may_have_footers(text: str) -> bool:
    """Whether `cut_footer` may find any in the paragraphs of a page with this text."""
    return _PROVIDED.may_stand_in(text)


def may_have_notices(text: str) -> bool:
    """Whether `without_notice` may find any in the paragraphs of a page with this text: hardly a page has one."""
    return _GLUED_NOTICE.may_stand_in(text)


def cut_footer(paragraph: str) -> Tail | None:
    """The paragraph without the footer glued to its end, and the footer; None where it has none.

    >>> cut_footer("Bobby Allyn, NPR News, Paradise, Calif. Transcript provided by NPR, Copyright NPR.").text
    'Bobby Allyn, NPR News, Paradise, Calif.'
    """
    found = _PROVIDED.search(paragraph)
    if found is None:
        return None
    return Tail(paragraph[: found.start()].rstrip(), found["rights"].strip(" []"), paragraph[found.end() :].strip())


def without_notice(paragraph: str) -> str:
    """The paragraph without a notice that is glued to it.

    >>> without_notice("It rains.This is a rush transcript. Copy may not be in its final form.")
    'It rains.'
    """
    found = _GLUED_NOTICE.search(paragraph)
    return paragraph if found is None else f"{paragraph[: found.start()]} {paragraph[found.end() :]}".strip()


def is_rule(text: str) -> bool:
    """Whether a line is `* * *`: the scene changes, and so may the speaker.

    By no pattern: one that may give back what it found keeps 120 bytes a sign, 550 MB of the longest page.
    """
    return text[:1] in _RULES and not text.strip(f"{_RULES} ") and len(text.replace(" ", "")) >= _FEWEST_SIGNS


def is_rights(paragraph: str) -> bool:
    """True for a copyright line of the publisher."""
    return paragraph[:1] in _RIGHTS_BEGIN and _RIGHTS.match(paragraph) is not None


def is_notice(paragraph: str) -> bool:
    """True for the notice that transcripts are made in a hurry, in all its versions."""
    head = paragraph[:_LONGEST_NOTICE_HEAD].lower()
    is_station = paragraph[:1] in _CALL_SIGN_BEGINS and paragraph[:3].isupper() and " is " in head
    if not (is_station or "transcri" in head or head.startswith(_NOTICE_WORDS)):
        return False
    return _NOTICE.match(paragraph) is not None


def cut_correction(paragraph: str) -> tuple[str, str | None]:
    """The paragraph without a correction that was added after the broadcast, and the correction without brackets.

    >>> cut_correction("Thank you. [POST-BROADCAST CORRECTION: It was a Monday.]")
    ('Thank you.', 'POST-BROADCAST CORRECTION: It was a Monday.')
    """
    if paragraph[:1] not in _CORRECTION_BEGINS and "[" not in paragraph:
        return paragraph, None
    if ":" not in paragraph or not any(map(paragraph.__contains__, _CORRECTION_WORDS)):
        return paragraph, None
    found = _CORRECTION.search(paragraph)
    if found is None:
        return paragraph, None
    rest = f"{paragraph[: found.start()]} {paragraph[found.end() :]}".strip()
    return rest, found[0].strip("[] ")


def is_bio(paragraph: str, names: tuple[str, ...]) -> bool:
    """True for a paragraph about one of the people who made the story: `Michele Kelemen has been with NPR for ...`."""
    return any(paragraph.startswith(name) and _BIO_VERB.match(paragraph, len(name)) is not None for name in names)
