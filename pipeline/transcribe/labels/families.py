"""The family of labels that a page uses, found from all that might be one.

Labels in capitals speak for themselves (`label`). All others look like prose, headlines, credits or recipes, and are
labels only where the page as a whole says so:

    Brian Lehrer: ...   Professor Ian Hickie: ...   Newnam: ...   TG: ...     Title Case, then surnames, initials
    Ira Glass           a name alone on its line, with or without colon
    Speaker 1: 00:00:04 ...     Nick Capodice [00:00:07] ...                  stamped with times
    JAMILA MICHENER, Cornell University: ...                                  an affiliation behind full capitals
    Stephen J. DUBNER: ...   DUBNER: ...                                      surnames alone in capitals

A string that fits no family of its page is prose.
"""

from collections.abc import Iterable, Sequence

from pipeline.records import Block
from pipeline.transcribe.census import census_given
from pipeline.transcribe.labels.amid_capitals import amid_capitals
from pipeline.transcribe.labels.announced import names_guests, says_transcript
from pipeline.transcribe.labels.candidates import LONGEST_NAME, Candidates, candidates_of, without_bullet
from pipeline.transcribe.labels.conversation import Signs, is_conversation, names_talkers, people
from pipeline.transcribe.labels.flattened import labels_inside, names_inside
from pipeline.transcribe.labels.initials import by_initials
from pipeline.transcribe.labels.label import Label, caps_label, letter_label, surname_label
from pipeline.transcribe.labels.mention import Mention
from pipeline.transcribe.labels.page_labels import PageLabels
from pipeline.transcribe.labels.part_labels import part_labels
from pipeline.transcribe.names import initials_of

_FEWEST_STAMPED = 2
_FEWEST_SPEAKERS = 2
"""Labels in capitals that a page has beside those with directions."""
_ANSWERS = frozenset("AIQ")
"""`Q:`, `A: Governor Eats Cookie`: questions and answers."""
_MOST_LABELS = 200
"""More different labels than any conversation has."""


def labels_of(blocks: Sequence[Block], *, is_announced: bool, address: str | None = None) -> PageLabels:
    """The labels of a page. `is_announced`: its markup says that the blocks are a transcript."""
    page = PageLabels()
    found = candidates_of(blocks, lambda text: page.find(text) is not None)
    _take_surnames(page)
    _take_letters(page)
    _take_parts(page)
    page.is_stamped = found.stamped >= _FEWEST_STAMPED
    texts = [block.text for block in blocks]
    page.others = _partly_in_capitals(found, page, texts)
    parts = part_labels(page.capitals, texts)
    page.titles, page.lines = dict(parts), dict(parts)
    if parts:
        page.capitals |= parts  # `GUEST 2` looks like a band
        page.seen.clear()
    if found.inline or found.lines:
        is_named = names_talkers(address or "", found.inline)
        is_marked = is_announced or says_transcript(blocks)
        is_announced = is_marked or is_named or names_guests(blocks, found.inline)
        has_roles = any(label is not None and label.role is not None for label in page.capitals.values())
        short = list(_short_capitals(blocks, page))
        signs = Signs(is_announced=is_announced and not has_roles, is_named=is_named, is_marked=is_marked)
        page.titles |= (
            _established(found.inline, short, texts, signs)
            or by_initials(found.inline, short)
            or amid_capitals(found.inline, _in_capitals(blocks, page), texts)
        )
        page.lines |= _established(found.lines, [], texts, signs)
    page.add_own(label.tokens for label in page.capitals.values() if label is not None and label.tokens)
    inside = labels_inside(texts)
    if inside:
        names = names_inside(inside, beside=len(_in_capitals(blocks, page)), own=page.own)
        page.is_flat = bool(names)
        page.add_own(names)
    return page


def _take_surnames(page: PageLabels) -> None:
    """Take for labels the surnames of those whose full labels are there, of words that nobody else is called.

    So are surnames behind what the full label calls somebody, or behind a word that is no given name: `Bishop HALE:`
    beside `Bishop ED HALE (Episcopal Church):`, `Curator HALE:`.
    """
    named = [label for label in page.capitals.values() if label is not None and len(label.tokens) > 1]
    called = {f"{label.printed.removesuffix(' '.join(label.tokens))}{label.tokens[-1]}": label for label in named}
    surnames = {label.tokens[-1] for label in named}
    taken: dict[str, Label | None] = {}
    for head in [head for head, label in page.capitals.items() if label is None]:
        title, _, surname = head.rpartition(" ")
        if title and head in called:
            taken[head] = called[head]._replace(printed=head, end=len(head) + 1)
        elif surname in surnames and (not title or _is_title(title)):
            taken[head] = surname_label(surname)._replace(printed=head, end=len(head) + 1)
    if taken:
        page.capitals |= taken
        page.seen.clear()


