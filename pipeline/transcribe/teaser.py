"""What a page says of its story between headline and transcript."""

import re
from collections.abc import Iterable, Sequence

from pipeline.records import Page

_SHORTEST = 40
_SHORTEST_OF_SEVERAL = 80
_OF_PAGE = re.compile(r"^(?:Note|Disclaimer): |[Tt]ranscript|[\u3040-\u30ff\u4e00-\u9fff]")
"""What is said of the page itself, or by a site that teaches English in Chinese or Japanese."""
_BEHIND_HEADLINE = re.compile(r"(?:^| )[:|] ")
_WITH_HOST = re.compile(r"^ with (?:[A-Z][\w.'’-]{1,20} ){2}")
"""`It's Been a Minute with Sam Sanders`, as it was once called."""
_HEADLINE_WITHIN = 250


def program_and_teaser(page: Page, header: Sequence[str], names: Iterable[str]) -> tuple[str | None, str | None]:
    """What a page says of its story below the headline, and the programme of `names` that is printed before it.

    Where a page's text alone is known, it is the first sentence above the transcript. What stands below is of the page,
    where more is found and who produced the episode; where the first of several is short, it is a caption or a note.
    """
    teaser = page.teaser
    if teaser is None and page.layout == "plain_text":
        told = [text for text in header if len(text) >= _SHORTEST and text.endswith((".", "?", "!"))]
        told = [text for text in told if not _OF_PAGE.search(text)]
        teaser = told[0] if told and (len(told) == 1 or len(told[0]) >= _SHORTEST_OF_SEVERAL) else None
    if teaser is None:
        return None, None
    program, told_alone = program_behind_headline(teaser, names)
    return program, told_alone or None


def program_behind_headline(text: str, names: Iterable[str]) -> tuple[str | None, str]:
    """The programme that stands between a page's headline and its teaser, and the teaser.

    npr.org's first line, as crawls keep it, is `Headline : Code Switch Some think that ...`, or what is left of it
    without the headline. Where the programme is not known, nobody knows where the teaser begins.

    >>> program_behind_headline("Who Is Rain? : Code Switch Some think ...", ["Code Switch"])
    ('Code Switch', 'Some think ...')
    >>> program_behind_headline("Some think: no.", ["Code Switch"]), program_behind_headline(": Rain Some.", [])
    ((None, 'Some think: no.'), (None, ''))
    """
    known = tuple(names)
    for mark in _BEHIND_HEADLINE.finditer(text[:_HEADLINE_WITHIN]):
        behind = text[mark.end() :]
        name = next((name for name in known if behind.startswith(f"{name} ")), None)
        teaser = _WITH_HOST.sub("", behind[len(name) :]).strip() if name is not None else ""
        if name is not None and teaser and not teaser[0].islower():
            return name, teaser
    return None, "" if text.startswith(": ") else text
