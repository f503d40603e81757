"""What publishers say of a transcript: whose it is, how it was written down, and what was corrected in it.

Footers are suffixes, not lines: stations print «Transcript provided by NPR, Copyright NPR.» glued to the last sentence.
"""

import re
from typing import NamedTuple

from pipeline.transcribe.sought import Sought

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
# `An earlier version of this story misspelled ...`, `This story has been updated to correct ...`: written, not said.
_REVISED = re.compile(
    r"An? (?:earlier|previous|prior) (?:\w+ ){0,2}version of (?:this|the) (?:story|article|page|transcript|post)\b.*"
    r"|This (?:story|article|page|transcript|post) (?:has been|was) (?:updated|corrected|revised|edited|changed)"
    r" (?:\w+ ){0,3}to (?:correct|fix|clarify|reflect|remove|add)\b.*"
)
_REVISED_BEGINS = ("A", "This ")
_OF_PICTURES = ("/", "Getty", "AP", "AFP", "Reuters", "Images", "hoto")
"""`© 2016 Ana Diaz / Getty Images` stands below a photograph, amid the turns; `© 2016 Grove Radio` below the page."""
_OF_EDITORS = ("edit", "condensed", "note: ")
_EMPHASIS = ("*", "_")


class Tail(NamedTuple):
    """A paragraph split at the footer that is glued to it; `after` is what the footer stands before."""

    text: str
    rights: str
    after: str


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
    >>> cut_correction("This story has been updated to correct a name.")
    ('', 'This story has been updated to correct a name.')
    """
    if paragraph.startswith(_REVISED_BEGINS) and _REVISED.fullmatch(paragraph):
        return "", paragraph
    if paragraph[:1] not in _CORRECTION_BEGINS and "[" not in paragraph:
        return paragraph, None
    if ":" not in paragraph or not any(map(paragraph.__contains__, _CORRECTION_WORDS)):
        return paragraph, None
    found = _CORRECTION.search(paragraph)
    if found is None:
        return paragraph, None
    rest = f"{paragraph[: found.start()]} {paragraph[found.end() :]}".strip()
    return rest, found[0].strip("[] ")


def without_emphasis(text: str) -> str:
    """A notice or a copyright line without Markdown's emphasis around it: `*This story aired on June 1, 2021.*`.

    What is said so may be read aloud, or sung.
    """
    if text[:1] not in _EMPHASIS or text[-1:] != text[:1]:
        return text
    plain = text.strip(text[0])
    return plain if is_notice(plain) or is_rights(plain) else text


def closes_page(line: str) -> bool:
    """Whether nothing is said below a line: the page's copyright line, or a notice, but an editor's amid the turns."""
    if line.startswith("©"):
        return not any(map(line.__contains__, _OF_PICTURES))
    return is_notice(line) and not any(map(line.lower().__contains__, _OF_EDITORS))