def _is_title(before: str) -> bool:
    """Whether words before a surname are each capitalised, and no given name is the first."""
    words = before.split()
    is_called = all(word.isalpha() and word.istitle() for word in words)
    return is_called and words[0].casefold() not in census_given()


def _take_letters(page: PageLabels) -> None:
    """Take single letters for labels of somebody unnamed, beside full names: `C: We really are on the outskirts.`.

    Readers of npr.org's pages of 2009 to 2011 kept no more of `Captain DAN (U.S. Army)`.
    """
    if not any(label is not None and len(label.tokens) > 1 for label in page.capitals.values()):
        return
    taken = {head for head, label in page.capitals.items() if label is None and head.isupper() and head not in _ANSWERS}
    taken = {head for head in taken if len(head) == 1}
    if taken:
        page.capitals |= {head: letter_label(head) for head in taken}
        page.seen.clear()


def _take_parts(page: PageLabels) -> None:
    """Take one name with a direction in capitals for a label: `TK (TEEN):`, `SS (ON TAPE):` of those who play parts."""
    if sum(label is not None and label.is_named for label in page.capitals.values()) < _FEWEST_SPEAKERS:
        return
    heads = [head for head, label in page.capitals.items() if label is None and head.isupper() and head[-1] == ")"]
    taken = {
        head: label._replace(end=len(head) + 1)
        for head in heads
        if (label := caps_label(head.partition(" (")[0])) is not None
    }
    if taken:
        page.capitals |= taken
        page.seen.clear()


def _partly_in_capitals(found: Candidates, page: PageLabels, texts: Sequence[str]) -> dict[str, Label]:
    """Affiliations beside other full names, and surnames that come back alone: `Stephen J. DUBNER:`, `DUBNER:`.

    Amid labels in capitals, as of what was said in earlier programmes, two of the latter are enough.
    """
    capitals = {label.tokens for label in page.capitals.values() if label is not None and label.tokens}
    others: dict[str, Label] = {}
    if len(found.affiliated) + sum(len(tokens) > 1 for tokens in capitals) > 1:
        # Headings look like `VAL KILMER, ACTOR:` too, but no `KILMER:` comes behind them, and nobody calls them.
        is_in_use = any(label.tokens[-1:] in capitals for label in found.affiliated.values())
        is_list = len(found.affiliated) > _MOST_LABELS
        others |= {
            head: label
            for head, label in found.affiliated.items()
            if is_in_use or not head.isupper() or (not is_list and _is_spoken_of(label, texts))
        }
    is_back = any(label.tokens[-1:] in capitals for label in found.surnames.values())
    if is_back or (len(capitals) >= _FEWEST_SPEAKERS and _are_people(found.surnames.values())):
        others |= found.surnames
    return others


def _are_people(labels: Iterable[Label]) -> bool:
    """Whether two of them or more have a given name that Americans have: `Boris JOHNSON`, but not `Step TWO`."""
    given = census_given()
    named = (label for label in labels if label.tokens)  # `The WARDEN:` is nobody by name
    return len({label.tokens for label in named if label.tokens[0].casefold() in given}) >= _FEWEST_SPEAKERS


def _is_spoken_of(label: Label, texts: Iterable[str]) -> bool:
    """Whether the page names somebody, or calls him by his given name: «So, John, will you tell us?»."""
    name = " ".join(label.tokens).title()
    called = f", {name.partition(' ')[0]},"
    return any(name in text or called in text for text in texts)


def _in_capitals(blocks: Sequence[Block], page: PageLabels) -> list[int]:
    """The blocks that begin with somebody's name in capitals."""
    found = ((index, page.find(without_bullet(block.text))) for index, block in enumerate(blocks))
    return [index for index, label in found if label is not None and label.is_named and label.printed.isupper()]


def _short_capitals(blocks: Sequence[Block], page: PageLabels) -> Iterable[tuple[int, Label]]:
    """Labels of one word in capitals with their blocks: `TG:` may be the initials of `Terry Gross:`."""
    for index, block in enumerate(blocks):
        colon = block.text.find(":", 0, LONGEST_NAME)
        label = page.capitals.get(block.text[:colon]) if colon > 0 else None
        if label is not None and len(label.tokens) == 1:
            yield index, label


def _established(
    mentions: Sequence[Mention], short: Iterable[tuple[int, Label]], texts: Sequence[str], signs: Signs
) -> dict[str, Label]:
    """The heads that are labels of the page; none where it is no conversation."""
    if not 0 < len({mention.head for mention in mentions}) <= _MOST_LABELS:
        return {}
    keys = people([mention.label for mention in mentions])
    initials = {letters for key in keys.values() if len(key) > 1 for letters in initials_of(key)}
    of_initials = [
        Mention(index, label.printed, label, texts[index][label.end :])
        for index, label in short
        if label.tokens[0].replace(".", "").upper() in initials
    ]
    return is_conversation(sorted([*mentions, *of_initials], key=lambda m: m.index), texts, signs)
