"""Labels whose colon is lost: `ALLEN How did it begin?`, `Ana Allen So it was.`, on a page that prints `ANA ALLEN:`."""

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace

from pipeline.records import Block
from pipeline.transcribe.labels.label import find_label, title_case_label

_OPENERS = (
    r"A|About|After|All|Also|An|And|Any|Are|As|At|Because|Before|But|By|Can|Could|Did|Do|Does|Even|Every"
    r"|Everybody|Everyone|First|For|From|Good|Great|Had|Has|Have|He|Hello|Hey|Hi|His|How|I|If|In|Is|It|Just|Let"
    r"|Like|Look|Maybe|Me|Mm|More|Most|My|Never|No|Nobody|Not|Nothing|Now|Of|Oh|OK|Okay|On|Once|One|Or|Our"
    r"|Right|She|Should|Since|So|Some|Somebody|Sometimes|Sure|Thank|Thanks|That|The|Their|Then|There|These|They"
    r"|This|Those|Though|To|Today|Uh|Um|Was|We|Well|Were|What|When|Where|Which|While|Who|Why|Will|With|Would"
    r"|Yeah|Yep|Yes|Yet|You|Your"
)
_BARE = re.compile(r"(?P<head>[A-Z][A-Z'’-]{0,30}[A-Z]) (?=[\"“(\[]?(?:[A-Z][a-z'’]|[AI] ))")
"""No heading: its next words would be in capitals too."""
_SENTENCE = re.compile(rf"[\"“(\[]?(?:I['’]\w|(?:{_OPENERS})\b)")
_NAMED = re.compile(
    r"(?P<head>[A-Z][\w.'’-]{1,30}(?: [A-Z][\w.'’-]{0,30}){0,3}?) "
    rf"(?=[\"“]?(?:I['’]\w|(?:{_OPENERS})(?:[,.!?…]| (?!\w+:)[a-z])))"
)
"""A name before a sentence: the second word of a headline would have a capital too."""
_VERBS = frozenset(("Can", "May", "Will"))
"""`May I ask?` is a question."""
_LONGEST_HEAD = 80
_LONGEST_INITIALS = 3
_BEFORE_NAMES = frozenset((
    "AG", "CEO", "DA", "DJ", "EU", "LA", "MC", "MP", "NYC", "PM", "UK", "UN", "US", "VP",
))  # fmt: skip
"""`PM Rao said so.` calls nobody to speak, whoever is `PM:` elsewhere."""
_HONORIFICS = ("Mr", "Ms", "Dr", "Pr")
_CUT_BRACKET = re.compile(
    r"(?P<head>(?:M(?:r|s|rs)|Dr|Prof|Professor)\.? [A-Z][A-Z.'’-]{1,30}(?: [A-Z][A-Z.'’-]{1,30}){1,3}) \( (?=[A-Z])"
)
_FEWEST = 2
"""Times that a page prints one word with a colon: prose knows acronyms, but few that speak."""


def with_cut_brackets(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, with a colon behind a name and honorific whose bracket and colon were lost with the address in it.

    Crawls drop addresses with what is joined to them: `Mr. ED HALE (Rain.com): I do.` loses the bracket and the colon.

    >>> with_cut_brackets([Block("Mr. ED HALE ( How are you, Scott?")])[0].text
    'Mr. ED HALE: How are you, Scott?'
    """
    found = {
        place: match
        for place, block in enumerate(blocks)
        if block.text[:2] in _HONORIFICS and (match := _CUT_BRACKET.match(block.text)) is not None
    }
    return [
        replace(block, text=f"{found[place]['head']}: {block.text[found[place].end() :]}") if place in found else block
        for place, block in enumerate(blocks)
    ]


def with_lost_colons(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, with the colon behind a name or initials that the page prints with one elsewhere.

    >>> blocks = [Block("ANA DIAZ: Why?"), Block("ED HALE: It rained."), Block("DIAZ Does it rain?")]
    >>> with_lost_colons(blocks)[2].text
    'DIAZ: Does it rain?'
    >>> with_lost_colons([Block("ANA DIAZ reporting: Rain."), Block("DIAZ It is in May.")])[1].text
    'DIAZ: It is in May.'
    >>> with_lost_colons([Block("ANA DIAZ: Why?"), Block("NPR News said so.")])[1].text
    'NPR News said so.'
    """
    named = {word for block in blocks for word in _head(block.text).replace(",", " ").split()}
    found = {
        place: match
        for place, block in enumerate(blocks)
        if block.speaker is None
        and (match := _BARE.match(block.text) or _NAMED.match(block.text)) is not None
        and match["head"].rpartition(" ")[2] in named
        and find_label(block.text) is None
    }
    if not found:
        return blocks
    times: Counter[str] = Counter()
    full: set[tuple[str, ...]] = set()
    for block in blocks:
        label = find_label(block.text) or title_case_label(_head(block.text))
        if label is not None and label.is_named:
            times[label.tokens[-1]] += _FEWEST if len(label.tokens) > 1 and label.printed.isupper() else 1
            full.update((label.tokens, label.tokens[-1:]) if len(label.tokens) > 1 else ())
    return [
        replace(block, text=f"{found[place]['head']}: {block.text[found[place].end() :]}")
        if place in found and times[found[place]["head"].rpartition(" ")[2]] >= _FEWEST and _speaks(found[place], full)
        else block
        for place, block in enumerate(blocks)
    ]


def _head(text: str) -> str:
    """What stands before a paragraph's first colon: a name, and what may stand behind it (`HAL BRANDT reporting:`)."""
    return text[: text.find(":", 0, _LONGEST_HEAD) + 1][:-1]


def _speaks(found: re.Match[str], full: Container[tuple[str, ...]]) -> bool:
    """Whether a sentence begins behind the word: `JACKSON County` has none; behind initials there may be a headline.

    In Title Case it must be a `full` name, or the surname of one: `Thanks Ana I do.` is no label.
    """
    head = found["head"]
    if not head.isupper():
        return head not in _VERBS and tuple(head.split()) in full
    if _SENTENCE.match(found.string, found.end()) is not None:
        return True
    return len(head) <= _LONGEST_INITIALS and head not in _BEFORE_NAMES and (head,) not in full
