"""Labels inside paragraphs, where a page's paragraphs were run together."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from pipeline.records import Block
from pipeline.transcribe.census import census_given
from pipeline.transcribe.evidence.addressing import called_in
from pipeline.transcribe.labels.label import Label, caps_label, title_case_label
from pipeline.transcribe.vocabulary import HONORIFICS, OFFICES

_LONGEST_HEAD = 120
"""Characters of a label inside a paragraph: those with a role in long parentheses never stand there."""
_LETTER = re.compile(r"[A-Z]\.")
_INITIALS = re.compile(r"(?:[A-Z]\.){2,3}")
_FEWEST_COLONS = 4
_FEWEST_NAMES = 2
_FEWEST_TURNS = 6
"""Names before colons: two readers who praise a film have fewer."""
_LONGEST_TITLE = 40
_LONGEST_ABBREVIATION = 5
"""`NATO`, `EDT`."""
_FULL = 2
"""Words of a name."""
# What stands right before a label inside a paragraph: a sentence's end, a direction, or chrome glued to it; but no stop
# between initials, as in «... the U.S. HALE: It rains.»; or a headline, before a full name with its role, of
# which a stop is no part: «... in the U.S. ANA DIAZ, HOST:».
_BREAK = re.compile(
    r"(?:\.(?!(?<=\b[A-Z]\.)[A-Z]\.)|[?!…)\]\"”’]|--?|[–—]) ?(?=[A-ZÀ-ÖØ-Þ\d(\[])|[a-z](?=[A-Z]{2})"
    r"|(?P<headline>[a-z\d] )(?=[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]{1,30}(?: (?:[A-Z]\.|[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]{1,30})){1,4}"
    r", (?:HOST|BYLINE|host|byline)$)"
)

_PLAIN_LABEL = re.compile(r"[A-Z, ]{1,80}:")
"""As most paragraphs begin: no break is in it."""


def inner_heads(text: str, *, in_capitals: bool = False) -> Iterator[tuple[int, str]]:
    """All that might be a label inside a paragraph, with its place: what stands between a break and a colon.

    `in_capitals`: no more than what ends in one.

    >>> list(inner_heads("It rains. ANA DIAZ: It does."))
    [(10, 'ANA DIAZ')]
    >>> list(inner_heads("He saw the U.S. DIAZ: Ah.")), list(inner_heads("Ah. J.D. DIAZ: Oh."))
    ([(16, 'DIAZ')], [(4, 'J.D. DIAZ'), (9, 'DIAZ')])
    """
    plain = _PLAIN_LABEL.match(text)
    former = plain.end() if plain is not None else 0
    has_brackets = "(" in text
    colon = text.find(":", former)
    while colon >= 0:
        begin = max(former, colon - _LONGEST_HEAD)
        opened = text.rfind("(", begin, colon) if has_brackets else -1
        is_open = opened > text.rfind(")", begin, colon)
        if not in_capitals or text[colon - 1].isupper():
            for found in _BREAK.finditer(text, begin, colon):
                if found.end() < colon and not (is_open and found.end() > opened):
                    cut = _end_of_headline(text[found.end() : colon]) if found["headline"] else 0
                    yield found.end() + cut, text[found.end() + cut : colon]
        if not is_open:  # `(Author, "Bread: A Life"):` goes on
            former = colon + 1
        colon = text.find(":", colon + 1)


def _end_of_headline(head: str) -> int:
    """Where the name begins behind the short words in capitals that a headline, or the time below it, ends with.

    >>> [_end_of_headline(f"{words}, HOST") for words in ("PM EDT ANNA FELD", "NATO EYDER FELD", "EYDER FELD")]
    [7, 5, 0]
    """
    words = head.partition(",")[0].split(" ")
    given = census_given()
    first = next((count for count, word in enumerate(words[:-1]) if word.lower() in given), len(words) - _FULL)
    is_headline = all(len(word) <= _LONGEST_ABBREVIATION for word in words[:first])
    return sum(len(word) + 1 for word in words[:first]) if is_headline else 0


def labels_inside(texts: Iterable[str]) -> list[tuple[Label, str]]:
    """The labels in capitals inside paragraphs, each with the two characters before it; none in an open bracket.

    >>> found = labels_inside(["It rains. (SOUNDBITE OF THE ROE BAND’S “RAIN: FOG”) HALE: Ah."])
    >>> [label.printed for label, _ in found]
    ['HALE']
    """
    return [
        (label, text[begin - 2 : begin])
        for text in texts
        for begin, head in inner_heads(text, in_capitals=True)
        if head[0].isupper() and (label := caps_label(head)) is not None and label.is_named
    ]


def names_inside(
    found: Sequence[tuple[Label, str]], *, beside: int = 0, own: Iterable[tuple[str, ...]] = ()
) -> set[tuple[str, ...]]:
    """The names of labels of a page that has more inside paragraphs than `beside` them; none where that is not sure.

    `own`: the names of those beside them.

    Sure is a label right behind a direction, one that comes back, or a surname behind a full name.

    >>> sorted(names_inside(labels_inside(["HALE: Where? DIAZ: The U.S. HALE: Then? DIAZ: Rain. HALE: Ah."])))
    [('DIAZ',), ('HALE',)]
    """
    counts = Counter(label.tokens for label, _ in found)
    has_full = any(len(name) > 1 for name in counts) or any(len(name) > 1 and name[-1:] in counts for name in own)
    if len(found) <= beside or (beside and not has_full):
        return set()  # few, or `COAST: Rain. HILLS: Fog.`
    ends = {name[begin:] for name in counts for begin in range(1, len(name))}
    is_sure = any(before == ") " or counts[label.tokens] > 1 or label.tokens in ends for label, before in found)
    if not is_sure:
        return set()
    lettered = {name for name in counts if len(name) > 1 and _LETTER.fullmatch(name[0]) is not None}
    surnames = {name[-1:] for name in counts.keys() - lettered}
    return {name for name in counts if name not in lettered or name[1:] not in surnames}  # «vitamin E. DIAZ: Right.»


def with_paragraphs(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, with a paragraph for each name in Title Case before a colon, where full ones of two people come back.

    Whether they talk is judged by their paragraphs, as on other pages.

    >>> said = "Ana Diaz: Why, Ed? Ed Hale: It rains. Ana Diaz: Oh. Ed Hale: One word: no. Ana Diaz: No? Ed Hale: No."
    >>> [block.text for block in with_paragraphs([Block(said)])][:4]
    ['Ana Diaz: Why, Ed?', 'Ed Hale: It rains.', 'Ana Diaz: Oh.', 'Ed Hale: One word: no.']
    """
    full = {index: block.text for index, block in enumerate(blocks) if block.text.count(":") >= _FEWEST_COLONS}
    inside = {index: list(_title_heads(text)) for index, text in full.items()}
    times = Counter(head for heads in inside.values() for _, head in heads)
    names = {head for head, count in times.items() if count > 1 and " " in head}
    if len(names) < _FEWEST_NAMES or times.total() < _FEWEST_TURNS or not _are_called(names, full.values()):
        return blocks
    names |= {head for head, count in times.items() if count > 1 or " " in head}
    found: list[Block] = []
    for index, block in enumerate(blocks):
        places = [begin for begin, head in inside.get(index, ()) if head in names and begin > 0]
        parts = [block.text[begin:end].strip() for begin, end in pairwise([0, *places, len(block.text)])]
        found.append(replace(block, text=parts[0]) if places else block)
        found.extend(Block(part) for part in parts[1:])
    return found


