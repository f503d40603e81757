"""A page's reading with what people corrected on it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pipeline.identify.corrections.file import BY_HAND, Corrections
from pipeline.identify.corrections.kinds import FieldCorrection, PersonCorrection, SpeakerCorrection, key_in
from pipeline.identify.names import key_of
from pipeline.records import Reading, Turn


def corrected(reading: Reading, corrections: Corrections) -> tuple[Reading, tuple[str, ...]]:
    """The reading with what was corrected on its page, and the ids of the corrections that it took."""
    transcript = reading.transcript
    if transcript is None:
        return reading, ()
    taken = []
    for entry in corrections.of_page(transcript.transcript_id):
        match entry:
            case FieldCorrection():
                facts: dict[str, Any] = {entry.field: entry.value}
                fixed = replace(transcript, **facts)
                reading, transcript = replace(reading, transcript=fixed), fixed
            case SpeakerCorrection() if any(turn.speaker_label == entry.label for turn in reading.turns):
                reading = replace(reading, turns=tuple(_spoken(turn, entry) for turn in reading.turns))
            case PersonCorrection() if _has_name(reading, entry.name):
                pass  # taken where people are linked
            case _:
                continue
        taken.append(entry.correction_id)
    return reading, tuple(taken)


def _spoken(turn: Turn, entry: SpeakerCorrection) -> Turn:
    if turn.kind != "speech" or turn.speaker_label != entry.label:
        return turn
    is_named = entry.name is not None
    return replace(
        turn,
        speaker_name=entry.name,
        speaker_role=entry.role or turn.speaker_role,
        name_rule=BY_HAND if is_named else None,
        confidence=1.0 if is_named else None,
    )


def _has_name(reading: Reading, name: str) -> bool:
    names: Iterable[str | None] = (
        *(turn.speaker_name for turn in reading.turns),
        *(byline.name for byline in reading.bylines),
    )
    return any(key_of(one) == key_in(name) for one in names)
