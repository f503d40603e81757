"""What changed from one revision of a page to the next: a function of what the page said. Turns: see `turn_ids`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum, auto

from pipeline.identify.revisions.turn_ids import Line, same_turns, turn_ids
from pipeline.identify.revisions.wording_diff import Change, Piece, diff, words_in

SAID_BY_PAGE = (
    "npr_id", "program", "title", "segment_title", "teaser", "air_date", "published_at", "audio_url", "audio_seconds",
    "language", "dateline", "correction", "rights", "author_bio",
)  # fmt: skip
"""What of a transcript's facts is its content. URLs and `updated_at` may differ between looks at the same content."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a page said: its facts, each as text, and its turns."""

    facts: Mapping[str, str]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ChangedTurn:
    """A turn that was edited, or came, or went: the side on which it is not has None."""

    turn_id: str
    old_index: int | None
    new_index: int | None
    old_label: str | None
    new_label: str | None
    pieces: tuple[Piece, ...]

    @property
    def is_reworded(self) -> bool:
        return any(piece.change != "equal" for piece in self.pieces)

    @property
    def is_relabelled(self) -> bool:
        return self.old_index is not None and self.new_index is not None and self.old_label != self.new_label


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A fact that the page says otherwise, or not at all, or did not say before."""

    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Revision:
    """What a revision changed against the last content before it."""

    kinds: tuple[str, ...] | None
    """`first`, `withdrawn`, `restored`, `text`, `label`, `metadata`; None where it cannot be told."""
    turn_ids: tuple[str, ...] = ()
    """In the order of its lines; each is unique within the page."""
    turns: tuple[ChangedTurn, ...] = ()
    facts: tuple[ChangedFact, ...] = ()

    def words(self, change: Change) -> int:
        """How many words were inserted, or deleted."""
        return sum(words_in(turn.pieces, change) for turn in self.turns)


class Missing(Enum):
    """In place of a content."""

    WITHDRAWN = auto()
    """The page was gone."""
    UNKNOWN = auto()
    """What the page said is not known any more."""


def facts_of(values: Mapping[str, object], bylines: Iterable[str]) -> dict[str, str]:
    """The facts that are content, as text, from the fields of a transcript and its bylines as printed."""
    facts = {name: _text(value) for name in SAID_BY_PAGE if (value := values[name]) is not None}
    printed = "; ".join(bylines)
    return {**facts, "bylines": printed} if printed else facts


def tell(contents: Iterable[Content | Missing]) -> list[Revision]:
    """What each revision of a page changed; the contents in the order of time, the oldest first."""
    told: list[Revision] = []
    last: Content | Missing = Missing.UNKNOWN
    last_ids: tuple[str, ...] = ()
    is_withdrawn = False
    for content in contents:
        if content is Missing.WITHDRAWN:
            told.append(Revision(("withdrawn",)))
            is_withdrawn = True
            continue
        if isinstance(content, Missing):
            revision = Revision(None)
        elif isinstance(last, Missing):
            revision = Revision(None if told else ("first",), turn_ids(content.lines, {}))
        else:
            revision = _against(last, last_ids, content, is_restored=is_withdrawn)
        told.append(revision)
        last, last_ids, is_withdrawn = content, revision.turn_ids, False
    return told


def _against(old: Content, old_ids: Sequence[str], new: Content, *, is_restored: bool) -> Revision:
    pairs = same_turns(old.lines, new.lines)
    ids = turn_ids(new.lines, {new_index: old_ids[index] for index, new_index in pairs.items()})
    turns = tuple(_changed_turns(old.lines, old_ids, new.lines, ids, pairs))
    facts = _changed_facts(old.facts, new.facts)
    is_retimed = [line.start_seconds for line in old.lines] != [line.start_seconds for line in new.lines]
    is_text = any(turn.is_reworded for turn in turns)
    kinds = {
        "restored": is_restored,
        "text": is_text,
        "label": any(turn.is_relabelled for turn in turns),
        "metadata": bool(facts) or (is_retimed and not is_text),
    }
    return Revision(tuple(kind for kind, holds in kinds.items() if holds), ids, turns, facts)


def _changed_turns(
    old: Sequence[Line], old_ids: Sequence[str], new: Sequence[Line], new_ids: Sequence[str], pairs: Mapping[int, int]
) -> Iterator[ChangedTurn]:
    """Edited and new turns in the order of the new content, then those that went."""
    partner = {new_index: index for index, new_index in pairs.items()}
    for index, line in enumerate(new):
        was = old[partner[index]] if index in partner else None
        if was is None or was.wording != line.wording:
            yield ChangedTurn(
                turn_id=new_ids[index],
                old_index=partner.get(index),
                new_index=index,
                old_label=was.label if was else None,
                new_label=line.label,
                pieces=diff(was.text if was else "", line.text),
            )
    for index, line in enumerate(old):
        if index not in pairs:
            yield ChangedTurn(old_ids[index], index, None, line.label, None, diff(line.text, ""))


def _changed_facts(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[ChangedFact, ...]:
    names = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
    return tuple(ChangedFact(name, old.get(name), new.get(name)) for name in names)


def _text(value: object) -> str:
    """The value as text that is the same whether it comes from a page or back from the lake."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(float(value)) if isinstance(value, int | float) else str(value)
