"""Lines and headings that say who made a programme, above and below what was said in it."""

import re

_NAMED_CREDIT = re.compile(
    r"(?:Presenter|(?:Executive |Series |Technical |Senior |Associate )?[Pp]roducer|Production Manager"
    r"|Reporter|Researcher|Sound [Ee]ngineer|Host|Guest|Editor|HOST|REPORTER|GUEST|PRODUCER|NEWSCASTER|COMMENTATOR)"
    r"[Ss]?: (?:[A-Z][\w.'’-]+ ){1,3}[A-Z]"
)
_CREDITS_BELOW = frozenset((
    "Guest", "Guests", "Presenter", "Producer", "Credits", "Further information", "Further Information", "Publications",
    "Story Researcher and Producer", "Related Links", "Links",
))  # fmt: skip
"""Headings below the transcripts of Radio National and of Living on Earth."""
_LONGEST_HEADING = 30
_BIO_VERB = re.compile(
    r"(?:['’]s (?:[\w'’-]+ ){1,6}| )"
    r"(?:is|was|are|has|joined|covers|reports|hosts|serves|began|came|works|worked|started|leads|edits|produces|spent)\b"
)


def credits_somebody(line: str) -> bool:
    """Whether a line says what somebody did for a programme: `Producer: Ana Diaz`."""
    return line[-1:] not in ".?!" and _NAMED_CREDIT.match(line) is not None


def is_credits_heading(line: str) -> bool:
    """Whether a line is a heading of those that stand below a transcript."""
    return len(line) <= _LONGEST_HEADING and line.strip("# :") in _CREDITS_BELOW


def is_bio(paragraph: str, names: tuple[str, ...]) -> bool:
    """True for a paragraph about one of the people who made the story: `Michele Kelemen has been with NPR for ...`."""
    return any(paragraph.startswith(name) and _BIO_VERB.match(paragraph, len(name)) is not None for name in names)
