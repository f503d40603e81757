"""Whether labelled turns are said to each other: people take turns, call and ask each other, or are told of before."""

import re
from collections import Counter
from collections.abc import Container, Sequence
from itertools import pairwise

from pipeline.transcribe.evidence.addressing import answers, calls, thanks_for_talk
from pipeline.transcribe.evidence.mentions import full_name
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.labels.mention import Mention, Person, Turn
from pipeline.transcribe.names import fold

_YOU = re.compile(r"\b[Yy]ou\b|\?")
_FEWEST_TURNS = 4
_FEWEST_ANNOUNCED = 3
_FEWEST_RETURNS = 3
"""How often one who has spoken before takes the word from another, in a page that announces no transcript."""


def named_above(mentions: Sequence[Mention], texts: Sequence[str]) -> frozenset[str]:
    """The labels of those whom the words above the first label name in full: `Woods`, and «Dan Woods talked»."""
    text = "\n".join(texts[: mentions[0].index]) if mentions else ""
    folded = fold(text)
    labels = {mention.head: mention.label for mention in mentions if text and mention.label.is_named}
    return frozenset(head for head, label in labels.items() if _is_named_in(text, folded, label))


def _is_named_in(text: str, folded: str, label: Label) -> bool:
    if len(label.tokens) > 1:
        return " ".join(label.tokens) in text
    return full_name((fold(label.tokens[0]),), text, folded) is not None


def are_named(turns: Sequence[Turn], texts: Sequence[str]) -> bool:
    """Two people or more by their full names; all but one are named by the page's other words or by each other."""
    full = {mention.head: " ".join(mention.label.tokens) for _, mention, _ in turns if len(mention.label.tokens) > 1}
    if len(full) < 2:
        return False
    page = "\n".join(texts)
    named = sum(page.count(name) > page.count(f"{head}:") for head, name in full.items())
    return named >= len(full) - 1


def are_told(turns: Sequence[Turn]) -> bool:
    """Two people or more whose full names somebody else by his own says right before they speak.

    Who hears them needs it. Operators of companies' calls say it too, but have no names.
    """
    told = {
        who
        for (former, before, said), (who, mention, _) in pairwise(turns)
        if who != former and min(len(before.label.tokens), len(who)) > 1 and " ".join(mention.label.tokens) in said
    }
    return len(told) > 1


def is_called(turns: Sequence[Turn]) -> bool:
    """Whether somebody calls by his given name who spoke right before him, or does next, or thanks him as guests do."""
    return any(
        who != former
        and (
            thanks_for_talk(said)
            or thanks_for_talk(asked)
            or (len(former) > 1 and answers(said, before.label.tokens[0]))
            or (len(who) > 1 and (answers(asked, given := mention.label.tokens[0]) or calls(asked, given)))
        )
        for (former, before, asked), (who, mention, said) in pairwise(turns)
    )


def turn_to(turns: Sequence[Turn], above: Container[str]) -> bool:
    """Whether one who is named above asks another who is, or says you to him, right before he speaks."""
    return any(
        who != former and before.head in above and mention.head in above and _YOU.search(said)
        for (former, before, said), (who, mention, _) in pairwise(turns)
    )


def take_turns(speakers: Sequence[Person], *, is_announced: bool, is_introduced: bool) -> bool:
    """Two people or more who answer each other; `is_introduced`: one of them says who he is."""
    counts = Counter(speakers)
    returns = sum(counts[who] > 1 and who != former for former, who in pairwise(speakers))
    if len(counts) < 2:
        return False
    if is_announced or is_introduced:
        return len(speakers) >= _FEWEST_ANNOUNCED and (is_introduced or returns > 0)
    return (
        len(speakers) >= _FEWEST_TURNS
        and returns >= _FEWEST_RETURNS
        and sum(count > 1 for count in counts.values()) >= 2
    )