def _are_called(names: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether words call one of these: «Thank you, Ana.»; who stands for election, or praises a book, calls nobody.

    That they are named is no sign: «Buy it from Ana Diaz.», «Did you know that Olive Oil is good for you?»
    """
    called = called_in(texts)
    return any(name.partition(" ")[0] in called for name in names)


def _title_heads(text: str) -> Iterator[tuple[int, str]]:
    """Names in Title Case before colons, at the beginning of a paragraph and inside it, with their places.

    >>> list(_title_heads("Ana Diaz: Yes? Right. Dr. Ed Hale: It rains."))
    [(0, 'Ana Diaz'), (22, 'Dr. Ed Hale')]
    """
    colon = text.find(":", 0, _LONGEST_TITLE)
    heads = inner_heads(text)
    former = -1
    for begin, head in chain([(0, text[:colon])], heads) if colon > 0 else heads:
        if begin + len(head) != former and _is_title(head):
            former = begin + len(head)
            yield begin, head


def _is_title(head: str) -> bool:
    """Whether these words are a name in Title Case, and no sentence's end is among them: «Right. Ed Hale»."""
    if len(head) > _LONGEST_TITLE or not head[0].isupper():
        return False
    stopped = (word for word in head.split() if "." in word and len(word) > len("J."))
    if not all(_INITIALS.fullmatch(word) or _may_end_in_stop(word) for word in stopped):
        return False
    label = title_case_label(head)
    return (
        label is not None
        and label.is_named
        and not any(len(token) > len("J.") and token.isupper() for token in label.tokens)
    )


def _may_end_in_stop(word: str) -> bool:
    bare = word.removesuffix(".")
    return bare.lower() in HONORIFICS or bare.upper() in OFFICES or bare in ("Jr", "Sr")
